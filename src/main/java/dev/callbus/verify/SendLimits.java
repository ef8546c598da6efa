package dev.callbus.verify;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.VerifySettings;
import java.time.Duration;
import java.time.InstantSource;

/** How many codes may be sent: per call, per number and day, and by this node per day. */
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

    /** Takes one sending, or throws {@code BUSY} with words that may be spoken. */
    void take(String callSid, String number) {
        if (!calls.take(callSid)) {
            throw busy("No more codes can be sent on this call.");
        }
        if (!numbers.take(number)) {
            calls.giveBack(callSid);
            throw busy("No more codes can be sent to this number today.");
        }
        if (!node.take(NODE)) {
            numbers.giveBack(number);
            calls.giveBack(callSid);
            throw busy("No more codes can be sent today.");
        }
    }

    /** Gives one sending back that certainly did not happen. */
    void giveBack(String callSid, String number) {
        calls.giveBack(callSid);
        numbers.giveBack(number);
        node.giveBack(NODE);
    }

    /** How many more codes this call may have sent to this number. */
    int left(String callSid, String number) {
        return Math.min(calls.left(callSid), Math.min(numbers.left(number), node.left(NODE)));
    }

    private static BusException busy(String words) {
        return new BusException(Failure.BUSY, words);
    }
}
