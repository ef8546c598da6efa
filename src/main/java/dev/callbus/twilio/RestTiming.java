package dev.callbus.twilio;

import dev.callbus.time.LoopTime;
import java.time.Duration;

/**
 * How long the vendor is waited for.
 *
 * @param connect for a connection
 * @param answer for the whole answer to one request
 * @param pause before the first repetition of a request that may be repeated; it doubles each time
 * @param look between two looks at what the vendor made of a request
 * @param margin of an ask's time that is kept for the way back to the asker
 */
record RestTiming(Duration connect, Duration answer, Duration pause, Duration look, Duration margin) {
    static final RestTiming STANDARD = new RestTiming(
            Duration.ofSeconds(3),
            Duration.ofSeconds(8),
            Duration.ofMillis(300),
            Duration.ofSeconds(2),
            Duration.ofMillis(1500));

    /** Waits before the next attempt, each time about twice as long; false when there is no time for it. */
    boolean pause(int attempt, Deadline deadline) {
        long most = pause.toMillis() << attempt;
        var length = Duration.ofMillis(LoopTime.random().nextLong(most / 4, most + 1));
        if (length.compareTo(deadline.left()) >= 0) {
            return false;
        }
        try {
            LoopTime.sleep(length);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
