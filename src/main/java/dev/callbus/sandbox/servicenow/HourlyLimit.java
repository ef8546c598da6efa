package dev.callbus.sandbox.servicenow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The rule that bounds each user's requests per hour.
 *
 * <p>Source: servicenow.com/docs, "Inbound REST API rate limiting"
 */
final class HourlyLimit {
    private static final Duration HOUR = Duration.ofHours(1);
    static final String RULE = "1b4e28ba2fa111d2883f0016d3cca427";

    private final int limit;
    private final Clock clock;
    private final Map<String, Hour> hours = new HashMap<>();

    HourlyLimit(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Counts one request of a user. */
    synchronized Count count(String user) {
        var now = clock.instant();
        var hour = hours.get(user);
        if (hour == null || !now.isBefore(hour.end)) {
            hour = new Hour(now.plus(HOUR), 0);
        }
        hour = new Hour(hour.end, hour.requests + 1);
        hours.put(user, hour);
        return new Count(limit, hour.requests > limit, hour.end, Duration.between(now, hour.end));
    }

    /** Where a user stands after a request. */
    record Count(int limit, boolean isOver, Instant reset, Duration rest) {

        /** The reply with the headers that tell of it. */
        ApiReply mark(ApiReply reply) {
            reply.with("x-ratelimit-limit", Integer.toString(limit))
                    .with("x-ratelimit-reset", Long.toString(reset.getEpochSecond()))
                    .with("x-ratelimit-rule", RULE);
            return isOver ? reply.with("retry-after", Long.toString(Math.max(1, rest.toSeconds()))) : reply;
        }
    }

    private record Hour(Instant end, int requests) {}
}
