package dev.callbus.twilio;

import dev.callbus.time.LoopTime;
import java.time.Duration;

/** The moment after which nobody waits for an answer any more; {@code nanos} is on the scale of {@link LoopTime#nanos}. */
record Deadline(long nanos) {

    /** The moment this long from now. */
    static Deadline in(Duration time) {
        return new Deadline(LoopTime.nanos() + time.toNanos());
    }

    /** The time left; zero once it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - LoopTime.nanos()));
    }

    boolean isOver() {
        return left().isZero();
    }

    /** The deadline that leaves a quarter of what is left for what comes after it. */
    Deadline threeQuarters() {
        return in(left().multipliedBy(3).dividedBy(4));
    }

    /** The deadline that leaves half of what is left for what comes after it. */
    Deadline half() {
        return in(left().dividedBy(2));
    }
}
