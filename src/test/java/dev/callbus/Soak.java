package dev.callbus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Many calls by chance: how many and by which chance can be said with {@code -Dcallbus.calls=} and {@code -Dcallbus.seed=}.
 *
 * @param calls how many
 * @param seed of all chances; what happens when is still up to threads and wires
 */
record Soak(int calls, long seed) {

    /** Those who call, by the number that they call from; each is the only one with it in the seed of the sandbox. */
    static final List<String> LINES = List.of(
            "+15550001111",
            "+15550003333",
            "+15550004410",
            "+15550004471",
            "+15550004512",
            "+15550004620",
            "+15550004633",
            "+15550004647",
            "+4915155502288",
            "+819055504704");

    /** A company's switchboard sends more than one call through a line; they only take turns in being verified. */
    private static final int CALLS_PER_LINE = 4;

    /** @param usual how many calls if nobody says it */
    static Soak of(String name, int usual) {
        var soak =
                new Soak(Integer.getInteger("callbus.calls", usual), Long.getLong("callbus.seed", System.nanoTime()));
        System.out.printf("%s: %d calls, -Dcallbus.seed=%d%n", name, soak.calls, soak.seed);
        return soak;
    }

    /** Has all lines call until there were so many calls; the first failure is thrown in the end. */
    void run(Line line) throws Exception {
        var next = new AtomicInteger();
        var lines = new ArrayList<Callable<Void>>();
        for (int each = 0; each < LINES.size() * CALLS_PER_LINE; each++) {
            var number = LINES.get(each % LINES.size());
            lines.add(() -> {
                for (int call = next.getAndIncrement(); call < calls; call = next.getAndIncrement()) {
                    try {
                        line.call(call, number, new Random(seed + call));
                    } catch (Exception e) {
                        throw new IllegalStateException("call " + call + " from " + number, e);
                    }
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(lines.size())) {
            for (var done : threads.invokeAll(lines)) {
                try {
                    done.get();
                } catch (ExecutionException e) {
                    throw new AssertionError("a call went wrong, -Dcallbus.seed=" + seed, e.getCause());
                }
            }
        }
    }

    /** Done when this is so. */
    static Future<Void> until(Vertx vertx, BooleanSupplier goal, Duration patience) {
        var reached = Promise.<Void>promise();
        long timer = vertx.setPeriodic(1, 100, again -> {
            if (goal.getAsBoolean()) {
                reached.tryComplete();
            }
        });
        return reached.future()
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(over -> vertx.cancelTimer(timer));
    }

    /** A name for a number, of letters alone. */
    static String word(int number) {
        var word = new StringBuilder();
        for (int rest = number + 26 * 26 * 26; rest > 0; rest /= 26) {
            word.append((char) ('a' + rest % 26));
        }
        return word.toString();
    }

    /** What one caller does in one call. */
    interface Line {
        void call(int index, String number, Random chance) throws Exception;
    }
}
