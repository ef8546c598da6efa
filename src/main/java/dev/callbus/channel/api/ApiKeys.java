package dev.callbus.channel.api;

import dev.callbus.config.ApiSettings;
import io.github.bucket4j.Bucket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that open the API. Given keys are compared by their digests in constant time, and with all keys, so that how long
 * it takes tells nothing. Thread-safe; all servers of a node share one, and with it the limits.
 */
public final class ApiKeys {
    private final List<Entry> entries = new ArrayList<>();

    public ApiKeys(ApiSettings settings) {
        for (var key : settings.keys()) {
            var bucket = Bucket.builder()
                    .addLimit(limit -> limit.capacity(settings.perMinute())
                            .refillGreedy(settings.perMinute(), Duration.ofMinutes(1)))
                    .build();
            entries.add(new Entry(key, digest(key.secret().reveal()), bucket));
        }
    }

    /** Whether there is any key at all. */
    boolean isOpen() {
        return !entries.isEmpty();
    }

    /** The key of these headers: {@code Authorization: Bearer KEY} or {@code X-Api-Key: KEY}. */
    public Optional<ApiSettings.Key> find(@Nullable String authorization, @Nullable String apiKey) {
        var given = apiKey != null ? apiKey : bearer(authorization);
        if (given == null) {
            return Optional.empty();
        }
        var digest = digest(given);
        ApiSettings.Key found = null;
        for (var entry : entries) {
            if (MessageDigest.isEqual(entry.digest, digest)) {
                found = entry.key;
            }
        }
        return Optional.ofNullable(found);
    }

    /** Counts a request; the seconds until the next one is allowed, or 0 if this one is. */
    long secondsToWait(ApiSettings.Key key) {
        return entries.stream()
                .filter(entry -> entry.key.equals(key))
                .mapToLong(entry -> {
                    var probe = entry.bucket.tryConsumeAndReturnRemaining(1);
                    return probe.isConsumed()
                            ? 0
                            : Math.max(
                                    1,
                                    Duration.ofNanos(probe.getNanosToWaitForRefill())
                                                    .toSeconds()
                                            + 1);
                })
                .findFirst()
                .orElse(0);
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : null;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A key, what it is compared by, and what is left of its minute. */
    private static final class Entry {
        private final ApiSettings.Key key;
        private final byte[] digest;
        private final Bucket bucket;

        Entry(ApiSettings.Key key, byte[] digest, Bucket bucket) {
            this.key = key;
            this.digest = digest;
            this.bucket = bucket;
        }
    }
}
