package dev.callbus.time;

import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** The ticker of an event loop that lives in a time of its own, which also says what time of day that is. */
public interface VirtualTime extends Ticker, InstantSource {

    /** Chance, which is the same each time. */
    RandomGenerator random();

    /** Has the calling worker wait for this, at most so long in this time. */
    <T> T get(CompletableFuture<T> future, Duration atMost)
            throws ExecutionException, TimeoutException, InterruptedException;
}
