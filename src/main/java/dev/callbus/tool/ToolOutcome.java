package dev.callbus.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.callbus.asset.AgentContext;
import dev.callbus.bus.Protocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What running a tool came to.
 *
 * @param content what the model is told, JSON
 * @param actions what the call then does by itself
 */
public record ToolOutcome(boolean success, String content, List<Action> actions) {
    public ToolOutcome {
        actions = List.copyOf(actions);
    }

    /** It worked: the model is told so, with these members, and the call does these things. */
    public static ToolOutcome done(String message, Map<String, ?> members, Action... actions) {
        return new ToolOutcome(true, json(true, message, members), List.of(actions));
    }

    /** It didn't work: the model is told why, so that it can correct itself or speak about it. */
    public static ToolOutcome refused(String message) {
        return refused(message, Map.of());
    }

    /** The same with further members. */
    public static ToolOutcome refused(String message, Map<String, ?> members) {
        return new ToolOutcome(false, json(false, message, members), List.of());
    }

    private static String json(boolean success, String message, Map<String, ?> members) {
        var json = JsonNodeFactory.instance.objectNode().put("success", success).put("message", message);
        members.forEach((name, value) -> json.putPOJO(name, value));
        return json.toString();
    }

    /** What a tool makes a call do. */
    public sealed interface Action extends Protocol {}

    /** End the call once the words before it are spoken. */
    public record EndCall(String reasonCode, String reason, Map<String, String> details) implements Action {
        public EndCall {
            details = Map.copyOf(details);
        }
    }

    /** Press these keys now; only {@code 0-9 w # *}. */
    public record SendDigits(String digits) implements Action {

        @Override
        public String toString() {
            return "SendDigits[digits=•]";
        }
    }

    /** Play this now; {@code loop} 0 means a thousand times. */
    public record PlayMedia(
            String source,
            int loop,
            @Nullable Boolean preemptible,
            @Nullable Boolean interruptible) implements Action {}

    /** Speak and understand these languages from now on; at least one is given. */
    public record SwitchLanguage(
            @Nullable String tts, @Nullable String transcription) implements Action {}

    /** Say nothing any more, or speak again. */
    public record ListenMode(boolean enabled) implements Action {}

    /** Ask after a caller who says nothing, or leave him in peace. */
    public record SilenceDetection(boolean enabled) implements Action {}

    /** Go on with another context; {@code summary} is what it is to know of the conversation so far. */
    public record ChangeContext(AgentContext context, String summary) implements Action {}
}
