package dev.callbus.call;

import dev.callbus.call.CallEvent.Outcome;
import dev.callbus.llm.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent's answer to one utterance of the caller: model requests, and rounds of tools between them. */
final class Turn {
    private final int number;
    private final Instant askedAt;
    private Conversation.Answer answer;
    private int round;
    private boolean toolsRunning;
    private boolean spoke;
    private boolean spokeInRound;
    private int fillers;
    private boolean waits;
    private Instant lastSign;
    private @Nullable Handoff end;

    Turn(int number, Conversation.Answer answer, Instant now) {
        this.number = number;
        this.answer = answer;
        this.askedAt = now;
        this.lastSign = now;
    }

    int number() {
        return number;
    }

    /** The model request that is under way, or whose tools are running. */
    RequestId request() {
        return new RequestId(number, round);
    }

    Conversation.Answer answer() {
        return answer;
    }

    /** Whether the model is expected to say something. */
    boolean isModelRunning() {
        return !toolsRunning;
    }

    boolean areToolsRunning() {
        return toolsRunning;
    }

    /** Whether the agent has said anything that answers the caller; a filler doesn't. */
    boolean hasSpoken() {
        return spoke;
    }

    int round() {
        return round;
    }

    /** The model is asked again. */
    void nextRound(Conversation.Answer next, Instant now) {
        answer = next;
        round++;
        toolsRunning = false;
        spokeInRound = false;
        lastSign = now;
    }

    /** The model gave a sign of life. */
    void sign(Instant now) {
        lastSign = now;
    }

    Duration sinceSign(Instant now) {
        return Duration.between(lastSign, now);
    }

    /** Words of this round are about to be spoken; true for the first ones. */
    boolean beginsRound() {
        boolean first = !spokeInRound;
        spokeInRound = true;
        waits = false;
        return first;
    }

    /** Words of the answer are about to be spoken; true for the first ones. */
    boolean beginsToSpeak() {
        boolean first = !spoke;
        spoke = true;
        return first;
    }

    Duration sinceAsked(Instant now) {
        return Duration.between(askedAt, now);
    }

    /** Takes the model's tool calls; those whose id is missing or taken get one of their own. */
    List<ToolCall> callTools(List<ToolCall> calls, @Nullable String extra) {
        var ids = new HashSet<String>();
        var unique = new ArrayList<ToolCall>();
        for (var call : calls) {
            var id = call.id().isBlank() || ids.contains(call.id())
                    ? "call_" + number + "_" + round + "_" + ids.size()
                    : call.id();
            ids.add(id);
            unique.add(new ToolCall(id, call.name(), call.arguments(), call.extra()));
        }
        answer.call(unique, extra);
        toolsRunning = true;
        return unique;
    }

    /** The call is to end after this answer. */
    void endAfterwards(Handoff handoff) {
        end = handoff;
    }

    @Nullable
    Handoff end() {
        return end;
    }

    /** Whether the caller, who heard a word before, now begins to wait for the next one. */
    boolean beginsToWait() {
        boolean begins = !waits;
        waits = true;
        return begins;
    }

    /** The number of the next filler, counted from 0. */
    int nextFiller() {
        return fillers++;
    }

    /** What those who watch are told when the turn ends. */
    CallEvent ended(String callSid, Outcome outcome, Instant now) {
        return new CallEvent.TurnEnded(callSid, now, number, outcome, outcome == Outcome.ANSWERED && end != null);
    }
}
