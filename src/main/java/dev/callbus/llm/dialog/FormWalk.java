package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Form;
import dev.callbus.llm.dialog.flow.Step;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One walk through the forms that are being filled in, from their first open step to where the caller or a tool comes next. */
final class FormWalk {
    /** More steps than this without a question or a call are a circle in the flow. */
    private static final int MOST_STEPS = 100;

    private final DialogState state;
    private final Conduct conduct;
    private final Set<String> completed = new HashSet<>();
    private final Set<String> missed = new HashSet<>();

    FormWalk(DialogState state, Conduct conduct) {
        this.state = state;
        this.conduct = conduct;
    }

    void advance(Plan plan) {
        for (int i = 0; i < MOST_STEPS && !plan.isComplete() && !state.stack.isEmpty(); i++) {
            var open = state.open();
            if (open == null) {
                complete(plan);
            } else {
                take(open, plan);
            }
        }
    }

    private void take(Step step, Plan plan) {
        switch (step) {
            case Step.Ask ask -> ask(ask, plan);
            case Step.Call call -> call(call, plan);
            case Step.Sub sub -> enter(sub);
            case Step.Tell tell -> {
                tell.say().forEach(utterance -> conduct.say(utterance, plan));
                state.remember(tell.get(), "said");
            }
            case Step.Choose choose -> state.remember(choose.get(), chosen(choose));
        }
    }

    private void ask(Step.Ask ask, Plan plan) {
        var preset = ask.preset() == null || state.stack.element().resumed
                ? ""
                : ask.preset().fill(state);
        if (!preset.isBlank()) {
            state.remember(ask.get(), preset);
            return;
        }
        var offer = ask.offer();
        conduct.ask(offer != null && !state.memory(offer.value()).isEmpty() ? offer.ask() : ask.ask(), plan);
    }

    /** Where the tool is missing, and what is done instead has led back here, nothing else will come of it. */
    private void call(Step.Call step, Plan plan) {
        if (conduct.hasTool(step.use()) || missed.add(step.get())) {
            conduct.call(step.use(), plan);
            if (!plan.isComplete()) {
                conduct.passOver(step.use());
            }
        } else {
            conduct.say(state.flow.moments().without(), plan);
            conduct.leave();
        }
    }

    private void enter(Step.Sub sub) {
        var form = state.flow.forms().get(sub.form());
        if (form != null) {
            conduct.push(form);
        }
    }

    private String chosen(Step.Choose choose) {
        var by = choose.by().fill(state);
        return choose.values().entrySet().stream()
                .filter(value -> value.getValue().matcher(by).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(choose.other().isEmpty() ? "none" : choose.other());
    }

    /** The form is complete: what it keeps is kept, and what waits goes on. */
    private void complete(Plan plan) {
        var frame = state.stack.pop();
        conduct.finish(frame.form);
        var below = state.top();
        if (below == null) {
            then(frame.form, plan);
        } else if (below.interrupted) {
            below.interrupted = false;
            below.resumed = true;
            conduct.say(state.flow.moments().resume(), plan);
        } else if (state.open() instanceof Step.Sub sub && sub.form().equals(frame.form.name())) {
            state.remember(sub.get(), "done");
        }
    }

    /** A form may lead into another one, but not for the second time before the caller has had a say. */
    private void then(Form form, Plan plan) {
        if (completed.add(form.name())) {
            conduct.run(form.then(), plan);
        }
        plan.settled |= state.stack.isEmpty() && (!form.then().isEmpty() || plan.question == null);
    }
}
