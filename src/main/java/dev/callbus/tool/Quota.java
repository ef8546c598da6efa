package dev.callbus.tool;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** How often something may happen per key, such as a call or a number, on this node. Thread-safe. */
public final class Quota {
    private static final long MOST_KEYS = 100_000;

    private final LoadingCache<String, Bucket> buckets;

    /** So many times within this period, which begins with the first. */
    Quota(int times, Duration period) {
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(period)
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(times).refillIntervally(times, period))
                        .build());
    }

    /** Takes one of the times; false if there is none left. */
    public boolean take(String key) {
        return bucket(key).tryConsume(1);
    }

    /** Gives one back that came to nothing. */
    public void giveBack(String key) {
        bucket(key).addTokens(1);
    }

    private Bucket bucket(String key) {
        return buckets.get(key);
    }
}
