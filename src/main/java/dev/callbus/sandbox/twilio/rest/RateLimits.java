package dev.callbus.sandbox.twilio.rest;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How often each of several things may happen: so many times a second on average, over a window. */
final class RateLimits {
    private final int perSecond;
    private final Duration window;
    private final TimeMeter clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** @param window over which the average is taken, so that a burst may be as large as what fits in it */
    RateLimits(int perSecond, Duration window, InstantSource clock) {
        this.perSecond = perSecond;
        this.window = window;
        this.clock = new Meter(clock);
    }

    /** Whether the thing may happen once more now; if so, it counts as happened. */
    boolean admits(String thing) {
        return buckets.computeIfAbsent(thing, any -> bucket()).tryConsume(1);
    }

    private Bucket bucket() {
        var capacity = Math.max(1, perSecond * window.toSeconds());
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
    }

    private record Meter(InstantSource clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
