package dev.callbus.sandbox.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ConversationRelay accepts from a server, frame by frame; ten bad frames in a row are too many. Of {@code config} and
 * {@code hints}, whose members are not public, only the type is looked at.
 *
 * <p>Source: twilio.com/docs/voice/conversationrelay/websocket-messages
 */
final class FrameRules {
    private static final int TOO_MANY = 10;
    private static final Pattern DIGITS = Pattern.compile("[0-9w#*]+");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, Map<String, Predicate<JsonNode>>> members;
    private int badInARow;

    /** Rules for a session that may use these languages. */
    FrameRules(Set<String> languages) {
        Predicate<JsonNode> language = value -> value.isTextual() && languages.contains(value.textValue());
        members = Map.of(
                "text",
                Map.of(
                        "token", JsonNode::isTextual,
                        "last", JsonNode::isBoolean,
                        "lang", language,
                        "interruptible", JsonNode::isBoolean,
                        "preemptible", JsonNode::isBoolean),
                "play",
                Map.of(
                        "source",
                        value -> value.isTextual() && isUrl(value.textValue()),
                        "loop",
                        value -> value.isInt() && value.intValue() >= 0,
                        "interruptible",
                        JsonNode::isBoolean,
                        "preemptible",
                        JsonNode::isBoolean),
                "sendDigits",
                Map.of(
                        "digits",
                        value -> value.isTextual()
                                && DIGITS.matcher(value.textValue()).matches()),
                "language",
                Map.of("ttsLanguage", language, "transcriptionLanguage", language),
                "end",
                Map.of("handoffData", JsonNode::isTextual));
    }

    /** The frame if it is acceptable, else null. */
    @Nullable
    JsonObject accept(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode frame && isValid(frame)) {
                badInARow = 0;
                return new JsonObject(text);
            }
        } catch (JsonProcessingException e) {
            // no JSON is refused like any other bad frame
        }
        refuse();
        return null;
    }

    /** Counts something that is no frame at all. */
    void refuse() {
        badInARow++;
    }

    boolean isTooMuch() {
        return badInARow >= TOO_MANY;
    }

    private boolean isValid(ObjectNode frame) {
        var type = frame.path("type").textValue();
        if ("config".equals(type) || "hints".equals(type)) {
            return true;
        }
        var known = type == null ? null : members.get(type);
        return known != null
                && hasRequired(type, frame)
                && frame.properties().stream()
                        .filter(member -> !member.getKey().equals("type"))
                        .allMatch(member -> known.getOrDefault(member.getKey(), value -> false)
                                .test(member.getValue()));
    }

    private static boolean hasRequired(String type, ObjectNode frame) {
        return switch (type) {
            case "text" -> frame.has("token");
            case "play" -> frame.has("source");
            case "sendDigits" -> frame.has("digits");
            case "language" -> frame.has("ttsLanguage") || frame.has("transcriptionLanguage");
            default -> true;
        };
    }

    private static boolean isUrl(String source) {
        try {
            var url = URI.create(source);
            return url.getHost() != null && Set.of("http", "https").contains(url.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
