package dev.callbus.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Plays many scenarios, side by side and several times over. */
public final class ScenarioRuns {
    private final Supplier<? extends World.Maker> makers;
    private final LongSupplier clock;
    private final int threads;
    private final int repetitions;

    /**
     * @param makers gives each thread a maker of worlds of its own
     * @param clock on the wall, in nanoseconds
     * @param threads that play side by side
     * @param repetitions how often each scenario is played
     */
    public ScenarioRuns(Supplier<? extends World.Maker> makers, LongSupplier clock, int threads, int repetitions) {
        this.makers = makers;
        this.clock = clock;
        this.threads = threads;
        this.repetitions = repetitions;
    }

    /**
     * Plays them all; returns when all are played.
     *
     * @param listener told of each scenario as it is done, one after the other: all its outcomes
     */
    public void play(List<Scenario> scenarios, Consumer<List<Outcome>> listener) throws InterruptedException {
        var waiting = new ConcurrentLinkedQueue<>(scenarios);
        var players = new ArrayList<Thread>();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        for (int i = 1; i <= Math.min(threads, scenarios.size()); i++) {
            players.add(Thread.ofPlatform()
                    .name(LogEars.THREADS + i)
                    .uncaughtExceptionHandler((player, cause) -> failures.add(cause))
                    .start(() -> playAll(waiting, listener)));
        }
        for (var player : players) {
            player.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("scenarios could not be played: " + failures.peek(), failures.peek());
        }
    }

    private void playAll(Queue<Scenario> waiting, Consumer<List<Outcome>> listener) {
        try (var maker = makers.get()) {
            var play = new ScenarioPlay(maker, clock);
            for (var scenario = waiting.poll(); scenario != null; scenario = waiting.poll()) {
                var outcomes = new ArrayList<Outcome>();
                for (int i = 0; i < repetitions; i++) {
                    outcomes.add(play.play(scenario));
                }
                synchronized (this) {
                    listener.accept(outcomes);
                }
            }
        }
    }
}
