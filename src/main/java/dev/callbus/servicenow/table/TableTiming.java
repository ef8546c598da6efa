package dev.callbus.servicenow.table;

import java.time.Duration;

/**
 * How patient a client is.
 *
 * @param request longest time of one request
 * @param backoff before the first repetition of a read, twice as long before the next, each with a random part
 * @param failures in a row that open the circuit
 * @param pause before a new try after that
 * @param longestWait for a rate limit that may be waited for
 */
public record TableTiming(Duration request, Duration backoff, int failures, Duration pause, Duration longestWait) {

    /** What suits a caller on the line. */
    public static TableTiming of(Duration request) {
        return new TableTiming(request, Duration.ofMillis(150), 6, Duration.ofSeconds(10), Duration.ofSeconds(2));
    }
}
