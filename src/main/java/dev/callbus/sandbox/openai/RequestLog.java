package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The latest requests and the counts of all; safe to read from any thread. */
final class RequestLog {
    private static final int KEPT = 1000;

    private final List<Exchange> kept = new ArrayList<>();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final List<Consumer<RecordedRequest>> observers = new CopyOnWriteArrayList<>();

    /** Opens the record of a request that has just come in. */
    synchronized Exchange open(String id) {
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        var exchange = new Exchange(id);
        kept.add(exchange);
        counts.merge(Outcome.OPEN, 1, Integer::sum);
        return exchange;
    }

    /** Returns the latest requests, oldest first. */
    synchronized List<RecordedRequest> requests() {
        return kept.stream().map(exchange -> exchange.state).toList();
    }

    /** Returns the counts. */
    synchronized Stats stats() {
        return new Stats(count(Outcome.OPEN), count(Outcome.COMPLETED), count(Outcome.ABORTED), count(Outcome.FAILED));
    }

    /** Adds an observer that is told each request when it has ended. */
    void observe(Consumer<RecordedRequest> observer) {
        observers.add(observer);
    }

    private int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** The record of one request, which changes until the request has ended. */
    final class Exchange {
        private RecordedRequest state;

        private Exchange(String id) {
            state = new RecordedRequest(id, null, 0, 0, 0, Outcome.OPEN);
        }

        /** Notes what was asked. */
        void asked(@Nullable JsonNode body) {
            synchronized (RequestLog.this) {
                state = new RecordedRequest(state.id(), body, state.status(), 0, 0, state.outcome());
            }
        }

        /** Notes which rule answers. */
        void playing(int line) {
            synchronized (RequestLog.this) {
                state = new RecordedRequest(state.id(), state.body(), state.status(), line, 0, state.outcome());
            }
        }

        /** Notes the status and the tokens that were sent so far. */
        void sent(int status, int tokens) {
            synchronized (RequestLog.this) {
                state = new RecordedRequest(state.id(), state.body(), status, state.line(), tokens, state.outcome());
            }
        }

        /** Ends the record; only the first call counts. */
        void ended(Outcome outcome) {
            RecordedRequest last;
            synchronized (RequestLog.this) {
                if (state.outcome() != Outcome.OPEN) {
                    return;
                }
                last = new RecordedRequest(
                        state.id(), state.body(), state.status(), state.line(), state.tokens(), outcome);
                state = last;
                counts.merge(Outcome.OPEN, -1, Integer::sum);
                counts.merge(outcome, 1, Integer::sum);
            }
            observers.forEach(observer -> observer.accept(last));
        }
    }
}
