package dev.callbus.sandbox.twilio.rest;

/** How fast each object may be read and written. Source: twilio.com/docs/sync/limits */
final class SyncLimits {
    private final RateLimits reads;
    private final RateLimits writes;

    SyncLimits(SyncOptions options) {
        this.reads = new RateLimits(options.readsPerSecond(), options.burst(), options.clock());
        this.writes = new RateLimits(options.writesPerSecond(), options.burst(), options.clock());
    }

    /** Counts a read of an object, such as {@code map-MP…}; refused with 429 and 54009 if there are too many. */
    void read(String object) {
        check(reads, "read-" + object);
    }

    /** Counts a write to an object, such as {@code map-MP…}; refused with 429 and 54009 if there are too many. */
    void write(String object) {
        check(writes, "write-" + object);
    }

    private static void check(RateLimits limits, String what) {
        if (!limits.admits(what)) {
            throw new RestError(429, 54009, "Rate limit exceeded for " + what);
        }
    }
}
