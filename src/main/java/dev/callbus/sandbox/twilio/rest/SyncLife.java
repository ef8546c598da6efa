package dev.callbus.sandbox.twilio.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times of a Sync object and the number of its changes.
 *
 * @param revision 0 for a new one
 * @param expires when it is gone; null for never
 */
record SyncLife(
        long revision,
        Instant created,
        Instant updated,
        @Nullable Instant expires) {

    /** The life of what is made now. */
    static SyncLife begin(Instant now, SyncTtl ttl) {
        return new SyncLife(0, now, now, ttl.expiry(now, null));
    }

    /** The same after a change. */
    SyncLife change(Instant now, SyncTtl ttl) {
        return new SyncLife(revision + 1, created, now, ttl.expiry(now, expires));
    }

    /** The revision as Sync writes it. */
    String tag() {
        return Long.toHexString(revision);
    }

    /** A text that sorts objects by when they were made. */
    static String place(Instant created, String sid) {
        return "%016x".formatted(created.toEpochMilli()) + sid;
    }

    /** Whether the object's time to live has passed. */
    boolean isOver(Instant now) {
        return expires != null && !now.isBefore(expires);
    }
}
