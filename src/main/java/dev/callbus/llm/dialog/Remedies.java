package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.Remedy;

/** Knows which steps the caller can try. */
final class Remedies {
    private static final String NAME = "remedy";
    private static final String STEP = "remedy_step";

    private Remedies() {}

    /** The name of the first remedy that fits these words; empty if none does. */
    static String fitting(Flow flow, String words) {
        return flow.remedies().stream()
                .filter(remedy -> remedy.words().stream()
                        .anyMatch(pattern -> pattern.matcher(words).find()))
                .map(Remedy::name)
                .findFirst()
                .orElse("");
    }

    static boolean hasNext(DialogState state) {
        return state.flow.remedies().stream()
                .anyMatch(remedy -> remedy.name().equals(state.memory(NAME))
                        && step(state) + 1 < remedy.steps().size());
    }

    /** The first step of what fits the caller's words. */
    static String begin(DialogState state) {
        state.remember(NAME, fitting(state.flow, state.heard.text()));
        state.remember(STEP, "0");
        return utterance(state);
    }

    /** The step after the last one. */
    static String next(DialogState state) {
        state.remember(STEP, String.valueOf(step(state) + 1));
        return utterance(state);
    }

    private static String utterance(DialogState state) {
        int step = step(state);
        return state.flow.remedies().stream()
                .filter(remedy -> remedy.name().equals(state.memory(NAME))
                        && step < remedy.steps().size())
                .map(remedy -> remedy.steps().get(step))
                .findFirst()
                .orElse("");
    }

    private static int step(DialogState state) {
        var step = state.memory(STEP);
        return step.isEmpty() ? 0 : Integer.parseInt(step);
    }
}
