package dev.callbus.llm.dialog.flow;

import dev.callbus.llm.dialog.understanding.Asked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that stands by itself.
 *
 * @param open whether a new wish of the caller counts more than a yes or no in the same words
 * @param get what the answer to a question for free text is remembered as, or null
 * @param then what is done with such an answer
 */
public record Question(
        String ask,
        Asked kind,
        boolean open,
        @Nullable String get,
        List<Action> yes,
        List<Action> no,
        List<Action> then) {}
