package dev.callbus.sandbox.servicenow.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** ServiceNow's way to write times: {@code yyyy-MM-dd HH:mm:ss}, stored in UTC, shown in the user's zone. */
public final class Times {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private Times() {}

    /** As it is stored. */
    public static String stored(Instant time) {
        return FORMAT.format(time.atOffset(ZoneOffset.UTC));
    }

    /** A stored time as the user reads it; a text that is no time stays as it is. */
    public static String shown(String stored, ZoneId zone) {
        return parse(stored)
                .map(time -> FORMAT.format(time.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone)))
                .orElse(stored);
    }

    /** A time in the user's zone as it is stored; empty if it is none. A date alone is its first moment. */
    public static Optional<String> storedFrom(String text, ZoneId zone) {
        return parse(text).map(time -> stored(time.atZone(zone).toInstant()));
    }

    private static Optional<LocalDateTime> parse(String text) {
        try {
            return Optional.of(
                    text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text, FORMAT));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
