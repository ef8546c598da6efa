package dev.callbus.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.callbus.asset.AgentContext;
import dev.callbus.bus.Protocol;
import dev.callbus.servicenow.Customer;
import dev.callbus.verify.Challenge;
import dev.callbus.verify.Grant;
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

    /** The same with further members, and with what became known all the same. */
    public static ToolOutcome refused(String message, Map<String, ?> members, Knowledge... knowledge) {
        return new ToolOutcome(false, json(false, message, members), List.of(knowledge));
    }

    private static String json(boolean success, String message, Map<String, ?> members) {
        var json = JsonNodeFactory.instance.objectNode().put("success", success).put("message", message);
        members.forEach((name, value) -> json.putPOJO(name, value));
        return json.toString();
    }

    /** What a tool makes a call do or know. */
    public sealed interface Action extends Protocol {}

    /** Something to do; it is left if the caller spoke meanwhile. */
    public sealed interface Deed extends Action {}

    /** Something that became known. It is kept also if the caller spoke meanwhile. */
    public sealed interface Knowledge extends Action {}

    /** Whom the call is with, or claims to be with; null for nobody we know. */
    public record Identified(@Nullable Customer customer, Standing.Source by) implements Knowledge {}

    /** A code is on its way; null if none is any more. */
    public record Challenged(@Nullable Challenge challenge) implements Knowledge {}

    /** A code may be on its way, though its sending was not confirmed: what the caller enters may be one. */
    public record CodeMayCome() implements Knowledge {}

    /** The code was right. */
    public record Admitted(Grant grant) implements Knowledge {}

    /** The call is about this incident. */
    public record Concerns(Standing.Concern ticket) implements Knowledge {}

    /** End the call once the words before it are spoken. */
    public record EndCall(String reasonCode, String reason, Map<String, String> details) implements Deed {
        public EndCall {
            details = Map.copyOf(details);
        }
    }

    /** Press these keys now; only {@code 0-9 w # *}. */
    public record SendDigits(String digits) implements Deed {

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
            @Nullable Boolean interruptible) implements Deed {}

    /** Speak and understand these languages from now on; at least one is given. */
    public record SwitchLanguage(
            @Nullable String tts, @Nullable String transcription) implements Deed {}

    /** Say nothing any more, or speak again. */
    public record ListenMode(boolean enabled) implements Deed {}

    /** Ask after a caller who says nothing, or leave him in peace. */
    public record SilenceDetection(boolean enabled) implements Deed {}

    /** Go on with another context; {@code summary} is what it is to know of the conversation so far. */
    public record ChangeContext(AgentContext context, String summary) implements Deed {}
}
