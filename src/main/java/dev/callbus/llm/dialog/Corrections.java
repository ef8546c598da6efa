package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.understanding.Asked;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes other values for what a form has got already, whatever it asks for now. */
final class Corrections {
    /** In the middle of a story only what begins so is a correction. */
    private static final Pattern SECOND_THOUGHT = Pattern.compile(
            "^\\W*(?:(?:oh|um+|uh|well|please)\\W+)*(?:no|nope|wait|hold on|hang on|actually|sorry|change|correct|not)\\b",
            Pattern.CASE_INSENSITIVE);

    private final DialogState state;

    Corrections(DialogState state) {
        this.state = state;
    }

    /** "Change the title to …": takes what the expressions of steps find; whether there was something. */
    boolean take(Step.Ask asked) {
        if (state.heard.exact()
                || (asked.kind() == Asked.FREE_TEXT
                        && !SECOND_THOUGHT.matcher(state.heard.text()).find())) {
            return false;
        }
        boolean corrected = false;
        for (var step : steps()) {
            boolean own = step.equals(asked) && step.kind() == Asked.FREE_TEXT;
            if (own || !state.memory(step.get()).isEmpty()) {
                var value = changed(step);
                value.ifPresent(found -> remember(step, found));
                corrected |= value.isPresent();
            }
        }
        return corrected;
    }

    /** "No, make it high": takes another value for what was got before; whether there was one. */
    boolean takeEntities(Step.Ask asked) {
        boolean corrected = false;
        for (var step : steps()) {
            var entity = state.heard.entities().get(Conduct.entity(step.kind()));
            var present = state.memory(step.get());
            if (!step.equals(asked) && entity != null && !present.isEmpty() && !entity.equals(present)) {
                remember(step, entity);
                corrected = true;
            }
        }
        return corrected;
    }

    private List<Step.Ask> steps() {
        var top = state.top();
        return top == null
                ? List.of()
                : top.form.steps().stream()
                        .filter(Step.Ask.class::isInstance)
                        .map(Step.Ask.class::cast)
                        .toList();
    }

    private Optional<String> changed(Step.Ask step) {
        var found = step.change().stream()
                .map(pattern -> pattern.matcher(state.heard.text()))
                .filter(Matcher::find)
                .findFirst();
        return step.kind() == Asked.FREE_TEXT
                ? found.map(matcher -> matcher.group(1).strip()).filter(text -> !text.isEmpty())
                : found.flatMap(
                        matcher -> Optional.ofNullable(state.heard.entities().get(Conduct.entity(step.kind()))));
    }

    /** What a tool was asked with the former value has to be asked again. */
    private void remember(Step.Ask step, String value) {
        state.remember(step.get(), value);
        state.stack.element().form.steps().forEach(other -> {
            if (other instanceof Step.Call call
                    && call.use().arguments().values().stream()
                            .anyMatch(template -> template.places().stream()
                                    .anyMatch(place -> place.name().equals(step.get())))) {
                state.memory.remove(call.get());
            }
        });
    }
}
