package dev.callbus.sandbox.twilio;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ConversationRelay accepts from a server, frame by frame; ten bad frames in a row end the session.
 *
 * <p>Source: twilio.com/docs/voice/conversationrelay/websocket-messages
 */
final class FrameRules {
    static final int TOO_MANY = 10;

    private static final Pattern DIGITS = Pattern.compile("[0-9w#*]+");
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "text", Set.of("type", "token", "last", "lang", "interruptible", "preemptible"),
            "play", Set.of("type", "source", "loop", "preemptible", "interruptible"),
            "sendDigits", Set.of("type", "digits"),
            "language", Set.of("type", "ttsLanguage", "transcriptionLanguage"),
            "end", Set.of("type", "handoffData"));

    private final Set<String> languages;
    private int badInARow;

    /** @param languages those that the session may use */
    FrameRules(Set<String> languages) {
        this.languages = Set.copyOf(languages);
    }

    /** The frame if it is acceptable, else null. */
    @Nullable
    JsonObject accept(String text) {
        try {
            var frame = new JsonObject(text);
            if (isValid(frame)) {
                badInARow = 0;
                return frame;
            }
        } catch (DecodeException | ClassCastException e) {
            // counted below like any other bad frame
        }
        badInARow++;
        return null;
    }

    boolean isTooMuch() {
        return badInARow >= TOO_MANY;
    }

    private boolean isValid(JsonObject frame) {
        var fields = frame.getValue("type") instanceof String type ? FIELDS.get(type) : null;
        if (fields == null || !fields.containsAll(frame.fieldNames())) {
            return false;
        }
        return switch (frame.getString("type")) {
            case "text" ->
                frame.getValue("token") instanceof String
                        && isFlag(frame, "last")
                        && isFlag(frame, "interruptible")
                        && isFlag(frame, "preemptible")
                        && isLanguage(frame, "lang");
            case "play" ->
                frame.getValue("source") instanceof String source
                        && isUrl(source)
                        && isCount(frame)
                        && isFlag(frame, "interruptible")
                        && isFlag(frame, "preemptible");
            case "sendDigits" ->
                frame.getValue("digits") instanceof String digits
                        && DIGITS.matcher(digits).matches();
            case "language" ->
                frame.size() > 1 && isLanguage(frame, "ttsLanguage") && isLanguage(frame, "transcriptionLanguage");
            default -> !frame.containsKey("handoffData") || frame.getValue("handoffData") instanceof String;
        };
    }

    private boolean isLanguage(JsonObject frame, String field) {
        return !frame.containsKey(field)
                || (frame.getValue(field) instanceof String language && languages.contains(language));
    }

    private static boolean isFlag(JsonObject frame, String field) {
        return !frame.containsKey(field) || frame.getValue(field) instanceof Boolean;
    }

    private static boolean isCount(JsonObject frame) {
        return !frame.containsKey("loop") || (frame.getValue("loop") instanceof Integer loop && loop >= 0);
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
