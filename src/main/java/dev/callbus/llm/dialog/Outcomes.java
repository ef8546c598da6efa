package dev.callbus.llm.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.ResultCase;
import dev.callbus.llm.dialog.flow.Step;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Learns what tools returned. */
final class Outcomes {
    /** So often in a conversation the caller may be asked again because a tool didn't take what he gave. */
    private static final int PATIENCE = 3;

    private static final String SWITCH_LANGUAGE = "switch-language";

    private final DialogState state;
    private final Conduct conduct;

    Outcomes(DialogState state, Conduct conduct) {
        this.state = state;
        this.conduct = conduct;
    }

    /** A tool returned this; {@code call} is what it was called with, if that is known. */
    void learn(ChatMessage.ToolResult message, @Nullable ToolCall call, Plan plan) {
        var tool = message.name();
        var result = Results.parse(message.content());
        if (Results.isRunning(result)) {
            state.running.add(tool);
            return;
        }
        state.running.remove(tool);
        state.result = result;
        boolean success = Results.isSuccess(result);
        note(tool, result, call, success);
        var awaiting = state.open();
        var found = found(tool);
        if (found != null) {
            boolean setback = isSetback(found.action());
            conduct.run(found.action(), plan);
            if (setback && ++state.setbacks >= PATIENCE) {
                state.setbacks = 0;
                conduct.leave();
                conduct.run(state.flow.moments().escalate(), plan);
            }
        } else if (!success) {
            conduct.say(state.flow.moments().failed(), plan);
            conduct.leave();
        }
        settle(tool, awaiting, success);
    }

    /** Whether the caller has to be asked again for something that he gave. */
    private boolean isSetback(Action action) {
        var top = state.top();
        return top != null
                && top.form.steps().stream()
                        .anyMatch(step -> step instanceof Step.Ask
                                && action.clear().contains(step.get())
                                && !state.memory(step.get()).isEmpty());
    }

    private void note(String tool, JsonNode result, @Nullable ToolCall call, boolean success) {
        if (!success) {
            return;
        }
        var ticket = Results.text(result, "ticketNumber");
        if (!ticket.isEmpty()) {
            state.tickets.add(ticket);
        }
        if (tool.equals(SWITCH_LANGUAGE)) {
            var told = Results.text(result, "ttsLanguage");
            var code = told.isEmpty() && call != null
                    ? Results.text(Results.parse(call.arguments()), "ttsLanguage")
                    : told;
            var language = code.split("-", -1)[0].toLowerCase(Locale.ROOT);
            if (state.flow.languages().contains(language)) {
                state.language = language;
            }
        }
    }

    private @Nullable ResultCase found(String tool) {
        return state.flow.results().getOrDefault(tool, List.of()).stream()
                .filter(one -> state.isInPlace(one.in()))
                .filter(one -> one.result().holds(member -> Results.text(state.result, member)))
                .filter(one -> one.action().when().holds(state::named))
                .findFirst()
                .orElse(null);
    }

    /** The step that wanted this tool is done, and so is a form that there was nothing else to do for. */
    private void settle(String tool, @Nullable Step awaiting, boolean success) {
        if (awaiting instanceof Step.Call step && step.use().tool().equals(tool)) {
            if (step.equals(state.open())) {
                state.remember(step.get(), "done");
            }
        } else if (success && state.stack.stream().anyMatch(frame -> tool.equals(frame.form.purpose()))) {
            while (!tool.equals(state.stack.element().form.purpose())) {
                conduct.finish(state.stack.pop().form);
            }
            conduct.finish(state.stack.pop().form);
        }
    }
}
