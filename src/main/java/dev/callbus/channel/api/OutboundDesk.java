package dev.callbus.channel.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.callbus.bus.Failure;
import dev.callbus.channel.relay.OutboundOrders;
import dev.callbus.twilio.E164;
import io.github.bucket4j.Bucket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all servers of a node know together about the calls that they are asked to place. Thread-safe. */
public final class OutboundDesk {
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final long MOST = 100_000;

    private final OutboundOrders orders;
    private final LoadingCache<String, Bucket> numbers;
    private final Cache<String, Future<ObjectNode>> answers =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    /** @param perNumberAndHour how often one number may be called within an hour */
    public OutboundDesk(OutboundOrders orders, int perNumberAndHour) {
        this.orders = orders;
        var hour = Duration.ofHours(1);
        this.numbers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(hour)
                .build(number -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perNumberAndHour).refillGreedy(perNumberAndHour, hour))
                        .build());
    }

    OutboundOrders orders() {
        return orders;
    }

    /** Counts a call to this number; false if it has been called often enough. */
    boolean mayCall(E164 number) {
        return numbers.get(number.number()).tryConsume(1);
    }

    /**
     * Does it, unless it was done under this key before: then the answer is the one of then. What is known not to have been
     * done may be tried again under its key.
     *
     * @param idempotencyKey as the client sent it, or null if it didn't
     */
    Future<ObjectNode> once(String client, @Nullable String idempotencyKey, Supplier<Future<ObjectNode>> work) {
        if (idempotencyKey == null) {
            return work.get();
        }
        var name = client + " " + idempotencyKey;
        return answers.get(name, key -> work.get()).onFailure(cause -> {
            if (!mayBeDone(cause)) {
                answers.invalidate(name);
            }
        });
    }

    /** Whether the call may be on its way although nobody knows. */
    static boolean mayBeDone(Throwable cause) {
        return switch (Failure.of(cause)) {
            case BAD_GATEWAY, TIMEOUT, INTERNAL -> true;
            case BAD_REQUEST, NOT_FOUND, CONFLICT, BUSY, UNAVAILABLE -> false;
        };
    }
}
