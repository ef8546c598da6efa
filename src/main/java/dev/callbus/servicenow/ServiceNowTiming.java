package dev.callbus.servicenow;

import dev.callbus.servicenow.table.TableTiming;
import java.time.Duration;

/**
 * How patient the service is.
 *
 * @param ask within which a question is answered, shorter than the asker waits
 * @param files the same for what carries files
 * @param attempt for one try to file what is kept
 * @param settle after which a write that wasn't answered, and that isn't found, can't be done any more; longer than
 *     ServiceNow lets a transaction run
 * @param firstPause before what is kept is tried again; it doubles each time
 * @param longestPause where the doubling ends
 * @param choices how long the values of choice lists are remembered
 * @param table of the client
 */
public record ServiceNowTiming(
        Duration ask,
        Duration files,
        Duration attempt,
        Duration settle,
        Duration firstPause,
        Duration longestPause,
        Duration choices,
        TableTiming table) {

    /** What suits callers on the line and an instance with usual limits. */
    public static ServiceNowTiming standard(Duration request) {
        return new ServiceNowTiming(
                Duration.ofMillis(6200),
                Duration.ofSeconds(50),
                Duration.ofSeconds(30),
                Duration.ofSeconds(330),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                TableTiming.of(request));
    }
}
