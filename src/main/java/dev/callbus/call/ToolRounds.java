package dev.callbus.call;

import dev.callbus.asset.ToolManifest;
import dev.callbus.llm.ToolCall;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.helpdesk.CheckVerification;
import dev.callbus.tool.helpdesk.SendVerification;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools that run for a call: each round is what one answer of the model asked for. Results and what became known are
 * kept whatever became of the turn; what a tool wants done is only done for a turn that still stands.
 */
final class ToolRounds {
    /** What the model reads of a tool whose action came too late. */
    private static final String NOT_DONE =
            "{\"success\":false,\"message\":\"Not carried out: the caller spoke first.\"}";

    private final Map<RequestId, Conversation.Answer> rounds = new HashMap<>();
    private final ToolActions actions;
    private final Gate gate;

    ToolRounds(ToolActions actions, Gate gate) {
        this.actions = actions;
        this.gate = gate;
    }

    /** Runs these tools for a turn. A code that the caller entered goes to its check and nowhere else. */
    void run(Turn turn, List<ToolCall> calls, ToolManifest manifest, List<CallEffect> effects) {
        rounds.put(turn.request(), turn.answer());
        for (var call : calls) {
            if (call.name().equals(SendVerification.NAME)) {
                gate.sending();
            }
            var standing = call.name().equals(CheckVerification.NAME)
                    ? gate.takeCode()
                    : gate.standing().withCode(null);
            effects.add(new CallEffect.RunTool(turn.request(), call, manifest, standing));
        }
    }

    /**
     * A tool returned; whether its round is complete with that.
     *
     * @param turn for which it ran, or null if that is over
     */
    boolean returned(CallInput.ToolReturned returned, @Nullable Turn turn, Instant now, List<CallEffect> effects) {
        var answer = rounds.get(returned.request());
        if (answer == null) {
            return false;
        }
        var outcome = returned.outcome();
        boolean undone = turn == null && outcome.actions().stream().anyMatch(ToolOutcome.Deed.class::isInstance);
        answer.result(returned.callId(), undone ? NOT_DONE : outcome.content());
        for (var action : outcome.actions()) {
            switch (action) {
                case ToolOutcome.Knowledge knowledge -> gate.learn(knowledge, now);
                case ToolOutcome.Deed deed when turn != null -> actions.carryOut(deed, turn, now, effects);
                case ToolOutcome.Deed late -> {}
            }
        }
        if (answer.tool(returned.callId()).equals(SendVerification.NAME)) {
            gate.sent(outcome.success());
        }
        if (answer.isComplete()) {
            rounds.remove(returned.request());
        }
        return answer.isComplete();
    }
}
