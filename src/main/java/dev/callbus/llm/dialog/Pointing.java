package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Question;
import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.understanding.Asked;
import org.jspecify.annotations.Nullable;

/** Hears what the caller says, and what he points to of what was read out to him: "the second one" is heard as its number. */
final class Pointing {
    /** Remembered until the caller has said which one he means. */
    private static final String UNDECIDED = "undecided";

    private final DialogState state;
    private final Ears ears;
    private final Conduct conduct;
    private final ReadOut readOut;

    Pointing(DialogState state, Ears ears, Conduct conduct, ReadOut readOut) {
        this.state = state;
        this.ears = ears;
        this.conduct = conduct;
        this.readOut = readOut;
    }

    Heard hear(String text, Step.@Nullable Ask step, @Nullable Question question) {
        var kind = step != null ? step.kind() : question != null ? question.kind() : null;
        var heard = ears.hear(text, kind, state.flow.confidence());
        state.unclear = false;
        if (state.stack.isEmpty() || ReadOut.isNumbered(heard)) {
            state.memory.remove(UNDECIDED);
        }
        if (heard.exact() || ReadOut.isNumbered(heard) || !mayPoint(step, question)) {
            return heard;
        }
        var meant = readOut.meant(text, state.readOut);
        if (meant.isEmpty()) {
            return heard;
        }
        state.unclear = !meant.get().clear();
        state.remember(UNDECIDED, state.unclear ? "true" : "");
        return ears.hear(step == null ? meant.get().alone() : meant.get().text(), kind, state.flow.confidence());
    }

    /** Where something else is chosen or told, it is no pointing. */
    private boolean mayPoint(Step.@Nullable Ask step, @Nullable Question question) {
        return !state.readOut.isEmpty()
                && (question == null || question.open())
                && (step == null || step.kind() == Asked.TICKET_NUMBER || step.kind() == Asked.YES_NO)
                && (state.asked == null || conduct.options(state.asked).isEmpty());
    }
}
