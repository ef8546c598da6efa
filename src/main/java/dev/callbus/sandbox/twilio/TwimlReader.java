package dev.callbus.sandbox.twilio;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads TwiML as strictly as Twilio does, for the verbs that a server of this kind uses. */
final class TwimlReader {
    private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("Response", Set.of()),
            Map.entry("Say", Set.of("voice", "language", "loop")),
            Map.entry("Play", Set.of("loop", "digits")),
            Map.entry("Pause", Set.of("length")),
            Map.entry("Hangup", Set.of()),
            Map.entry("Reject", Set.of("reason")),
            Map.entry("Redirect", Set.of("method")),
            Map.entry(
                    "Dial",
                    Set.of(
                            "action",
                            "method",
                            "timeout",
                            "callerId",
                            "answerOnBridge",
                            "timeLimit",
                            "record",
                            "hangupOnStar")),
            Map.entry("Enqueue", Set.of("action", "method", "waitUrl", "waitUrlMethod", "workflowSid", "maxQueueSize")),
            Map.entry("Start", Set.of("action", "method")),
            Map.entry("Connect", Set.of("action", "method")));
    private static final Set<String> LANGUAGE =
            Set.of("code", "ttsProvider", "voice", "transcriptionProvider", "speechModel");

    private TwimlReader() {}

    static List<Twiml> read(String document) throws TwimlException {
        var root = parse(document);
        if (!root.getTagName().equals("Response")) {
            throw outOfSchema("the root is <" + root.getTagName() + ">, not <Response>");
        }
        var verbs = new ArrayList<Twiml>();
        for (var element : children(root)) {
            verbs.add(verb(element));
        }
        return verbs;
    }

    private static Twiml verb(Element element) throws TwimlException {
        checkAttributes(element, ATTRIBUTES.get(element.getTagName()));
        var text = element.getTextContent().strip();
        return switch (element.getTagName()) {
            case "Say" -> new Twiml.Say(text);
            case "Play" -> new Twiml.Play(text);
            case "Pause" -> new Twiml.Pause(length(element));
            case "Hangup" -> new Twiml.Hangup();
            case "Reject" -> new Twiml.Reject(element.getAttribute("reason"));
            case "Redirect" -> new Twiml.Redirect(text);
            case "Dial" -> new Twiml.Dial(text, optional(element, "action"));
            case "Enqueue" -> enqueue(element, text);
            case "Start" -> new Twiml.Start();
            case "Connect" -> connect(element);
            default -> throw outOfSchema("there is no verb <" + element.getTagName() + ">");
        };
    }

    private static Twiml enqueue(Element element, String text) throws TwimlException {
        if (element.getAttribute("workflowSid").isEmpty() && text.isEmpty()) {
            throw outOfSchema("<Enqueue> needs a workflowSid or a queue");
        }
        for (var child : children(element)) {
            if (!child.getTagName().equals("Task")) {
                throw outOfSchema("<Enqueue> can't hold <" + child.getTagName() + ">");
            }
        }
        return new Twiml.Enqueue(element.getAttribute("workflowSid"), text);
    }

    private static Twiml connect(Element element) throws TwimlException {
        var nouns = children(element);
        if (nouns.size() != 1 || !nouns.getFirst().getTagName().equals("ConversationRelay")) {
            throw outOfSchema("<Connect> needs exactly one <ConversationRelay>");
        }
        var relay = nouns.getFirst();
        var attributes = attributes(relay);
        RelayAttributes.check(attributes);
        var languages = new LinkedHashSet<String>();
        var parameters = new LinkedHashMap<String, String>();
        for (var child : children(relay)) {
            switch (child.getTagName()) {
                case "Language" -> language(child, languages);
                case "Parameter" -> parameter(child, parameters);
                case "Failover" -> {}
                default -> throw outOfSchema("<ConversationRelay> can't hold <" + child.getTagName() + ">");
            }
        }
        return new Twiml.Connect(optional(element, "action"), attributes, List.copyOf(languages), parameters);
    }

    private static void language(Element element, Set<String> languages) throws TwimlException {
        checkAttributes(element, LANGUAGE);
        if (element.getAttribute("code").isEmpty()) {
            throw new TwimlException(TwimlException.BAD_RELAY, "<Language> has no code");
        }
        if (!languages.add(element.getAttribute("code"))) {
            throw new TwimlException(
                    TwimlException.BAD_RELAY, "<Language> " + element.getAttribute("code") + " is there twice");
        }
    }

    private static void parameter(Element element, Map<String, String> parameters) throws TwimlException {
        checkAttributes(element, Set.of("name", "value"));
        if (element.getAttribute("name").isEmpty()) {
            throw outOfSchema("<Parameter> has no name");
        }
        parameters.put(element.getAttribute("name"), element.getAttribute("value"));
    }

    private static int length(Element element) throws TwimlException {
        var length = element.hasAttribute("length") ? element.getAttribute("length") : "1";
        if (!length.matches("\\d{1,4}")) {
            throw outOfSchema("<Pause> length can't be " + length);
        }
        return Integer.parseInt(length);
    }

    private static void checkAttributes(Element element, @Nullable Set<String> known) throws TwimlException {
        if (known == null) {
            throw outOfSchema("there is no verb <" + element.getTagName() + ">");
        }
        for (var name : attributes(element).keySet()) {
            if (!known.contains(name)) {
                throw outOfSchema("<" + element.getTagName() + "> has no attribute " + name);
            }
        }
    }

    private static @Nullable String optional(Element element, String attribute) {
        return element.hasAttribute(attribute) ? element.getAttribute(attribute) : null;
    }

    private static Map<String, String> attributes(Element element) {
        var attributes = new LinkedHashMap<String, String>();
        var nodes = element.getAttributes();
        for (int i = 0; i < nodes.getLength(); i++) {
            attributes.put(nodes.item(i).getNodeName(), nodes.item(i).getNodeValue());
        }
        return attributes;
    }

    private static List<Element> children(Element element) {
        var children = new ArrayList<Element>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static Element parse(String document) throws TwimlException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(document))).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new TwimlException(TwimlException.NOT_XML, "not XML: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has this parser", e);
        }
    }

    private static TwimlException outOfSchema(String message) {
        return new TwimlException(TwimlException.NOT_IN_SCHEMA, message);
    }
}
