package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.flow.Utterance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises in the agent's words what was asked: an utterance of the flow by its own words, what another model asked by its
 * cues.
 */
final class Recall {
    private static final int KEPT = 2048;

    /** So much of a question tells what is asked. */
    private static final double ENOUGH = 0.6;

    private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?:])\\s+");

    private final Flow flow;
    private final Map<String, List<List<String>>> pieces = new LinkedHashMap<>();
    private final Set<String> questions = new LinkedHashSet<>();
    private final Bounded<String, Recognised> known = new Bounded<>(KEPT);

    /** What the agent's words asked: an utterance, by its own words or by a cue; null for none. */
    record Recognised(@Nullable String utterance, boolean exact, List<String> cued) {}

    Recall(Flow flow) {
        this.flow = flow;
        questions.addAll(flow.questions().keySet());
        flow.forms()
                .values()
                .forEach(form -> form.steps().forEach(step -> {
                    if (step instanceof Step.Ask ask) {
                        questions.add(ask.ask());
                        if (ask.offer() != null) {
                            questions.add(ask.offer().ask());
                        }
                    }
                }));
        flow.say().forEach((name, utterance) -> pieces.put(name, literals(utterance)));
    }

    private static List<List<String>> literals(Utterance utterance) {
        var all = new ArrayList<List<String>>();
        utterance
                .texts()
                .values()
                .forEach(texts -> texts.forEach(template -> all.add(template.literals().stream()
                        .map(Ears::plain)
                        .filter(text -> !text.isEmpty())
                        .toList())));
        return all.stream().filter(list -> !list.isEmpty()).toList();
    }

    /** What these words asked. */
    Recognised asked(String text) {
        return known.get(text, this::recognise);
    }

    private Recognised recognise(String text) {
        var plain = " " + Ears.plain(text) + " ";
        @Nullable String last = null;
        int end = -1;
        int longest = 0;
        for (var question : questions) {
            for (var literals : pieces.getOrDefault(question, List.of())) {
                int at = end(plain, literals);
                int length = literals.stream().mapToInt(String::length).sum();
                if (at > end || (at >= 0 && at == end && length > longest)) {
                    end = at;
                    longest = length;
                    last = question;
                }
            }
        }
        return last == null ? new Recognised(null, false, cued(text)) : new Recognised(last, true, List.of());
    }

    /** Where the last of the literals ends if all are there in order; -1 if not. */
    private static int end(String plain, List<String> literals) {
        int at = 0;
        for (int i = 0; i < literals.size(); i++) {
            var literal = " " + literals.get(i) + " ";
            // A question may be there twice, and only the last time counts.
            int found = i == 0 ? plain.lastIndexOf(literal) : plain.indexOf(literal, at);
            if (found < 0) {
                return -1;
            }
            at = found + literal.length() - 1;
        }
        return at;
    }

    private List<String> cued(String text) {
        var sentences = SENTENCES.split(text.strip(), -1);
        for (int i = sentences.length - 1; i >= Math.max(0, sentences.length - 3); i--) {
            var sentence = sentences[i];
            var found = flow.say().values().stream()
                    .filter(utterance -> questions.contains(utterance.name()))
                    .filter(utterance -> utterance.cues().stream()
                            .anyMatch(cue -> cue.matcher(sentence).find()))
                    .map(Utterance::name)
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Whether this utterance is among these words. */
    boolean says(String text, String utterance) {
        var plain = " " + Ears.plain(text) + " ";
        return pieces.getOrDefault(utterance, List.of()).stream().anyMatch(literals -> end(plain, literals) >= 0);
    }

    /** Whether enough of this utterance is at the end of these words, which were cut short. */
    boolean begins(String text, String utterance) {
        var plain = Ears.plain(text);
        return pieces.getOrDefault(utterance, List.of()).stream()
                .map(List::getFirst)
                .max(Comparator.comparingInt(String::length))
                .filter(literal -> {
                    int enough = (int) Math.ceil(literal.length() * ENOUGH);
                    for (int length = literal.length(); length >= enough; length--) {
                        if (plain.endsWith(literal.substring(0, length))) {
                            return true;
                        }
                    }
                    return false;
                })
                .isPresent();
    }
}
