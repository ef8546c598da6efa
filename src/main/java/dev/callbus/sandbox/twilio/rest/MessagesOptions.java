package dev.callbus.sandbox.twilio.rest;

import dev.callbus.time.LoopTime;
import java.time.InstantSource;
import java.util.Set;

/**
 * What an account may send messages from, and how fast.
 *
 * @param numbers the account's senders, in E.164
 * @param perSecond how many requests a second are accepted
 */
public record MessagesOptions(Set<String> numbers, int perSecond, InstantSource clock) {

    /** Options; the numbers are copied. */
    public MessagesOptions {
        numbers = Set.copyOf(numbers);
    }

    /** An account with these numbers, a hundred requests a second, and the system's clock. */
    public static MessagesOptions lifelike(Set<String> numbers) {
        return new MessagesOptions(numbers, 100, LoopTime.clock());
    }

    /** The same with another rate. */
    public MessagesOptions withRate(int perSecond) {
        return new MessagesOptions(numbers, perSecond, clock);
    }

    /** The same with another clock. */
    public MessagesOptions withClock(InstantSource clock) {
        return new MessagesOptions(numbers, perSecond, clock);
    }
}
