package dev.callbus.llm.dialog;

import java.util.LinkedHashSet;
import java.util.Set;

/** What must hold of a flow as a whole. */
final class FlowCheck {
    private static final Set<String> PSEUDO_INTENTS = Set.of("handoff", "trigger_handoff");

    private FlowCheck() {}

    /** Finds faults that only show when all parts are known: questions that lead nowhere, forms that need themselves. */
    static void check(FlowSection section, Flow flow) {
        for (var name : flow.forms().keySet()) {
            checkCycle(section, flow, name);
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
        flow.rules().forEach(rule -> add(asked, rule.action()));
        flow.results().values().forEach(cases -> cases.forEach(one -> add(asked, one.action())));
        flow.forms().values().forEach(form -> form.then().forEach(action -> add(asked, action)));
        if (flow.moments().after() != null) {
            asked.add(flow.moments().after());
        }
        asked.removeIf(utterance -> !flow.say().containsKey(utterance));
        return asked;
    }

    private static void add(Set<String> asked, Action action) {
        if (action.ask() != null) {
            asked.add(action.ask());
        }
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

    /** Intents that no phrase has: only a client sends them. */
    static Set<String> payloadIntents() {
        return PSEUDO_INTENTS;
    }
}
