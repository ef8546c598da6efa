package dev.callbus.llm.dialog.flow.file;

import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.Condition;
import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.Form;
import dev.callbus.llm.dialog.flow.Question;
import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.flow.Template;
import dev.callbus.llm.dialog.understanding.Asked;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of a flow as a whole. */
final class FlowCheck {
    private static final Set<String> PRESS = Set.of("key", "option");

    private FlowCheck() {}

    /** Finds faults that only show when all parts are known: questions that lead nowhere, forms that need themselves. */
    static void check(FlowSection section, Flow flow) {
        for (var name : flow.forms().keySet()) {
            checkCycle(section, flow, name);
        }
        flow.forms().values().forEach(form -> checkRound(section, flow, form));
        checkChoices(section, flow);
        checkPress(section, flow);
        if (flow.choosing() == null) {
            flow.say().values().stream()
                    .filter(utterance -> utterance.choice() != null)
                    .forEach(utterance -> member(section, "say", utterance.name())
                            .fault("may be chosen, but nothing says how", "Describe it under choosing"));
        }
        asked(flow).forEach(utterance -> {
            boolean answered = flow.questions().containsKey(utterance)
                    || flow.forms().keySet().stream()
                            .anyMatch(form -> flow.stepAsking(form, utterance).isPresent());
            if (!answered) {
                member(section, "say", utterance)
                        .fault("is asked, but nothing is done with the answer", "Describe it under questions");
            }
        });
    }

    private static Set<String> asked(Flow flow) {
        var asked = new LinkedHashSet<String>();
        FlowActions.of(flow).map(Action::ask).filter(Objects::nonNull).forEach(asked::add);
        if (flow.moments().after() != null) {
            asked.add(flow.moments().after());
        }
        asked.removeIf(utterance -> !flow.say().containsKey(utterance));
        return asked;
    }

    /** What is to be chosen has to be offered. */
    private static void checkChoices(FlowSection section, Flow flow) {
        var steps = flow.forms().values().stream()
                .flatMap(form -> form.steps().stream())
                .filter(step -> step instanceof Step.Ask ask && ask.kind() == Asked.CHOICE)
                .map(step -> ((Step.Ask) step).ask());
        var questions = flow.questions().values().stream()
                .filter(question -> question.kind() == Asked.CHOICE)
                .map(Question::ask);
        Stream.concat(steps, questions)
                .flatMap(name -> flow.utterance(name).stream())
                .filter(utterance -> utterance.menu().isEmpty() && utterance.dynamic() == null)
                .forEach(utterance -> member(section, "say", utterance.name())
                        .fault("is a choice, but has nothing to choose from", "Give it a menu or menu_from"));
    }

    private static void checkPress(FlowSection section, Flow flow) {
        var press = flow.moments().press() == null
                ? null
                : flow.say().get(flow.moments().press());
        if (press != null) {
            press.texts().values().stream()
                    .flatMap(List::stream)
                    .filter(text -> !PRESS.equals(
                            text.places().stream().map(Template.Place::name).collect(Collectors.toSet())))
                    .forEach(text -> member(section, "say", press.name())
                            .fault("does not say which key is for what", "Write both {key} and {option} in it"));
        }
    }

    /** Forms that lead into each other and never ask or call anything would go round for ever. */
    private static void checkRound(FlowSection section, Flow flow, Form form) {
        var round = new LinkedHashSet<String>();
        var at = form;
        while (at != null && round.add(at.name()) && isQuiet(flow, at)) {
            at = next(flow, at);
            if (at != null && at.name().equals(form.name())) {
                member(section, "forms", form.name())
                        .fault(
                                "leads back into itself without asking anything, by way of " + String.join(", ", round),
                                "Ask or call something in one of them, or remove the form from its \"then\"");
                return;
            }
        }
    }

    /** The form that this one leads into whatever happens. */
    private static @Nullable Form next(Flow flow, Form form) {
        if (form.then().size() != 1) {
            return null;
        }
        var then = form.then().getFirst();
        boolean only = then.when().equals(Condition.ALWAYS)
                && then.ask() == null
                && then.call() == null
                && then.deed() == null
                && then.form() != null;
        return only ? flow.forms().get(then.form()) : null;
    }

    private static boolean isQuiet(Flow flow, Form form) {
        var all = new LinkedHashSet<>(Set.of(form.name()));
        collect(flow, form.name(), all);
        return all.stream()
                .flatMap(name -> Optional.ofNullable(flow.forms().get(name)).stream())
                .flatMap(one -> one.steps().stream())
                .noneMatch(step -> step instanceof Step.Ask || step instanceof Step.Call);
    }

    private static void checkCycle(FlowSection section, Flow flow, String form) {
        var seen = new LinkedHashSet<String>();
        collect(flow, form, seen);
        if (seen.contains(form)) {
            member(section, "forms", form)
                    .fault("goes into itself by way of " + String.join(", ", seen), "Remove one of these form steps");
        }
    }

    private static void collect(Flow flow, String form, Set<String> seen) {
        var found = flow.forms().get(form);
        if (found == null) {
            return;
        }
        for (var step : found.steps()) {
            if (step instanceof Step.Sub sub && seen.add(sub.form())) {
                collect(flow, sub.form(), seen);
            }
        }
    }

    private static FlowValue member(FlowSection section, String group, String name) {
        return section.get(group)
                .map(value -> value.members().getOrDefault(name, value))
                .orElse(section.value());
    }
}
