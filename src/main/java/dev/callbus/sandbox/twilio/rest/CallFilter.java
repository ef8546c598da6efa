package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a client wants listed. Times are days by UTC, such as {@code 2026-11-21}, or seconds, such as
 * {@code 2026-11-21T08:00:00Z}; the bounds of a span belong to it, and a call that was not dialled or is not over has no time.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource#read-multiple-call-resources
 */
record CallFilter(
        @Nullable String to,
        @Nullable String from,
        @Nullable String status,
        @Nullable String parent,
        Times started,
        Times ended) {

    /** What a query asks for; throws Twilio's refusal of a time that is none. */
    static CallFilter of(Form query) {
        return new CallFilter(
                query.text("To"),
                query.text("From"),
                query.text("Status"),
                query.text("ParentCallSid"),
                Times.of(query, "StartTime"),
                Times.of(query, "EndTime"));
    }

    /** Whether the call is wanted. No call has a parent here. */
    boolean holds(CallRecord call) {
        return isOrAny(to, call.to())
                && isOrAny(from, call.from())
                && isOrAny(status, CallJson.status(call.status()))
                && parent == null
                && started.hold(call.dialled())
                && ended.hold(call.ended());
    }

    private static boolean isOrAny(@Nullable String wanted, String actual) {
        return wanted == null || wanted.equals(actual);
    }

    /** When something may have happened. */
    private record Times(
            @Nullable Span within,
            @Nullable Span since,
            @Nullable Span until) {

        static Times of(Form query, String name) {
            return new Times(span(query, name), span(query, name + ">"), span(query, name + "<"));
        }

        boolean hold(@Nullable Instant actual) {
            if (within == null && since == null && until == null) {
                return true;
            }
            return actual != null
                    && (within == null || (within.isBegunBy(actual) && within.isNotOverAt(actual)))
                    && (since == null || since.isBegunBy(actual))
                    && (until == null || until.isNotOverAt(actual));
        }

        private static @Nullable Span span(Form query, String name) {
            var value = query.text(name);
            return value == null ? null : Span.parse(name, value);
        }
    }

    private record Span(Instant start, Duration length) {

        static Span parse(String name, String value) {
            try {
                return value.contains("T")
                        ? new Span(OffsetDateTime.parse(value).toInstant(), Duration.ofSeconds(1))
                        : new Span(LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC), Duration.ofDays(1));
            } catch (DateTimeParseException e) {
                throw Form.invalid(name, value);
            }
        }

        boolean isBegunBy(Instant time) {
            return !time.isBefore(start);
        }

        boolean isNotOverAt(Instant time) {
            return time.isBefore(start.plus(length));
        }
    }
}
