package dev.callbus.bus;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of one {@link Stream}. Items beyond the receiver's credit wait here; a producer that asks
 * {@link #isFull} pauses its own source until {@link #onDrain}. Not thread-safe: it is used on the context that serves.
 */
public final class StreamOutlet<M extends Protocol> {
    private final Vertx vertx;
    private final Tell<StreamProtocol> sink;
    private final long id;
    private final Runnable onClosed;
    private final Deque<StreamProtocol> waiting = new ArrayDeque<>();
    private int credit;
    private boolean ended;
    private boolean closed;
    private @Nullable Runnable onDrain;
    private @Nullable Runnable onCancel;

    StreamOutlet(Vertx vertx, Tell<StreamProtocol> sink, long id, int credit, Runnable onClosed) {
        this.vertx = vertx;
        this.sink = sink;
        this.id = id;
        this.credit = credit;
        this.onClosed = onClosed;
    }

    /** Sends an item, or keeps it until there is credit; does nothing once the stream is over. */
    public void emit(M item) {
        if (ended) {
            return;
        }
        if (credit > 0) {
            credit--;
            write(new StreamProtocol.Item(id, item));
        } else {
            waiting.add(new StreamProtocol.Item(id, item));
        }
    }

    /** Whether the receiver's credit is used up. */
    public boolean isFull() {
        return credit == 0;
    }

    /** Ends the stream after what is still waiting. */
    public void end() {
        finish(new StreamProtocol.Ended(id, null, ""));
    }

    /** Ends the stream with a failure after what is still waiting. */
    public void fail(Failure failure, String message) {
        finish(new StreamProtocol.Ended(id, failure, message));
    }

    /** Calls {@code handler} each time when credit arrives at a full outlet. */
    public StreamOutlet<M> onDrain(Runnable handler) {
        onDrain = handler;
        return this;
    }

    /** Calls {@code handler} once if the receiver gives up or is gone. */
    public StreamOutlet<M> onCancel(Runnable handler) {
        onCancel = handler;
        return this;
    }

    void credit(int items) {
        boolean wasFull = isFull();
        credit += items;
        while (credit > 0 && !waiting.isEmpty()) {
            credit--;
            write(waiting.remove());
        }
        if (ended && waiting.isEmpty()) {
            close();
        } else if (wasFull && credit > 0 && onDrain != null) {
            onDrain.run();
        }
    }

    void cancel() {
        if (closed) {
            return;
        }
        boolean running = !ended;
        ended = true;
        waiting.clear();
        close();
        if (running && onCancel != null) {
            onCancel.run();
        }
    }

    private void finish(StreamProtocol.Ended end) {
        if (ended) {
            return;
        }
        ended = true;
        if (waiting.isEmpty()) {
            write(end);
            close();
        } else {
            waiting.add(end);
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            onClosed.run();
        }
    }

    private void write(StreamProtocol message) {
        sink.send(vertx, message).onFailure(gone -> cancel());
    }
}
