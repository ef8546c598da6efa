package dev.callbus.verify;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.VerifySettings;
import java.time.Duration;
import java.time.InstantSource;

/** How many codes may be sent: per call and customer, per number and day, and by this node per day. */
final class SendLimits {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String NODE = "node";

    private final Allowance calls;
    private final Allowance numbers;
    private final Allowance node;

    SendLimits(VerifySettings settings, InstantSource clock) {
        calls = new Allowance(settings.sendsPerCall(), DAY, clock);
        numbers = new Allowance(settings.sendsPerNumberAndDay(), DAY, clock);
        node = new Allowance(settings.sendsPerDay(), DAY, clock);
    }

    /** Takes one sending, or throws {@code BUSY} with words that may be spoken. The call is one with one customer. */
    void take(String call, String number) {
        if (!calls.take(call)) {
            throw busy("No more codes can be sent on this call.");
        }
        if (!numbers.take(number)) {
            calls.giveBack(call);
            throw busy("No more codes can be sent to this number today.");
        }
        if (!node.take(NODE)) {
            numbers.giveBack(number);
            calls.giveBack(call);
            throw busy("No more codes can be sent today.");
        }
    }

    /** Gives one sending back that certainly did not happen. */
    void giveBack(String call, String number) {
        calls.giveBack(call);
        numbers.giveBack(number);
        node.giveBack(NODE);
    }

    /** How many more codes this call may have sent to this number. */
    int left(String call, String number) {
        return Math.min(calls.left(call), Math.min(numbers.left(number), node.left(NODE)));
    }

    private static BusException busy(String words) {
        return new BusException(Failure.BUSY, words);
    }
}
