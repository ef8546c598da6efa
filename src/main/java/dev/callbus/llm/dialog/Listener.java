package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.Question;
import dev.callbus.llm.dialog.flow.Rule;
import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.understanding.Answer;
import dev.callbus.llm.dialog.understanding.Asked;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes in what the caller said: as the answer to what was asked, as a new wish, or as neither. */
final class Listener {
    /** So often in a row it may be misunderstood, or silent. */
    private static final int PATIENCE = 3;

    /** With more words than these it is a story and no command. */
    private static final int COMMAND = 8;

    /** With more words than these it is no failed answer to a question for a single thing. */
    private static final int SHORT_ANSWER = 6;

    /** What the caller's trouble is remembered as: it is part of what is passed on to a colleague. */
    private static final String PROBLEM = "problem";

    private static final String OUT_OF_SCOPE = "out_of_scope";

    private static final Pattern HIDDEN = Pattern.compile("^The caller keyed (the code|some digits)|\\[code]");

    private final DialogState state;
    private final Ears ears;
    private final Conduct conduct;
    private final Answers answers;
    private final Pointing pointing;
    private final Payloads payloads;

    Listener(DialogState state, Ears ears, Conduct conduct, ReadOut readOut) {
        this.state = state;
        this.ears = ears;
        this.conduct = conduct;
        this.answers = new Answers(state, conduct);
        this.payloads = new Payloads(state, ears, conduct);
        this.pointing = new Pointing(state, ears, conduct, readOut);
    }

    void hear(String words, Plan plan) {
        state.calledThisTurn.clear();
        var text = words.strip();
        if (text.isEmpty()) {
            silent(plan);
            return;
        }
        state.blanks = 0;
        var step = state.askedStep();
        var question = question(step);
        boolean asked = step != null || question != null;
        var options = !asked || state.asked == null ? List.<DialogReply.Option>of() : conduct.options(state.asked);
        var meant = Keys.meant(text, options);
        state.heard = payloads.checked(pointing.hear(meant, step, question));
        if (HIDDEN.matcher(text).find()) {
            hidden(step, plan);
        } else {
            answer(step, question, plan);
        }
    }

    private void answer(Step.@Nullable Ask step, @Nullable Question question, Plan plan) {
        boolean narrative = step != null && step.kind() == Asked.FREE_TEXT;
        var command = rule(true, narrative ? Heard.SURE : state.flow.confidence());
        if (step != null && new Corrections(state).take(step)) {
            understood(plan);
        } else if (command.isPresent() && (!narrative || state.heard.words() <= COMMAND)) {
            if (narrative && command.get().action().form() != null) {
                state.heard = pointing.hear(state.heard.text(), null, null);
            }
            follow(command.get(), plan);
        } else if (narrative && withdrawn(plan)) {
            state.misses = 0;
        } else if (step != null && another(step).isPresent()) {
            var wish = another(step).get();
            conduct.leave();
            follow(wish, plan);
        } else if (step != null && answers.take(step, plan)) {
            understood(plan);
        } else if (state.top() != null && answers.mine()) {
            understood(plan);
        } else if (question == null || !answered(question, plan)) {
            rule(false, state.flow.confidence())
                    .ifPresentOrElse(found -> follow(found, plan), () -> misunderstood(step, plan));
        }
    }

    /** What is wanted instead, of the ticket whose number was asked for. */
    private Optional<Rule> another(Step.Ask step) {
        boolean numbered =
                step.kind() == Asked.TICKET_NUMBER && state.heard.entities().containsKey(Conduct.entity(step.kind()));
        return numbered
                ? rule(false, Heard.SURE)
                        .filter(rule -> !rule.intents().isEmpty())
                        .filter(rule -> rule.action().form() != null
                                && !state.isIn(rule.action().form()))
                : Optional.empty();
    }

    private @Nullable Question question(Step.@Nullable Ask step) {
        return step != null || state.asked == null
                ? null
                : state.flow.questions().get(state.asked);
    }

    /** A code was entered, or a part of one: the call checks it, and only says here that there was one. */
    private void hidden(Step.@Nullable Ask step, Plan plan) {
        if (step != null && step.kind() == Asked.CODE) {
            if (step.invalid() != null) {
                conduct.say(step.invalid(), plan);
            }
            conduct.advance(plan);
        } else {
            rule(false, state.flow.confidence()).ifPresentOrElse(rule -> follow(rule, plan), () -> askAgain(plan));
        }
    }

    private boolean answered(Question question, Plan plan) {
        var wish = rule(false, state.flow.confidence())
                .filter(rule -> !rule.intents().contains("affirm")
                        && !rule.intents().contains("deny")
                        && (rule.action().form() != null
                                || rule.action().call() != null
                                || (state.heard.answer() == Answer.NO
                                        && rule.action().set().containsKey(PROBLEM))));
        if (question.open() && wish.isPresent()) {
            return false;
        }
        var answer = state.heard.answer();
        if (answer == null
                && question.get() != null
                && rule(false, state.flow.confidence()).isEmpty()) {
            state.remember(question.get(), state.heard.text());
            return does(question.then(), plan);
        }
        return answer != null && does(answer == Answer.YES ? question.yes() : question.no(), plan);
    }

