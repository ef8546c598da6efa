package dev.callbus.channel.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What outgoing calls are about, between the order and the moment when somebody picks up and Twilio asks what to do. It is
 * kept here and not in the TwiML of the order, whose length Twilio limits to 4,000 characters, and which it keeps in its
 * logs. Thread-safe.
 */
public final class OutboundOrders {
    /** Longer than a call waits in Twilio's queue on a busy day and then rings. */
    private static final Duration KEPT = Duration.ofHours(2);

    private static final long MOST = 100_000;
    private static final int TOKEN_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Map<String, String>> orders;

    public OutboundOrders() {
        this(Ticker.systemTicker());
    }

    OutboundOrders(Ticker ticker) {
        orders = Caffeine.newBuilder()
                .ticker(ticker)
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .build();
    }

    /** Keeps the parameters of a call that is going to be placed; the token finds them again. */
    public String keep(Map<String, String> parameters) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        orders.put(token, Map.copyOf(parameters));
        return token;
    }

    /** The call was not placed. */
    public void drop(String token) {
        orders.invalidate(token);
    }

    Optional<Map<String, String>> find(String token) {
        return Optional.ofNullable(orders.getIfPresent(token));
    }
}
