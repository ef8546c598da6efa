package dev.callbus.scenario.simulation;

import dev.callbus.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** The time of one simulation, which stands still until it is moved. */
final class SimulatedTime implements VirtualTime {
    private static final long SEED = 1;

    /** What is made before the first scenario must not have the ids of what scenarios make. */
    private static final long SEED_BEFORE = 0;

    private static final long FIRST_NANOS = 1_000_000_000;

    private final Instant begin;
    private final BlockingWork work;
    private final Random random = new Random(SEED_BEFORE);
    private volatile long nanos = FIRST_NANOS;
    private volatile long beginNanos = FIRST_NANOS;

    SimulatedTime(Instant begin, BlockingWork work) {
        this.begin = begin;
        this.work = work;
    }

    /** Moves on to this moment, in nanoseconds of this ticker. */
    void moveTo(long moment) {
        nanos = moment;
    }

    /** Makes this moment the beginning: time of day and chance are as they were then, while the ticker goes on. */
    void rewind() {
        beginNanos = nanos;
        random.setSeed(SEED);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** How much of it has passed since the beginning. */
    Duration elapsed() {
        return Duration.ofNanos(nanos - beginNanos);
    }

    @Override
    public long initialNanoTime() {
        return 0;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(nanos - beginNanos);
    }

    @Override
    public void sleep(long delay, TimeUnit unit) throws InterruptedException {
        try {
            work.get(new CompletableFuture<>(), unit.toNanos(delay));
        } catch (TimeoutException e) {
            return; // that was it
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> T get(CompletableFuture<T> future, Duration atMost)
            throws ExecutionException, TimeoutException, InterruptedException {
        return work.get(future, atMost.toNanos());
    }
}
