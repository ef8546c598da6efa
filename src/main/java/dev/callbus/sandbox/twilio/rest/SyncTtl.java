package dev.callbus.sandbox.twilio.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of an object's time to live. Source: twilio.com/docs/api/errors/54011
 *
 * @param seconds 0 for ever; null if the request says nothing
 */
record SyncTtl(@Nullable Long seconds) {
    private static final int YEAR = 31_536_000;

    /** The first of these parameters that is given; refused with 400 and 54011 if one is no TTL. */
    static SyncTtl of(Form form, String... names) {
        SyncTtl first = new SyncTtl(null);
        for (var name : names) {
            var value = form.text(name);
            if (value != null && !isValid(value)) {
                throw new RestError(400, 54011, "Invalid TTL");
            }
            if (value != null && !first.isGiven()) {
                first = new SyncTtl(Long.parseLong(value));
            }
        }
        return first;
    }

    boolean isGiven() {
        return seconds != null;
    }

    /** When the object is over that was to be over at another time. */
    @Nullable
    Instant expiry(Instant now, @Nullable Instant before) {
        if (seconds == null) {
            return before;
        }
        return seconds == 0 ? null : now.plusSeconds(seconds);
    }

    private static boolean isValid(String value) {
        return value.matches("\\d{1,8}") && Integer.parseInt(value) <= YEAR;
    }
}
