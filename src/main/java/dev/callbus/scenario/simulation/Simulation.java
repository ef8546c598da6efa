package dev.callbus.scenario.simulation;

import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxBootstrap;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x on one thread and in virtual time, which passes only when nothing can happen without it. Its event loop, which runs
 * only inside of the methods of this class, belongs to the thread that began it; that thread has its time (see
 * {@link dev.callbus.time.LoopTime}) until it is closed. Its ports are its own: nothing leads in or out.
 */
public final class Simulation implements AutoCloseable {
    private static final Instant BEGIN = Instant.parse("2026-11-30T09:00:00Z");
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    private final BlockingWork work;
    private final SimulatedTime time;
    private final SimulatedLoop loop;
    private final Vertx vertx;
    private final @Nullable EventExecutor outer;

    private Simulation(Instant begin, Predicate<String> waitsForLoop) {
        work = new BlockingWork(waitsForLoop);
        time = new SimulatedTime(begin, work);
        loop = new SimulatedLoop(Thread.currentThread(), LocalIoHandler.newFactory(), time);
        work.connect(loop);
        outer = ThreadExecutorMap.setCurrentExecutor(loop);
        vertx = VertxBootstrap.create()
                .options(new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setUseDaemonThread(true)
                        .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)))
                .executorServiceFactory(work)
                .transport(new LoopbackTransport(loop, new Loopback()))
                .init()
                .vertx();
    }

    /** A simulation that begins on a Monday morning, 2026-11-30T09:00:00Z, after all that the sandbox's ServiceNow holds. */
    public static Simulation begin() {
        return begin(BEGIN);
    }

    /** A simulation that begins at this time of day. */
    public static Simulation begin(Instant time) {
        return new Simulation(time, thread -> !thread.startsWith("vert.x-") && !thread.startsWith("servicenow-"));
    }

    /** Its Vert.x, with nothing deployed. */
    public Vertx vertx() {
        return vertx;
    }

    /** The time of day in it. */
    public Instant now() {
        return time.instant();
    }

    /** How much time has passed in it. */
    public Duration elapsed() {
        return time.elapsed();
    }

    /** Makes this moment the beginning, by {@link #now} and {@link #elapsed}; whatever still waits for time goes on waiting. */
    public void rewind() {
        time.rewind();
    }

    /** Runs until nothing can happen without time passing. */
    public void settle() {
        boolean busy = true;
        while (busy) {
            busy = loop.runNow() > 0 || work.goOn();
        }
    }

    /** Lets so much time pass: all that is due in it happens in its order. */
    public void pass(Duration length) {
        long end = time.nanoTime() + length.toNanos();
        settle();
        while (moveOn(end)) {
            settle();
        }
    }

    /** Lets time pass, from timer to timer, until this is so, at most so much; returns whether it is. */
    public boolean until(BooleanSupplier met, Duration atMost) {
        long end = time.nanoTime() + atMost.toNanos();
        settle();
        while (!met.getAsBoolean()) {
            if (!moveOn(end)) {
                return false;
            }
            settle();
        }
        return true;
    }

    /** The result of this, for which time passes as it must; throws what it failed with, or after so much a timeout. */
    public <T> T await(Future<T> future, Duration atMost) throws TimeoutException {
        if (!until(future::isComplete, atMost)) {
            throw new TimeoutException("nothing came of it in " + atMost + " of virtual time");
        }
        return future.await();
    }

    /** Moves on to the next timer or to the end of the time; false if that has come. */
    private boolean moveOn(long end) {
        if (time.nanoTime() >= end) {
            return false;
        }
        long next = loop.nextTimer();
        time.moveTo(next == -1 || next > end ? end : next);
        return true;
    }

    /** Ends it, with whatever still runs. */
    @Override
    public void close() {
        try {
            var closed = vertx.close();
            while (!closed.isComplete()) {
                settle();
                time.moveTo(time.nanoTime() + PATIENCE_NANOS);
                Thread.onSpinWait();
            }
        } finally {
            ThreadExecutorMap.setCurrentExecutor(outer);
        }
    }
}
