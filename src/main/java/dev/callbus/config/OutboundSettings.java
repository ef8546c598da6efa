package dev.callbus.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that this server places.
 *
 * @param from the number that they come from, or null if none is configured
 * @param allowed beginnings of numbers that may be called
 * @param perNumberAndHour how often one number may be called within an hour
 * @param ring how long it rings at most
 */
public record OutboundSettings(@Nullable String from, List<String> allowed, int perNumberAndHour, Duration ring) {
    public OutboundSettings {
        allowed = List.copyOf(allowed);
    }
}
