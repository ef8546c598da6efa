package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.understanding.Asked;
import dev.callbus.llm.dialog.understanding.Entities;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds choices that are written out to the form that speech must have, too. */
final class Payloads {
    private final DialogState state;
    private final Ears ears;
    private final Conduct conduct;
    private @Nullable String unfit;

    Payloads(DialogState state, Ears ears, Conduct conduct) {
        this.state = state;
        this.ears = ears;
        this.conduct = conduct;
    }

    /** The same, without an email address that is none. */
    Heard checked(Heard heard) {
        var email = heard.exact() ? heard.entities().get(Entities.EMAIL) : null;
        unfit = email == null || isAddress(email) ? null : email;
        if (unfit == null) {
            return heard;
        }
        var entities = new LinkedHashMap<>(heard.entities());
        entities.remove(Entities.EMAIL);
        return new Heard(
                heard.text(), heard.intent(), heard.confidence(), entities, heard.answer(), heard.words(), true);
    }

    private boolean isAddress(String email) {
        return ears.hear(email, Asked.EMAIL, state.flow.confidence()).entities().containsKey(Entities.EMAIL);
    }

    /** What of the last words could not be taken: the part that was unfit, else all of them. */
    String untaken() {
        return unfit == null ? state.heard.text() : unfit;
    }

    /** Says what the present form says to an email address that is none, if there was one. */
    void refuse(Plan plan) {
        var top = state.top();
        if (unfit == null || top == null) {
            return;
        }
        state.remember("invalid", unfit);
        top.form.steps().stream()
                .filter(step -> step instanceof Step.Ask ask && ask.kind() == Asked.EMAIL)
                .map(step -> ((Step.Ask) step).invalid())
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(invalid -> conduct.say(invalid, plan));
    }
}
