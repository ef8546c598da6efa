package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.Form;
import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.understanding.Asked;
import dev.callbus.llm.dialog.understanding.Entities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leads the conversation: does actions, and takes the steps of forms one after the other. */
final class Conduct {
    private final DialogState state;
    private final Offered offered;
    private final Wording wording;

    Conduct(DialogState state, Offered offered) {
        this.state = state;
        this.offered = offered;
        this.wording = new Wording(state);
    }

    void say(@Nullable String utterance, Plan plan) {
        if (utterance != null) {
            plan.say(wording.of(utterance));
            plan.said.add(utterance);
            plan.items.addAll(wording.items(utterance));
        }
    }

    /** Asks this, with its menu. */
    void ask(String utterance, Plan plan) {
        say(utterance, plan);
        plan.question = utterance;
        plan.options = wording.options(utterance);
    }

    /** How the options are spoken. */
    String spoken(List<DialogReply.Option> options) {
        return wording.spoken(options);
    }

    List<DialogReply.Option> options(String utterance) {
        return wording.options(utterance);
    }

    /** Does the first of these actions whose condition holds; whether there was one. */
    boolean run(List<Action> actions, Plan plan) {
        for (var action : actions) {
            if (action.when().holds(state::named)) {
                run(action, plan);
                return true;
            }
        }
        return false;
    }

    void run(Action action, Plan plan) {
        action.set().forEach((name, template) -> state.remember(name, template.fill(state)));
        if (action.call() != null && !offered.has(action.call().tool())) {
            withoutTool(action.call(), plan);
            return;
        }
        var deed = action.deed();
        if (deed != null && deed != Action.Deed.ASK_AGAIN) {
            new OwnDeeds(state, this).perform(deed, plan);
        }
        action.say().forEach(utterance -> say(utterance, plan));
        if (deed == Action.Deed.ASK_AGAIN) {
            askAgain(plan);
        }
        action.clear().forEach(state.memory::remove);
        if (action.call() != null) {
            call(action.call(), plan);
        }
        if (action.form() != null) {
            enter(action.form(), plan);
        }
        if (action.ask() != null && plan.question == null) {
            ask(action.ask(), plan);
        }
    }

    /** Asks once more what was asked; a form asks by itself what it still needs. */
    private void askAgain(Plan plan) {
        if (state.askedStep() == null && state.asked != null) {
            ask(state.asked, plan);
        }
    }

    /** Whether the conversation has this tool. */
    boolean hasTool(Action.ToolUse use) {
        return offered.has(use.tool());
    }

    /** Calls a tool, or does what is to be done without it. */
    void call(Action.ToolUse use, Plan plan) {
        var arguments = new LinkedHashMap<String, String>();
        use.arguments().forEach((name, template) -> arguments.put(name, template.fill(state)));
        var wish = new Plan.Wish(use, arguments);
        if (!offered.has(use.tool())) {
            withoutTool(use, plan);
        } else if (state.running.contains(use.tool())) {
            say(state.flow.moments().pending(), plan);
            plan.settled = true;
        } else if (state.calledThisTurn.contains(use.tool() + " " + arguments)) {
            // The same again would only give the same result.
            say(state.flow.moments().failed(), plan);
            leave();
        } else {
            plan.calls.add(wish);
        }
    }

    /** What is done when the conversation doesn't have a tool. */
    void withoutTool(Action.ToolUse use, Plan plan) {
        if (!run(use.otherwise(), plan)) {
            say(state.flow.moments().without(), plan);
            leave();
        }
    }

    /** A step whose tool nobody has is done when something else has been done instead, unless that leads into another form. */
    boolean passOver(Action.ToolUse use) {
        if (state.open() instanceof Step.Call step && step.use().equals(use)) {
            state.remember(step.get(), "done");
            return true;
        }
        return false;
    }

    /** Leaves all forms, and forgets what they got. */
    void leave() {
        while (!state.stack.isEmpty()) {
            forget(state.stack.pop().form);
        }
        state.asked = null;
    }

    /** Goes into a form, out of others for as long as it takes; one that is entered already takes what these words add. */
    void enter(String name, Plan plan) {
        var form = state.flow.forms().get(name);
        if (form == null) {
            return;
        }
        if (state.isIn(name)) {
            mine(form);
            return;
        }
        state.stack.removeIf(frame -> {
            boolean empty = isEmpty(frame.form);
            frame.interrupted = true;
            return empty;
        });
        push(form);
        mine(form);
    }

    void push(Form form) {
        state.stack.push(new DialogState.Frame(form));
    }

    private boolean isEmpty(Form form) {
        return form.steps().stream()
                .allMatch(step -> state.flow.remember().contains(step.get())
                        || state.memory(step.get()).isEmpty());
    }

    /** Takes from the words that led into the form what its steps would ask for. */
    private void mine(Form form) {
        for (var step : form.steps()) {
            if (step instanceof Step.Ask ask && state.memory(ask.get()).isEmpty()) {
                var entity = state.heard.entities().get(entity(ask.kind()));
                if (entity != null) {
                    state.remember(ask.get(), entity);
                }
                found(ask);
            }
        }
    }

    private void found(Step.Ask ask) {
        for (var pattern : ask.find()) {
            var matcher = pattern.matcher(state.heard.text());
            if (matcher.find()
                    && matcher.groupCount() > 0
                    && matcher.group(1) != null
                    && !Padding.isAll(matcher.group(1))) {
                state.remember(ask.get(), matcher.group(1).strip());
                return;
            }
        }
    }

    /** The name of the entity that answers such a question; for others something that no entity is called. */
    static String entity(Asked kind) {
        return switch (kind) {
            case EMAIL -> Entities.EMAIL;
            case EMPLOYEE_NUMBER -> Entities.EMPLOYEE;
            case PHONE_NUMBER -> Entities.PHONE;
            case PRIORITY -> Entities.PRIORITY;
            case TICKET_NUMBER -> Entities.TICKET;
            case DATE -> Entities.DATE;
            case YES_NO, CHOICE, CODE, FREE_TEXT -> "";
        };
    }

    /** Takes the open steps of the forms until something is asked or called, or all is done. */
    void advance(Plan plan) {
        new FormWalk(state, this).advance(plan);
    }

    /** Keeps what is kept of a form and forgets the rest. */
    void finish(Form form) {
        var kept = new ArrayList<Runnable>();
        form.keep().forEach((as, name) -> {
            var value = state.memory(name);
            if (!value.isEmpty()) {
                kept.add(() -> state.remember(as, value));
            }
        });
        forget(form);
        kept.forEach(Runnable::run);
    }

    private void forget(Form form) {
        form.steps().stream().map(Step::get).filter(name -> !isRemembered(name)).forEach(state.memory::remove);
        form.steps().forEach(step -> {
            if (step instanceof Step.Ask ask) {
                ask.or().stream().filter(name -> !isRemembered(name)).forEach(state.memory::remove);
            }
        });
    }

    /** Whether a value outlives its form: for the whole conversation, or because a form that waits has got it too. */
    private boolean isRemembered(String name) {
        return state.flow.remember().contains(name)
                || state.stack.stream()
                        .anyMatch(frame -> frame.form.steps().stream()
                                .anyMatch(step -> step.get().equals(name)));
    }
}
