package dev.callbus.scenario;

import dev.callbus.bus.BusWatch.Seen;
import dev.callbus.bus.StreamProtocol;
import dev.callbus.call.CallEvent;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import dev.callbus.verify.VerifyProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened on a server's bus during a scenario, and what that means for its call. Thread-safe. */
final class BusLog {
    private static final int MOST = 20_000;

    private final Supplier<Duration> clock;
    private final List<Timed> messages = new ArrayList<>();
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private List<ChatMessage> history = List.of();
    private boolean answering;
    private boolean granted;
    private @Nullable String ended;
    private Duration lastTurn = Duration.ZERO;

    BusLog(Supplier<Duration> clock) {
        this.clock = clock;
    }

    synchronized void take(Seen seen) {
        var now = clock.get();
        if (messages.size() < MOST) {
            messages.add(new Timed(now, seen));
        }
        switch (seen.body()) {
            case StreamProtocol.Open open
            when open.question() instanceof LlmProtocol.Generate question -> {
                if (ended == null) {
                    history = question.messages();
                    answering = true;
                }
            }
            case StreamProtocol.Item item
            when item.payload() instanceof ModelEvent.ToolCalls calls -> toolCalls.addAll(calls.calls());
            case CallEvent.TurnEnded over -> {
                answering = false;
                lastTurn = now;
            }
            case CallEvent.Ended over -> {
                answering = false;
                ended = over.reason();
            }
            case VerifyProtocol.Checked checked -> granted = granted || checked.grant() != null;
            default -> {}
        }
    }

    /** All messages, in their order. */
    synchronized List<Timed> messages() {
        return List.copyOf(messages);
    }

    /** The tools that the model called, in their order. */
    synchronized List<ToolCall> toolCalls() {
        return List.copyOf(toolCalls);
    }

    /** What the model was last sent. */
    synchronized List<ChatMessage> history() {
        return history;
    }

    /** Whether a turn runs. */
    synchronized boolean isAnswering() {
        return answering;
    }

    /** When the last turn ended. */
    synchronized Duration lastTurn() {
        return lastTurn;
    }

    /** Whether a right code was given in this call. */
    synchronized boolean isGranted() {
        return granted;
    }

    /** Why the call ended, or null while it is up. */
    synchronized @Nullable String ended() {
        return ended;
    }

    /** A message and when it was sent. */
    record Timed(Duration at, Seen seen) {}
}
