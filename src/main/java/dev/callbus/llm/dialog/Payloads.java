package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.understanding.Asked;
import dev.callbus.llm.dialog.understanding.Entities;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds choices that are written out to the form that speech must have, too. */
final class Payloads {
    private Payloads() {}

    /** The email address of a choice that is none; nothing for speech, which is read as one only if it is. */
    static Optional<String> unfit(Heard heard, Ears ears, double confident) {
        return Optional.ofNullable(heard.entities().get(Entities.EMAIL))
                .filter(email -> heard.exact())
                .filter(email ->
                        !ears.hear(email, Asked.EMAIL, confident).entities().containsKey(Entities.EMAIL));
    }

    /** The same without this entity. */
    static Heard without(Heard heard, String entity) {
        var entities = new LinkedHashMap<>(heard.entities());
        entities.remove(entity);
        return new Heard(
                heard.text(),
                heard.intent(),
                heard.confidence(),
                entities,
                heard.answer(),
                heard.words(),
                heard.exact());
    }

    /** What the present form says to an email address that is none; null if it doesn't ask for one. */
    static @Nullable String refusal(DialogState state) {
        var top = state.top();
        return top == null
                ? null
                : top.form.steps().stream()
                        .filter(step -> step instanceof Step.Ask ask && ask.kind() == Asked.EMAIL)
                        .map(step -> ((Step.Ask) step).invalid())
                        .filter(invalid -> invalid != null)
                        .findFirst()
                        .orElse(null);
    }
}
