package dev.callbus.verify;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** How often something may happen per key, such as a call or a number, within a period that begins with the first. Thread-safe. */
final class Allowance {
    private static final long MOST_KEYS = 100_000;

    private final LoadingCache<String, Bucket> buckets;

    Allowance(int times, Duration period, InstantSource clock) {
        var meter = new Meter(clock);
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(period)
                .ticker(meter::currentTimeNanos)
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(times).refillIntervally(times, period))
                        .withCustomTimePrecision(meter)
                        .build());
    }

    /** Takes one of the times; false if there is none left. */
    boolean take(String key) {
        return bucket(key).tryConsume(1);
    }

    /** Gives one back that came to nothing. */
    void giveBack(String key) {
        bucket(key).addTokens(1);
    }

    /** The times that are left. */
    int left(String key) {
        return Math.toIntExact(bucket(key).getAvailableTokens());
    }

    private Bucket bucket(String key) {
        return buckets.get(key);
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
