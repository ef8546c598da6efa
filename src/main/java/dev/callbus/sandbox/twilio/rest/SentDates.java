package dev.callbus.sandbox.twilio.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The days, by GMT, on which a listed message may have been sent.
 *
 * <p>Source: twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
record SentDates(Form query) {

    /** Whether a message is of such a day. */
    boolean hold(Message message) {
        var day = day(message.sent());
        return holds("DateSent", day, LocalDate::equals)
                && holds("DateSent<", day, (sent, limit) -> !sent.isAfter(limit))
                && holds("DateSent>", day, (sent, limit) -> !sent.isBefore(limit));
    }

    private boolean holds(String name, @Nullable LocalDate sent, BiPredicate<LocalDate, LocalDate> relation) {
        var limit = query.text(name);
        return limit == null || (sent != null && relation.test(sent, parse(name, limit)));
    }

    private static @Nullable LocalDate day(@Nullable Instant sent) {
        return sent == null ? null : LocalDate.ofInstant(sent, ZoneOffset.UTC);
    }

    private static LocalDate parse(String name, String value) {
        try {
            return LocalDate.parse(value.length() > 10 ? value.substring(0, 10) : value);
        } catch (DateTimeParseException e) {
            throw Form.invalid(name, value);
        }
    }
}
