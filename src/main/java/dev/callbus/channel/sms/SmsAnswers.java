package dev.callbus.channel.sms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/** What all servers of a node have answered to text messages lately, because Twilio repeats requests. Thread-safe. */
public final class SmsAnswers {
    private final Cache<String, Future<String>> answers = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** The answer to this message that was given or is being made, or else the one that is made now. */
    Future<String> once(String messageSid, Supplier<Future<String>> answer) {
        return answers.get(messageSid, missing -> answer.get());
    }
}
