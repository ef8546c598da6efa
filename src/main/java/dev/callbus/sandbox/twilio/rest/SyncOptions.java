package dev.callbus.sandbox.twilio.rest;

import dev.callbus.time.LoopTime;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How Sync is limited. Source: twilio.com/docs/sync/limits
 *
 * @param writesPerSecond to each object; an item's count against its map
 * @param readsPerSecond of each object
 * @param burst the window over which these are averages
 */
public record SyncOptions(
        String accountSid, int writesPerSecond, int readsPerSecond, Duration burst, InstantSource clock) {

    /** Twilio's own limits, by the system's clock. */
    public static SyncOptions lifelike(String accountSid) {
        return new SyncOptions(accountSid, 20, 20, Duration.ofSeconds(10), LoopTime.clock());
    }

    /** The same with other limits. */
    public SyncOptions withRates(int writesPerSecond, int readsPerSecond, Duration burst) {
        return new SyncOptions(accountSid, writesPerSecond, readsPerSecond, burst, clock);
    }

    /** The same with another clock. */
    public SyncOptions withClock(InstantSource clock) {
        return new SyncOptions(accountSid, writesPerSecond, readsPerSecond, burst, clock);
    }
}
