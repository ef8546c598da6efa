package dev.callbus.servicenow.table;

import dev.callbus.time.LoopTime;
import java.time.Duration;

/** The moment by which an operation has to be over. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** The moment that is so far ahead. */
    public static Deadline in(Duration time) {
        return new Deadline(LoopTime.nanos() + time.toNanos());
    }

    /** The milliseconds that are left, 0 if it is over. */
    public long millis() {
        return Math.max(0, (end - LoopTime.nanos()) / 1_000_000);
    }

    /** Whether so many milliseconds are left. */
    public boolean allows(long millis) {
        return millis() > millis;
    }
}
