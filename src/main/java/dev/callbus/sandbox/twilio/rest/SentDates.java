package dev.callbus.sandbox.twilio.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.function.BiPredicate;

/**
 * When a listed message may have been sent: on a day by GMT, such as {@code 2026-11-21}, or in a second, such as
 * {@code 2026-11-21T08:00:00Z}; the bounds of a span belong to it.
 *
 * <p>Source: twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
record SentDates(Form query) {

    /** Whether a message was sent then. */
    boolean hold(Message message) {
        return holds("DateSent", message, (sent, span) -> span.isAfterStart(sent) && span.isBeforeEnd(sent))
                && holds("DateSent<", message, (sent, span) -> span.isBeforeEnd(sent))
                && holds("DateSent>", message, (sent, span) -> span.isAfterStart(sent));
    }

    private boolean holds(String name, Message message, BiPredicate<Instant, Span> relation) {
        var wanted = query.text(name);
        if (wanted == null) {
            return true;
        }
        var span = parse(name, wanted);
        return message.sent() != null && relation.test(message.sent(), span);
    }

    private static Span parse(String name, String value) {
        try {
            return value.contains("T")
                    ? new Span(Instant.parse(value), Duration.ofSeconds(1))
                    : new Span(LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC), Duration.ofDays(1));
        } catch (DateTimeParseException e) {
            throw Form.invalid(name, value);
        }
    }

    private record Span(Instant start, Duration length) {

        boolean isAfterStart(Instant time) {
            return !time.isBefore(start);
        }

        boolean isBeforeEnd(Instant time) {
            return time.isBefore(start.plus(length));
        }
    }
}
