package dev.callbus.sandbox.twilio;

import static dev.callbus.sandbox.twilio.Domain.ANYTHING;
import static dev.callbus.sandbox.twilio.Domain.BOOLEAN;
import static dev.callbus.sandbox.twilio.Domain.METHOD;
import static dev.callbus.sandbox.twilio.Domain.SOMETHING;
import static dev.callbus.sandbox.twilio.Domain.URL;
import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * The elements of TwiML that a server of this kind uses, the attributes and children that each may have, and what these may
 * be. {@link RelayAttributes} has those of a relay.
 *
 * <p>Source: twilio.com/docs/voice/twiml
 */
final class TwimlSchema {
    private static final Domain RECORD = Domain.oneOf(
            "true",
            "false",
            "do-not-record",
            "record-from-answer",
            "record-from-answer-dual",
            "record-from-ringing",
            "record-from-ringing-dual");
    private static final Domain CALL_EVENTS = Domain.words("initiated", "ringing", "answered", "completed");

    private static final Map<String, Map<String, Domain>> ATTRIBUTES = Map.ofEntries(
            entry("Response", Map.of()),
            entry("Say", Map.of("voice", SOMETHING, "language", Domain.LANGUAGE, "loop", Domain.count(0, 1000))),
            entry("Play", Map.of("loop", Domain.count(0, 1000), "digits", Domain.matching("[0-9A-D*#wW]+"))),
            entry("Pause", Map.of("length", Domain.count(1, 86_400))),
            entry("Hangup", Map.of()),
            entry("Reject", Map.of("reason", Domain.oneOf("rejected", "busy"))),
            entry("Redirect", Map.of("method", METHOD)),
            entry("Dial", dial()),
            entry("Number", number()),
            entry(
                    "Enqueue",
                    Map.of(
                            "action", URL,
                            "method", METHOD,
                            "maxQueueSize", Domain.count(1, 5000),
                            "waitUrl", URL,
                            "waitUrlMethod", METHOD,
                            "workflowSid", Domain.matching("WW[0-9A-Za-z]+"))),
            entry(
                    "Task",
                    Map.of("priority", Domain.count(0, Integer.MAX_VALUE), "timeout", Domain.count(1, 1_209_600))),
            entry("Start", Map.of("action", URL, "method", METHOD)),
            entry("Connect", Map.of("action", URL, "method", METHOD)),
            entry("Parameter", Map.of("name", SOMETHING, "value", ANYTHING)));

    private static final Map<String, Set<String>> CHILDREN = Map.of(
            "Response",
            Set.of("Say", "Play", "Pause", "Hangup", "Reject", "Redirect", "Dial", "Enqueue", "Start", "Connect"),
            "Connect",
            Set.of("ConversationRelay"),
            "ConversationRelay",
            Set.of("Language", "Parameter", "Failover"),
            "Dial",
            Set.of("Number", "Client", "Sip", "Conference", "Queue", "Application"),
            "Enqueue",
            Set.of("Task"),
            "Start",
            Set.of("Recording", "Stream", "Siprec", "Transcription"));

    /** Elements with children of other languages or undocumented ones, which are left alone. */
    private static final Set<String> OPEN = Set.of(
            "Say",
            "Failover",
            "Client",
            "Sip",
            "Conference",
            "Queue",
            "Application",
            "Recording",
            "Stream",
            "Siprec",
            "Transcription");

    private TwimlSchema() {}

    /** Checks the attributes of an element that is no part of a relay. */
    static void checkAttributes(Element element) throws LineException {
        var domains = ATTRIBUTES.getOrDefault(element.getTagName(), Map.of());
        var attributes = TwimlReader.attributes(element);
        for (var attribute : attributes.entrySet()) {
            var domain = domains.get(attribute.getKey());
            if (domain == null) {
                throw outOfSchema("<" + element.getTagName() + "> has no attribute " + attribute.getKey());
            }
            if (!domain.test(attribute.getValue())) {
                throw new LineException(
                        domain.equals(URL) ? LineException.BAD_URL : LineException.NOT_IN_SCHEMA,
                        attribute.getKey() + " of <" + element.getTagName() + "> can't be \"" + attribute.getValue()
                                + "\"");
            }
        }
    }

    /** Checks which children an element has. */
    static void checkChildren(Element element) throws LineException {
        var name = element.getTagName();
        if (OPEN.contains(name)) {
            return;
        }
        var known = CHILDREN.getOrDefault(name, Set.of());
        for (var child : TwimlReader.children(element)) {
            if (!known.contains(child.getTagName())) {
                throw outOfSchema("<" + name + "> can't hold <" + child.getTagName() + ">");
            }
            checkChildren(child);
        }
    }

    static LineException outOfSchema(String message) {
        return new LineException(LineException.NOT_IN_SCHEMA, message);
    }

    private static Map<String, Domain> dial() {
        return Map.ofEntries(
                entry("action", URL),
                entry("method", METHOD),
                entry("timeout", Domain.count(1, 600)),
                entry("hangupOnStar", BOOLEAN),
                entry("timeLimit", Domain.count(1, 86_400)),
                entry("callerId", SOMETHING),
                entry("record", RECORD),
                entry("trim", Domain.oneOf("trim-silence", "do-not-trim")),
                entry("recordingStatusCallback", URL),
                entry("recordingStatusCallbackMethod", METHOD),
                entry("recordingStatusCallbackEvent", Domain.words("in-progress", "completed", "absent")),
                entry("recordingConfigurationId", SOMETHING),
                entry("recordingTrack", Domain.oneOf("inbound", "outbound", "both")),
                entry("answerOnBridge", BOOLEAN),
                entry("ringTone", SOMETHING),
                entry("sequential", BOOLEAN),
                entry("referUrl", URL),
                entry("referMethod", METHOD),
                entry("events", SOMETHING),
                entry("passports", SOMETHING));
    }

    private static Map<String, Domain> number() {
        return Map.ofEntries(
                entry("sendDigits", Domain.matching("[0-9*#wW]+")),
                entry("url", URL),
                entry("method", METHOD),
                entry("statusCallback", URL),
                entry("statusCallbackMethod", METHOD),
                entry("statusCallbackEvent", CALL_EVENTS),
                entry("byoc", SOMETHING),
                entry("machineDetection", SOMETHING),
                entry("machineDetectionTimeout", Domain.count(3, 59)),
                entry("machineDetectionSpeechThreshold", Domain.count(1000, 6000)),
                entry("machineDetectionSpeechEndThreshold", Domain.count(500, 5000)),
                entry("machineDetectionSilenceTimeout", Domain.count(2000, 10_000)),
                entry("amdStatusCallback", URL),
                entry("amdStatusCallbackMethod", METHOD));
    }
}
