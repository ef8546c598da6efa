package dev.callbus.llm.dialog.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One agent's conversations, as a flow file describes them.
 *
 * @param languages the first is spoken until the caller wants another
 * @param remember values that outlive the form that got them
 * @param words what values are called, by list, language and value
 * @param choosing how one of the things that were read out is chosen, or null
 * @param results what is done with the results of tools, by tool
 */
public record Flow(
        String name,
        List<String> languages,
        Map<String, String> options,
        Set<String> remember,
        Map<String, Utterance> say,
        Map<String, Map<String, Map<String, String>>> words,
        Moments moments,
        List<Rule> rules,
        Map<String, Form> forms,
        Map<String, Question> questions,
        Map<String, List<ResultCase>> results,
        List<Remedy> remedies,
        List<OtherBot> handoffs,
        @Nullable Choosing choosing) {

    private static final double CONFIDENCE = 0.5;

    /**
     * What is done at moments that come in any conversation.
     *
     * @param first done with the caller's first words, before they are answered; it calls a tool
     * @param greeting done when it has returned, before the answer to the caller's first words
     * @param silence said when nothing was heard
     * @param fallback said when it isn't understood; the next time the next one
     * @param escalate done after three such turns in a row
     * @param resume said when a form goes on that another one interrupted
     * @param without said when a tool would be needed that the conversation doesn't have
     * @param failed said when a tool failed and the flow says nothing of it
     * @param pending said while a tool still runs
     * @param press how an option is spoken, with {@code {key}} and {@code {option}}
     * @param after asked when a tool has returned and nothing else is to be said
     */
    public record Moments(
            @Nullable Action first,
            List<Action> greeting,
            String silence,
            List<String> fallback,
            List<Action> escalate,
            @Nullable String resume,
            String without,
            String failed,
            String pending,
            @Nullable String press,
            @Nullable String after) {}

    /** The same with these options. */
    public Flow with(Map<String, String> others) {
        return new Flow(
                name, languages, others, remember, say, words, moments, rules, forms, questions, results, remedies,
                handoffs, choosing);
    }

    /** How sure understanding must be of an intent. */
    public double confidence() {
        var given = options.get("confidence");
        return given == null ? CONFIDENCE : Double.parseDouble(given);
    }

    /** The language that is spoken until the caller wants another. */
    public String language() {
        return languages.getFirst();
    }

    /** What is said under this name; empty if there is nothing of that name. */
    public Optional<Utterance> utterance(String key) {
        return Optional.ofNullable(say.get(key));
    }

    /** The step that asks this, in this form. */
    public Optional<Step.Ask> stepAsking(String form, String utterance) {
        var found = forms.get(form);
        return found == null
                ? Optional.empty()
                : found.steps().stream()
                        .filter(Step.Ask.class::isInstance)
                        .map(Step.Ask.class::cast)
                        .filter(step -> step.ask().equals(utterance)
                                || (step.offer() != null && step.offer().ask().equals(utterance)))
                        .findFirst();
    }
}
