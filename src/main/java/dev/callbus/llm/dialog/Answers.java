package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.understanding.Answer;
import dev.callbus.llm.dialog.understanding.Entities;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes answers: what the caller said becomes the value of a step. */
final class Answers {
    private static final List<List<String>> ORDINALS = List.of(
            List.of("first", "one", "former", "primera", "primero", "uno"),
            List.of("second", "two", "latter", "segunda", "segundo", "dos"),
            List.of("third", "three", "tercera", "tercero", "tres"));

    private static final Pattern KEYS = Pattern.compile("[0-9*# ]+");

    /** Words that options have in common with anything. */
    private static final Set<String> SMALL = Set.of("the", "a", "to", "my", "in", "on", "number", "ending", "phone");

    private final DialogState state;
    private final Conduct conduct;

    Answers(DialogState state, Conduct conduct) {
        this.state = state;
        this.conduct = conduct;
    }

    /** Takes what was said as the answer to this step; whether it was one. */
    boolean take(Step.Ask step, Plan plan) {
        var offer = step.offer();
        if (offer != null && offer.ask().equals(state.asked)) {
            return takeOffer(step, offer);
        }
        return switch (step.kind()) {
            case YES_NO -> takeYesNo(step, plan);
            case FREE_TEXT -> takeText(step);
            case CHOICE -> takeChoice(step, plan);
            case CODE -> false;
            case EMAIL, EMPLOYEE_NUMBER, PHONE_NUMBER, PRIORITY, TICKET_NUMBER, DATE -> takeEntities(step, plan);
        };
    }

    private boolean takeOffer(Step.Ask step, Step.Offer offer) {
        var entity = state.heard.entities().get(Conduct.entity(step.kind()));
        var answer = state.heard.answer();
        if (entity != null) {
            state.remember(step.get(), entity);
            return true;
        }
        if (answer == null) {
            return false;
        }
        if (answer == Answer.YES) {
            state.remember(step.get(), state.memory(offer.value()));
        }
        state.memory.remove(offer.value());
        return true;
    }

    private boolean takeYesNo(Step.Ask step, Plan plan) {
        if (new Corrections(state).takeEntities(step)) {
            return true;
        }
        var answer = state.heard.answer();
        if (answer == null) {
            return false;
        }
        state.remember(step.get(), answer == Answer.YES ? "yes" : "no");
        conduct.run(answer == Answer.YES ? step.yes() : step.no(), plan);
        return true;
    }

    private boolean takeText(Step.Ask step) {
        var heard = state.heard;
        boolean excluded = heard.exact()
                || KEYS.matcher(heard.text()).matches()
                || (step.invalid() != null && Padding.isAll(heard.text()))
                || step.except().stream().anyMatch(intent -> heard.means(intent, Heard.SURE));
        if (excluded) {
            return false;
        }
        state.remember(step.get(), heard.text());
        return true;
    }

    private boolean takeEntities(Step.Ask step, Plan plan) {
        var entity = state.heard.entities().get(Conduct.entity(step.kind()));
        if (entity != null) {
            state.remember(step.get(), entity);
            return true;
        }
        if (mine()) {
            return true;
        }
        var answer = state.heard.answer();
        return answer == Answer.NO && conduct.run(step.no(), plan);
    }

    private boolean takeChoice(Step.Ask step, Plan plan) {
        var options = state.asked == null ? List.<DialogReply.Option>of() : conduct.options(state.asked);
        var chosen = chosen(options);
        if (chosen.isPresent()) {
            state.remember(step.get(), chosen.get().payload());
            return true;
        }
        var answer = state.heard.answer();
        if (answer == Answer.YES && !options.isEmpty()) {
            state.remember(step.get(), options.getFirst().payload());
            conduct.run(step.yes(), plan);
            return true;
        }
        return answer == Answer.NO && conduct.run(step.no(), plan);
    }

    /** The only option that the words fit: its key, its place, or words that no other one has. */
    private Optional<DialogReply.Option> chosen(List<DialogReply.Option> options) {
        var number = state.heard
                .entities()
                .getOrDefault(Entities.CHOICE, state.heard.text().strip());
        var words = Ears.wordsOf(state.heard.text())
                .filter(word -> !SMALL.contains(word))
                .collect(Collectors.toSet());
        var fitting = options.stream().filter(option -> fits(option, words)).toList();
        if (fitting.size() == 1) {
            return Optional.of(fitting.getFirst());
        }
        for (int i = 0; i < Math.min(options.size(), ORDINALS.size()); i++) {
            if (options.get(i).key().equals(number) || ORDINALS.get(i).stream().anyMatch(words::contains)) {
                return Optional.of(options.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(DialogReply.Option option, Set<String> words) {
        return Ears.wordsOf(option.word()).anyMatch(words::contains);
    }

    /** Takes from the words whatever the present form still needs; whether there was something. */
    boolean mine() {
        var top = state.top();
        boolean found = false;
        for (var step : top == null ? List.<Step>of() : top.form.steps()) {
            if (step instanceof Step.Ask ask && step.when().holds(state::named)) {
                found |= mine(ask.get(), Conduct.entity(ask.kind()));
                for (var name : ask.or()) {
                    found |= mine(name, name);
                }
            }
        }
        return found;
    }

    private boolean mine(String name, String entity) {
        var value = state.heard.entities().get(entity);
        if (value == null || !state.memory(name).isEmpty()) {
            return false;
        }
        state.remember(name, value);
        return true;
    }
}
