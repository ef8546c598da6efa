package dev.callbus.channel.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** How far Twilio's reports on each call have come, so that late and repeated ones have no effect. Thread-safe. */
public final class CallProgress {
    /** Twilio lets no call last longer. */
    private static final Duration KEPT = Duration.ofHours(4);

    private static final long MOST = 100_000;

    private final Cache<String, Integer> latest =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

    /** Notes a report; true if it is further on than all before. */
    boolean advance(String subject, int sequence) {
        var news = new AtomicBoolean();
        latest.asMap().compute(subject, (key, before) -> {
            news.set(before == null || before < sequence);
            return before == null || before < sequence ? Integer.valueOf(sequence) : before;
        });
        return news.get();
    }
}
