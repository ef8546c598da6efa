package dev.callbus.time;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import io.vertx.core.internal.ContextInternal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The time as the current event loop has it: the machine's, unless the loop is a simulation's. On a worker thread it is the
 * time of the context's event loop, on a thread that is no part of Vert.x the machine's.
 */
public final class LoopTime {
    private static final Clock CLOCK = new LoopClock(ZoneOffset.UTC);

    private LoopTime() {}

    /** Nanoseconds from some moment on, to be compared with each other only, like {@link System#nanoTime}. */
    public static long nanos() {
        var virtual = virtual();
        return virtual == null ? System.nanoTime() : virtual.nanoTime();
    }

    /** The time of day. */
    public static Instant now() {
        var virtual = virtual();
        return virtual == null ? Instant.now() : virtual.instant();
    }

    /** A clock, in UTC, that says {@link #now} of whatever thread asks it. */
    public static Clock clock() {
        return CLOCK;
    }

    /** Chance as the current event loop has it: a simulation's is the same each time. Not for secrets, and not to be kept. */
    public static RandomGenerator random() {
        var virtual = virtual();
        return virtual == null ? ThreadLocalRandom.current() : virtual.random();
    }

    /** Blocks the calling worker thread for so long. */
    public static void sleep(Duration time) throws InterruptedException {
        var virtual = virtual();
        if (virtual == null) {
            Thread.sleep(time);
        } else {
            virtual.sleep(time.toNanos(), NANOSECONDS);
        }
    }

    /** Blocks the calling worker thread until this is complete; a {@link TimeoutException} after so long. */
    public static <T> T get(CompletableFuture<T> future, Duration atMost)
            throws ExecutionException, TimeoutException, InterruptedException {
        var virtual = virtual();
        return virtual == null ? future.get(atMost.toNanos(), NANOSECONDS) : virtual.get(future, atMost);
    }

    private static @Nullable VirtualTime virtual() {
        EventExecutor executor = ThreadExecutorMap.currentExecutor();
        if (executor == null) {
            var context = ContextInternal.current();
            executor = context == null ? null : context.nettyEventLoop();
        }
        return executor != null && executor.ticker() instanceof VirtualTime time ? time : null;
    }

    private static final class LoopClock extends Clock {
        private final ZoneId zone;

        LoopClock(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new LoopClock(other);
        }

        @Override
        public Instant instant() {
            return now();
        }
    }
}
