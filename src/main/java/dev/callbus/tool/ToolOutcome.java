package dev.callbus.tool;

import dev.callbus.bus.Protocol;
import java.util.List;
import java.util.Map;

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

    /** What a tool makes a call do. */
    public sealed interface Action extends Protocol {}

    /** End the call once the words before it are spoken. */
    public record EndCall(String reasonCode, String reason, Map<String, String> details) implements Action {
        public EndCall {
            details = Map.copyOf(details);
        }
    }
}
