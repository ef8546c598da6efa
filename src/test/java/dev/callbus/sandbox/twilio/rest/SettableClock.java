package dev.callbus.sandbox.twilio.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class SettableClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves it; called from the test's thread only. */
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
