package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Action;

/** What the dialog can do by itself. */
final class OwnDeeds {
    private final DialogState state;
    private final Conduct conduct;

    OwnDeeds(DialogState state, Conduct conduct) {
        this.state = state;
        this.conduct = conduct;
    }

    void perform(Action.Deed deed, Plan plan) {
        switch (deed) {
            case CANCEL -> conduct.leave();
            case RESTART -> restart();
            case REPEAT -> repeat(plan);
            case REMEDY -> conduct.say(Remedies.begin(state), plan);
            case NEXT_REMEDY -> conduct.say(Remedies.next(state), plan);
            case TRANSFER -> transfer(plan);
            case END -> {
                conduct.leave();
                plan.settled = true;
            }
            case ASK_AGAIN -> {}
            case HEAR_AGAIN -> plan.hearAgain = true;
            case LISTEN -> plan.settled = true;
        }
    }

    private void restart() {
        conduct.leave();
        state.memory.keySet().retainAll(state.flow.remember());
        state.misses = 0;
    }

    private void repeat(Plan plan) {
        if (state.spoken.isBlank()) {
            conduct.say(state.flow.moments().fallback().getFirst(), plan);
        } else {
            plan.say(state.spoken);
        }
        plan.question = state.asked;
        plan.options = state.asked == null ? plan.options : conduct.options(state.asked);
        plan.settled = true;
    }

    private void transfer(Plan plan) {
        Bots.chosen(state).ifPresent(bot -> plan.transfer = bot);
    }
}
