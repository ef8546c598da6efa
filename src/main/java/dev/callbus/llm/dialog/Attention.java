package dev.callbus.llm.dialog;

import java.util.Optional;

/** Notices what the agent really said, which may not be what this dialog would have: another model spoke, or it was cut short. */
final class Attention {
    private final DialogState state;
    private final Recall recall;

    Attention(DialogState state, Recall recall) {
        this.state = state;
        this.recall = recall;
    }

    /** The agent said this, and the caller heard it; {@code plan} is what would have been said. */
    void spoken(String text, Plan plan) {
        plan.said.forEach(utterance -> state.said.merge(utterance, 1, Integer::sum));
        if (!plan.items.isEmpty()) {
            state.readOut = ReadOut.heard(text, plan.items);
        }
        boolean listening = plan.settled && plan.question == null && state.asked != null;
        if (!listening) {
            state.spoken = heard(text, plan);
        }
        understand(text, plan);
    }

    /** What was said; a part of what would have been said stands for all of it. */
    private static String heard(String text, Plan plan) {
        var meant = String.join("\n", plan.messages);
        return Ears.plain(meant).startsWith(Ears.plain(text)) ? meant : text;
    }

    private void understand(String text, Plan plan) {
        var recognised = recall.asked(text);
        var exact = recognised.utterance();
        if (exact != null) {
            state.asked = exact;
            follow(exact);
        } else if (plan.question != null && recall.begins(text, plan.question)) {
            state.asked = plan.question;
        } else if (!recognised.cued().isEmpty()) {
            cued(recognised, plan);
        } else if (plan.question != null || !plan.settled) {
            state.asked = null;
        }
    }

    /** Goes into the form that this is a question of. */
    private void follow(String utterance) {
        if (state.askedStep() != null || state.flow.questions().containsKey(utterance)) {
            return;
        }
        for (var frame : state.stack) {
            if (state.flow.stepAsking(frame.form.name(), utterance).isPresent()) {
                while (!state.stack.element().equals(frame)) {
                    state.stack.pop();
                }
                return;
            }
        }
        state.flow.forms().values().stream()
                .filter(form -> state.flow.stepAsking(form.name(), utterance).isPresent())
                .findFirst()
                .ifPresent(form -> state.stack.push(new DialogState.Frame(form)));
    }

    private void cued(Recall.Recognised recognised, Plan plan) {
        var asked = recognised.cued().stream()
                .filter(name -> name.equals(plan.question))
                .findFirst()
                .or(() -> recognised.cued().stream().filter(this::isAtHand).findFirst())
                .or(() -> state.stack.isEmpty() ? recognised.cued().stream().findFirst() : Optional.empty());
        state.asked = asked.orElse(null);
        asked.ifPresent(this::follow);
    }

    /** Whether this is asked by a form that is being filled in, or by itself. */
    private boolean isAtHand(String utterance) {
        return state.flow.questions().containsKey(utterance)
                || state.stack.stream()
                        .anyMatch(frame -> state.flow
                                .stepAsking(frame.form.name(), utterance)
                                .isPresent());
    }
}
