package dev.callbus.llm.dialog.flow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done in steps, the first open one at a time.
 *
 * @param keep values that are remembered under another name when it is complete
 * @param then what is done when it is complete and nothing else waits
 */
public record Form(String name, List<Step> steps, Map<String, String> keep, List<Action> then) {

    /** The tool that the form is there for: the one that its last call uses. */
    public @Nullable String purpose() {
        return steps.reversed().stream()
                .filter(Step.Call.class::isInstance)
                .map(step -> ((Step.Call) step).use().tool())
                .findFirst()
                .orElse(null);
    }
}
