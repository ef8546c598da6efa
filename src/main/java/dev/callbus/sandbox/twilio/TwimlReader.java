package dev.callbus.sandbox.twilio;

import static dev.callbus.sandbox.twilio.TwimlSchema.outOfSchema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callbus.sandbox.twilio.Twiml.Target;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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

/** Reads TwiML, and accepts nothing that Twilio's debugger would complain of. */
final class TwimlReader {
    private static final JsonMapper JSON = new JsonMapper();

    private TwimlReader() {}

    /** The document's verbs, in order. */
    static List<Twiml> read(String document) throws LineException {
        var root = parse(document);
        if (!root.getTagName().equals("Response")) {
            throw outOfSchema("the root is <" + root.getTagName() + ">, not <Response>");
        }
        TwimlSchema.checkAttributes(root);
        TwimlSchema.checkChildren(root);
        if (!ownText(root).isEmpty()) {
            throw outOfSchema("there is text in <Response> outside of any verb");
        }
        var verbs = new ArrayList<Twiml>();
        for (var element : children(root)) {
            verbs.add(verb(element));
        }
        return verbs;
    }

    static Map<String, String> attributes(Element element) {
        var attributes = new LinkedHashMap<String, String>();
        var nodes = element.getAttributes();
        for (int i = 0; i < nodes.getLength(); i++) {
            attributes.put(nodes.item(i).getNodeName(), nodes.item(i).getNodeValue());
        }
        return attributes;
    }

    static List<Element> children(Element element) {
        var children = new ArrayList<Element>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static Twiml verb(Element element) throws LineException {
        TwimlSchema.checkAttributes(element);
        var text = element.getTextContent().strip();
        return switch (element.getTagName()) {
            case "Say" -> new Twiml.Say(text);
            case "Play" -> new Twiml.Play(playable(element, text));
            case "Pause" -> new Twiml.Pause(Integer.parseInt(attribute(element, "length", "1")));
            case "Hangup" -> new Twiml.Hangup();
            case "Reject" -> new Twiml.Reject(attribute(element, "reason", "rejected"));
            case "Redirect" -> new Twiml.Redirect(target(element, url(text)));
            case "Dial" -> new Twiml.Dial(party(element, text), action(element));
            case "Enqueue" -> enqueue(element, ownText(element));
            case "Start" -> new Twiml.Start();
            case "Connect" -> connect(element);
            default -> throw outOfSchema("there is no verb <" + element.getTagName() + ">");
        };
    }

    private static String playable(Element element, String text) throws LineException {
        return element.hasAttribute("digits") ? element.getAttribute("digits") : url(text);
    }

    private static String url(String text) throws LineException {
        if (!Domain.URL.test(text)) {
            throw new LineException(LineException.BAD_URL, "\"" + text + "\" is no URL");
        }
        return text;
    }

    private static String party(Element element, String text) throws LineException {
        for (var noun : children(element)) {
            if (noun.getTagName().equals("Number")) {
                TwimlSchema.checkAttributes(noun);
            }
        }
        if (text.isEmpty()) {
            throw outOfSchema("<Dial> has nobody to dial");
        }
        return text;
    }

    private static Twiml enqueue(Element element, String queue) throws LineException {
        var task = "";
        for (var child : children(element)) {
            TwimlSchema.checkAttributes(child);
            task = child.getTextContent().strip();
            if (!isObject(task)) {
                throw outOfSchema("the attributes of <Task> are no JSON object");
            }
        }
        var workflow = attribute(element, "workflowSid", "");
        if (workflow.isEmpty() == queue.isEmpty()) {
            throw outOfSchema("<Enqueue> needs either a workflowSid or a queue");
        }
        if (queue.length() > 64) {
            throw outOfSchema("the name of a queue has at most 64 characters");
        }
        return new Twiml.Enqueue(workflow.isEmpty() ? queue : workflow, task, action(element));
    }

    private static boolean isObject(String json) {
        try {
            return JSON.readTree(json).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Twiml connect(Element element) throws LineException {
        var nouns = children(element);
        if (nouns.size() != 1) {
            throw outOfSchema("<Connect> needs exactly one <ConversationRelay>");
        }
        var relay = nouns.getFirst();
        var attributes = attributes(relay);
        RelayAttributes.checkRelay(attributes);
        var languages = new LinkedHashSet<String>();
        var parameters = new LinkedHashMap<String, String>();
        for (var child : children(relay)) {
            switch (child.getTagName()) {
                case "Language" -> language(child, attributes, languages);
                case "Parameter" -> parameter(child, parameters);
                default -> {
                    // <Failover>, whose attributes are not documented
                }
            }
        }
        return new Twiml.Connect(action(element), attributes, List.copyOf(languages), parameters);
    }

    private static void language(Element element, Map<String, String> relay, Set<String> languages)
            throws LineException {
        RelayAttributes.checkLanguage(attributes(element), relay);
        if (!languages.add(element.getAttribute("code"))) {
            throw new LineException(
                    LineException.BAD_RELAY, "<Language> " + element.getAttribute("code") + " is there twice");
        }
    }

    private static void parameter(Element element, Map<String, String> parameters) throws LineException {
        TwimlSchema.checkAttributes(element);
        if (!element.hasAttribute("name") || !element.hasAttribute("value")) {
            throw outOfSchema("<Parameter> needs a name and a value");
        }
        parameters.put(element.getAttribute("name"), element.getAttribute("value"));
    }

    private static @Nullable Target action(Element element) {
        return element.hasAttribute("action") ? target(element, element.getAttribute("action")) : null;
    }

    private static Target target(Element element, String url) {
        return new Target(url, attribute(element, "method", "POST").toUpperCase(Locale.ROOT));
    }

    private static String attribute(Element element, String name, String otherwise) {
        return element.hasAttribute(name) ? element.getAttribute(name) : otherwise;
    }

    private static String ownText(Element element) {
        var text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(node.getNodeValue());
            }
        }
        return text.toString().strip();
    }

    private static Element parse(String document) throws LineException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(document))).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new LineException(LineException.NOT_XML, "not XML: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has this parser", e);
        }
    }
}
