package dev.callbus.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An intent in the outbox and how far it is. For one event loop. */
final class OutboxEntry {
    private final Intent intent;
    private final Map<String, Instant> sent;
    private int failures;
    private boolean promised;

    /** @param sent when each write went out whose outcome isn't known */
    OutboxEntry(Intent intent, Map<String, Instant> sent) {
        this.intent = intent;
        this.sent = new TreeMap<>(sent);
    }

    Intent intent() {
        return intent;
    }

    String id() {
        return intent.id();
    }

    /** A copy of when each write went out. */
    Map<String, Instant> sent() {
        return Map.copyOf(sent);
    }

    Optional<Instant> sentAt(String step) {
        return Optional.ofNullable(sent.get(step));
    }

    void send(String step, Instant now) {
        sent.put(step, now);
    }

    void unsend(String step) {
        sent.remove(step);
    }

    /** Whether somebody was told that it will be done. */
    boolean isPromised() {
        return promised;
    }

    void promise() {
        promised = true;
    }

    /** The pause before the next try: it doubles with each failure. */
    Duration nextPause(Duration first, Duration longest) {
        var pause = first.multipliedBy(1L << Math.min(failures, 16));
        failures++;
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    @Override
    public String toString() {
        return "OutboxEntry[" + id() + "]";
    }
}
