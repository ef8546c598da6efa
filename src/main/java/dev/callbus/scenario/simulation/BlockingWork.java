package dev.callbus.scenario.simulation;

import io.vertx.core.spi.ExecutorServiceFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocking work of a simulation. It is done when the loop has nothing else to do, one piece at a time, while nothing else
 * runs: on the simulation's own thread, or, where it may wait for the loop, on a worker thread that hands over to the loop
 * whenever it waits. So whatever it does, it does in the same order each time.
 */
final class BlockingWork implements ExecutorServiceFactory {
    private static final Logger log = LoggerFactory.getLogger(BlockingWork.class);

    private final Predicate<String> waitsForLoop;
    private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
    private final Queue<Worker> ready = new ArrayDeque<>();
    private final Semaphore loop = new Semaphore(0);
    private @Nullable SimulatedLoop timers;
    private @Nullable Worker running;

    /** @param waitsForLoop tells from a thread's name whether its work waits for what the loop does */
    BlockingWork(Predicate<String> waitsForLoop) {
        this.waitsForLoop = waitsForLoop;
    }

    /** Has waiting workers wait for timers of this loop. */
    void connect(SimulatedLoop simulated) {
        timers = simulated;
    }

    @Override
    public ExecutorService createExecutor(ThreadFactory threads, Integer concurrency, Integer most) {
        return new Pool(threads, waitsForLoop.test(threads.newThread(() -> {}).getName()));
    }

    /** Goes on with one piece of work until it is done or waits; false if there is none. */
    boolean goOn() {
        var worker = ready.poll();
        if (worker != null) {
            run(worker);
            return true;
        }
        var job = jobs.poll();
        if (job == null) {
            return false;
        }
        job.pool.begin(job.task);
        return true;
    }

    /** Has the running worker wait, and the loop run meanwhile. */
    <T> T get(CompletableFuture<T> future, long nanos)
            throws ExecutionException, TimeoutException, InterruptedException {
        var worker = running;
        if (worker == null || worker.thread != Thread.currentThread()) {
            throw new IllegalStateException("only work on a pool that may wait for the loop can wait in virtual time");
        }
        var wait = new Object();
        worker.awaited = wait;
        var over = Objects.requireNonNull(timers).schedule(() -> worker.wake(wait), nanos, TimeUnit.NANOSECONDS);
        var told = future.handle((value, failure) -> worker.wake(wait));
        worker.waitForTurn();
        over.cancel(false);
        told.cancel(false);
        if (!future.isDone()) {
            throw new TimeoutException();
        }
        return future.get();
    }

    private void run(Worker worker) {
        running = worker;
        worker.turn.release();
        loop.acquireUninterruptibly();
        running = null;
    }

    private record Job(Pool pool, Runnable task) {}

    /** One of Vert.x's pools of workers. */
    private final class Pool extends AbstractExecutorService {
        private final ThreadFactory threads;
        private final boolean waits;
        private final Deque<Worker> idle = new ArrayDeque<>();
        private final List<Worker> all = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean shut;

        Pool(ThreadFactory threads, boolean waits) {
            this.threads = threads;
            this.waits = waits;
        }

        @Override
        public void execute(Runnable task) {
            if (shut) {
                throw new RejectedExecutionException("the pool is closed");
            }
            jobs.add(new Job(this, task));
        }

        void begin(Runnable task) {
            if (!waits) {
                attempt(task);
                return;
            }
            var worker = idle.isEmpty() ? new Worker(this) : idle.pop();
            worker.task = task;
            run(worker);
        }

        @Override
        public void shutdown() {
            shut = true;
            all.forEach(worker -> worker.thread.interrupt());
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shut;
        }

        @Override
        public boolean isTerminated() {
            return shut;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shut;
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("blocking work failed", e);
        }
    }

    /** A thread whose turn it is only when it is given. */
    private final class Worker {
        private final Pool pool;
        private final Thread thread;
        private final Semaphore turn = new Semaphore(0);
        private @Nullable Object awaited;
        private @Nullable Runnable task;

        Worker(Pool pool) {
            this.pool = pool;
            thread = pool.threads.newThread(this::work);
            pool.all.add(this);
            thread.start();
        }

        private void work() {
            try {
                turn.acquire();
                while (true) {
                    attempt(Objects.requireNonNull(task));
                    pool.idle.push(this);
                    loop.release();
                    turn.acquire();
                }
            } catch (InterruptedException e) {
                pool.all.remove(this);
            }
        }

        void waitForTurn() throws InterruptedException {
            loop.release();
            turn.acquire();
        }

        /** What it waits for has come, or its time is over; false if it doesn't wait for that any more. */
        boolean wake(Object wait) {
            if (awaited != wait) {
                return false;
            }
            awaited = null;
            return ready.add(this);
        }
    }
}
