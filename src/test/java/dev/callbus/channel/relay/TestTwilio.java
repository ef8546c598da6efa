package dev.callbus.channel.relay;

import dev.callbus.asset.AgentContext;
import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.RelaySettings;
import dev.callbus.asset.ToolManifest;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.Secret;
import dev.callbus.config.TwilioSettings;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Twilio's side as the tests play it: its account, its signatures, and how it reads TwiML. */
final class TestTwilio {
    static final URI PUBLIC_URL = URI.create("https://voice.example.com");
    static final String AUTH_TOKEN = "0123456789abcdef-canary-auth";

    private TestTwilio() {}

    static TwilioSettings settings(@Nullable String workflowSid, @Nullable String handoffNumber) {
        return new TwilioSettings(
                "AC" + "0".repeat(32),
                List.of(new Secret(AUTH_TOKEN)),
                true,
                null,
                workflowSid,
                handoffNumber,
                null,
                null,
                null);
    }

    static AgentProfile profile() {
        return profile(new RelaySettings(
                Map.of("welcomeGreeting", "Hello there", "events", "speaker-events tokens-played"),
                List.of(),
                Map.of()));
    }

    static AgentProfile profile(RelaySettings relay) {
        return new AgentProfile(
                new AgentContext("test", "Be brief."),
                ToolManifest.of("test", List.of()),
                relay,
                new SilenceSettings(false, Duration.ofSeconds(5), List.of()),
                false);
    }

    static String callSid(int number) {
        return "CA%032x".formatted(number);
    }

    static String sign(String data) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(AUTH_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signForm(String target, Map<String, String> form) {
        var data = new StringBuilder(PUBLIC_URL + target);
        new TreeMap<>(form).forEach((name, value) -> data.append(name).append(value));
        return sign(data.toString());
    }

    static String signSocket(String target) {
        return sign(PUBLIC_URL.toString().replace("https:", "wss:") + target);
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The document's root element. */
    static Element parse(String twiml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(twiml.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("not XML: " + twiml, e);
        }
    }

    /** The names of the verbs in the response, in order. */
    static List<String> verbs(String twiml) {
        return children(parse(twiml)).stream().map(Node::getNodeName).toList();
    }

    static List<Element> children(Node parent) {
        var nodes = parent.getChildNodes();
        return java.util.stream.IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    static Element only(Node parent, String name) {
        var found = children(parent).stream()
                .filter(child -> child.getNodeName().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " elements " + name);
        }
        return found.getFirst();
    }

    static Map<String, String> attributes(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        var map = new TreeMap<String, String>();
        for (int i = 0; i < attributes.getLength(); i++) {
            map.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
        }
        return map;
    }

    /** The path of the WebSocket that the TwiML names. */
    static String socketPath(String twiml) {
        var relay = only(only(parse(twiml), "Connect"), "ConversationRelay");
        return URI.create(relay.getAttribute("url")).getPath();
    }
}
