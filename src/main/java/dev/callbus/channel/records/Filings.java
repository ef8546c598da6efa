package dev.callbus.channel.records;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callbus.channel.webhook.ReportAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all servers of a node have filed lately or are filing, because Twilio repeats reports. A report that failed may come
 * again. Thread-safe.
 */
public final class Filings {
    private static final Logger log = LoggerFactory.getLogger(Filings.class);

    /** Twilio waits 15 s for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Cache<String, Future<ReportAnswer>> answers = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private final Duration patience;

    public Filings() {
        this(PATIENCE);
    }

    Filings(Duration patience) {
        this.patience = patience;
    }

    /** The answer to the report of this key; this one instead if it takes too long, while the filing goes on. */
    Future<ReportAnswer> once(Vertx vertx, String key, ReportAnswer meanwhile, Supplier<Future<ReportAnswer>> filing) {
        var started = answers.get(key, missing -> begin(vertx, key, filing));
        return started.timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> cause instanceof TimeoutException && !started.isComplete()
                        ? Future.succeededFuture(meanwhile)
                        : Future.failedFuture(cause));
    }

    private Future<ReportAnswer> begin(Vertx vertx, String key, Supplier<Future<ReportAnswer>> filing) {
        Future<ReportAnswer> done = Future.<Void>future(promise -> vertx.runOnContext(turn -> promise.complete()))
                .compose(turn -> filing.get());
        return done.onComplete(outcome -> {
            boolean filed = outcome.succeeded() && outcome.result().status() < 400;
            if (!filed) {
                log.error("not filed [key: {}]", key);
                answers.invalidate(key);
            }
        });
    }
}
