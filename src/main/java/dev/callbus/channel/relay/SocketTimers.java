package dev.callbus.channel.relay;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The timers of one socket, which all end with it. */
final class SocketTimers {
    private final Vertx vertx;
    private final AtomicInteger running;
    private final Set<Long> ids = new HashSet<>();

    /** Timers that are counted in {@code running}. */
    SocketTimers(Vertx vertx, AtomicInteger running) {
        this.vertx = vertx;
        this.running = running;
    }

    /** Acts once; answers the timer's id. */
    long once(Duration after, Runnable action) {
        return added(vertx.setTimer(after.toMillis(), id -> {
            forget(id);
            action.run();
        }));
    }

    /** Acts again and again. */
    void every(Duration period, Runnable action) {
        added(vertx.setPeriodic(period.toMillis(), id -> action.run()));
    }

    void cancel(long id) {
        vertx.cancelTimer(id);
        forget(id);
    }

    void cancelAll() {
        Set.copyOf(ids).forEach(this::cancel);
    }

    private long added(long id) {
        ids.add(id);
        running.incrementAndGet();
        return id;
    }

    private void forget(long id) {
        if (ids.remove(id)) {
            running.decrementAndGet();
        }
    }
}
