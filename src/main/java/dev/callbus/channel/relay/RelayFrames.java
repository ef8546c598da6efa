package dev.callbus.channel.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.call.CallProtocol;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of ConversationRelay's WebSocket: strict in what it writes, lenient in what it reads.
 *
 * <p>Source: twilio.com/docs/voice/conversationrelay/websocket-messages
 */
final class RelayFrames {
    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();
    private static final int DEEPEST = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RelayFrames() {}

    /** The frame that tells Twilio this. */
    static String encode(CallProtocol.ToChannel message) {
        return switch (message) {
            case CallProtocol.Text text -> {
                var json = new StringBuilder(text.token().length() + 48).append("{\"type\":\"text\"");
                member(json, "token", text.token());
                yield member(json, "last", text.last()).append('}').toString();
            }
            case CallProtocol.Play play -> {
                var json = member(new StringBuilder("{\"type\":\"play\""), "source", play.source());
                json.append(",\"loop\":").append(play.loop());
                member(json, "preemptible", play.preemptible());
                yield member(json, "interruptible", play.interruptible())
                        .append('}')
                        .toString();
            }
            case CallProtocol.SendDigits send ->
                member(new StringBuilder("{\"type\":\"sendDigits\""), "digits", send.digits())
                        .append('}')
                        .toString();
            case CallProtocol.Language language -> {
                var json = member(new StringBuilder("{\"type\":\"language\""), "ttsLanguage", language.tts());
                yield member(json, "transcriptionLanguage", language.transcription())
                        .append('}')
                        .toString();
            }
            case CallProtocol.End end ->
                member(
                                new StringBuilder("{\"type\":\"end\""),
                                "handoffData",
                                object(end.handoff().members()))
                        .append('}')
                        .toString();
        };
    }

    /** What Twilio says with this frame; never fails. */
    static RelayFrame decode(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new RelayFrame.Malformed("not JSON");
        }
        if (!(node instanceof ObjectNode frame)) {
            return new RelayFrame.Malformed("not an object");
        }
        try {
            var content = content(frame);
            return content == null ? new RelayFrame.Unknown() : new RelayFrame.Message(content);
        } catch (WrongMember e) {
            return new RelayFrame.Malformed(e.reason);
        }
    }

    private static CallProtocol.@Nullable FromChannel content(ObjectNode frame) throws WrongMember {
        return switch (required(frame, "type")) {
            case "setup" -> setup(frame);
            case "prompt" ->
                new CallProtocol.Prompt(text(frame, "voicePrompt"), text(frame, "lang"), isTrue(frame, "last"));
            case "interrupt" ->
                new CallProtocol.Interrupt(
                        text(frame, "utteranceUntilInterrupt"), millis(frame.path("durationUntilInterruptMs")));
            case "dtmf" -> dtmf(required(frame, "digit"));
            case "info" -> new CallProtocol.Info(required(frame, "name"), scalar(frame, "value"));
            case "error" -> new CallProtocol.Fault(text(frame, "description"));
            default -> null;
        };
    }

    private static CallProtocol.Setup setup(ObjectNode frame) throws WrongMember {
        return new CallProtocol.Setup(
                text(frame, "callSid"),
                text(frame, "sessionId"),
                text(frame, "from"),
                text(frame, "to"),
                text(frame, "direction"),
                text(frame, "callStatus"),
                parameters(frame.path("customParameters")));
    }

    private static Map<String, String> parameters(JsonNode node) throws WrongMember {
        if (isAbsent(node)) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw new WrongMember("customParameters is not an object");
        }
        var parameters = new HashMap<String, String>();
        for (var member : node.properties()) {
            if (member.getValue().isValueNode() && !member.getValue().isNull()) {
                parameters.put(member.getKey(), member.getValue().asText());
            }
        }
        return parameters;
    }

    private static CallProtocol.Dtmf dtmf(String digit) throws WrongMember {
        if (digit.length() != 1 || "0123456789*#".indexOf(digit.charAt(0)) < 0) {
            throw new WrongMember("digit is not a key of the telephone");
        }
        return new CallProtocol.Dtmf(digit);
    }

    /** A string that may be missing. */
    private static String text(ObjectNode frame, String name) throws WrongMember {
        var node = frame.path(name);
        if (isAbsent(node)) {
            return "";
        }
        if (!node.isTextual()) {
            throw new WrongMember(name + " is not a string");
        }
        return node.textValue();
    }

    private static String required(ObjectNode frame, String name) throws WrongMember {
        var text = text(frame, name);
        if (text.isEmpty()) {
            throw new WrongMember(name + " is missing");
        }
        return text;
    }

    private static String scalar(ObjectNode frame, String name) throws WrongMember {
        var node = frame.path(name);
        if (isAbsent(node)) {
            return "";
        }
        if (!node.isValueNode()) {
            throw new WrongMember(name + " is not a plain value");
        }
        return node.asText();
    }

    /** A boolean that is true when missing: an utterance that nobody calls partial is to be answered. */
    private static boolean isTrue(ObjectNode frame, String name) throws WrongMember {
        var node = frame.path(name);
        if (isAbsent(node)) {
            return true;
        }
        if (!node.isBoolean()) {
            throw new WrongMember(name + " is not a boolean");
        }
        return node.booleanValue();
    }

    /** Earlier revisions of the protocol had a string here. What can't be read counts as 0, for the interrupt matters more. */
    private static long millis(JsonNode node) {
        if (isAbsent(node)) {
            return 0;
        }
        if (node.isNumber()) {
            return Math.max(0, node.canConvertToLong() ? node.longValue() : (long) node.doubleValue());
        }
        try {
            return Math.max(0, Long.parseLong(node.asText().strip()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String object(Map<String, String> members) {
        var json = new StringBuilder("{");
        members.forEach((name, value) -> member(json, name, value));
        return json.append('}').toString();
    }

    private static StringBuilder member(StringBuilder json, String name, @Nullable String value) {
        if (value != null) {
            name(json, name).append('"');
            QUOTES.quoteAsString(value, json);
            json.append('"');
        }
        return json;
    }

    private static StringBuilder member(StringBuilder json, String name, @Nullable Boolean value) {
        return value == null ? json : name(json, name).append(value.booleanValue());
    }

    private static StringBuilder name(StringBuilder json, String name) {
        json.append(json.length() > 1 ? ",\"" : "\"");
        QUOTES.quoteAsString(name, json);
        return json.append("\":");
    }

    /** A member is missing or of the wrong type. */
    private static final class WrongMember extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        WrongMember(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