    private boolean does(List<Action> actions, Plan plan) {
        if (actions.isEmpty()) {
            return false;
        }
        state.misses = 0;
        state.asked = null;
        if (conduct.run(actions, plan)) {
            conduct.advance(plan);
        }
        return true;
    }

    /** The rule that holds for what was said; {@code always} for those that also hold in the middle of anything. */
    private Optional<Rule> rule(boolean always, double confident) {
        var spotted = ears.spotted(state.heard);
        return state.flow.rules().stream()
                .filter(rule -> !always || rule.always())
                .filter(rule -> state.isInPlace(rule.in()))
                .filter(rule -> isMeant(rule, confident, spotted))
                .filter(rule -> rule.action().when().holds(state::named))
                .findFirst();
    }

    private boolean isMeant(Rule rule, double confident, Predicate<Pattern> spotted) {
        return rule.intents().stream().anyMatch(intent -> state.heard.means(intent, confident))
                || rule.words().stream().anyMatch(spotted);
    }

    private void follow(Rule rule, Plan plan) {
        var rest = Withdrawals.rest(rule, state.heard);
        if (rest.isPresent() && instead(rule, rest.get(), plan)) {
            return;
        }
        if (isOffTopic() || isNothingNew(rule)) {
            state.misses++;
            if (state.misses >= PATIENCE) {
                escalate(plan);
                return;
            }
        } else {
            state.misses = 0;
        }
        var before = state.asked;
        if (rule.action().form() != null || rule.action().set().containsKey(PROBLEM)) {
            state.wishes.add(state.heard.text());
        }
        conduct.run(rule.action(), plan);
        payloads.refuse(plan);
        if (plan.settled && before != null && plan.question == null && !state.stack.isEmpty()) {
            state.asked = before;
        }
        conduct.advance(plan);
    }

    /** "Forget that, I want to …": something is withdrawn, and something else wanted. */
    private boolean instead(Rule withdrawal, String rest, Plan plan) {
        var whole = state.heard;
        state.heard = ears.hear(rest, null, state.flow.confidence());
        var wish = rule(false, state.flow.confidence())
                .filter(rule -> !rule.intents().isEmpty())
                .filter(rule -> rule.action().form() != null
                        || (rule.action().set().containsKey(PROBLEM)
                                && !withdrawal.intents().isEmpty())
                        || rule.intents().contains("human_handoff"));
        if (wish.isEmpty()) {
            state.heard = whole;
            return false;
        }
        withdrawal.action().say().forEach(utterance -> conduct.say(utterance, plan));
        conduct.leave();
        follow(wish.get(), plan);
        return true;
    }

    /** Whether a long answer is none: it begins by withdrawing what is told, and goes on with a wish. */
    private boolean withdrawn(Plan plan) {
        var whole = state.heard;
        var parts = Withdrawals.parts(whole.text());
        if (parts.isEmpty()) {
            return false;
        }
        state.heard = ears.hear(parts.get().first(), null, state.flow.confidence());
        var withdrawal = rule(true, Heard.SURE).filter(rule -> rule.intents().contains(Withdrawals.CANCEL));
        state.heard = whole;
        return withdrawal.isPresent() && instead(withdrawal.get(), parts.get().rest(), plan);
    }

    private void understood(Plan plan) {
        state.misses = 0;
        conduct.advance(plan);
    }

    private void silent(Plan plan) {
        state.blanks++;
        if (state.blanks % PATIENCE == 0) {
            escalate(plan);
        } else {
            conduct.say(state.flow.moments().silence(), plan);
            askAgain(plan);
        }
    }

    /** Whether the caller speaks of something else while a form waits for an answer, as a bad transcription may seem to. */
    private boolean isOffTopic() {
        return state.heard.intent().equals(OUT_OF_SCOPE) && !state.stack.isEmpty();
    }

    /** Whether the caller says once more what he wants, while the form for it waits for something else. */
    private boolean isNothingNew(Rule rule) {
        var form = rule.action().form();
        return form != null && state.isIn(form) && rule.action().set().isEmpty();
    }

    private void escalate(Plan plan) {
        state.misses = 0;
        conduct.run(state.flow.moments().escalate(), plan);
    }

    private void misunderstood(Step.@Nullable Ask step, Plan plan) {
        state.misses++;
        if (state.misses >= PATIENCE) {
            escalate(plan);
            return;
        }
        var fallback = state.flow.moments().fallback();
        if (step != null
                && step.invalid() != null
                && state.heard.answer() == null
                && state.heard.words() <= SHORT_ANSWER) {
            state.remember("invalid", payloads.untaken());
            conduct.say(step.invalid(), plan);
        } else {
            conduct.say(fallback.get(Math.min(state.misses, fallback.size()) - 1), plan);
        }
        askAgain(plan);
    }

    /** What was asked is asked once more. */
    private void askAgain(Plan plan) {
        conduct.advance(plan);
        var asked = state.asked;
        if (!plan.isComplete() && asked != null && state.flow.questions().containsKey(asked)) {
            conduct.ask(asked, plan);
        }
    }
}
