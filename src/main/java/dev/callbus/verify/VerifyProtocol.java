package dev.callbus.verify;

import dev.callbus.bus.Protocol;
import dev.callbus.bus.Sensitive;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of verification. {@code BUSY} means that a limit is reached (the message says which, in words that may be
 * spoken), {@code BAD_REQUEST} that the number or the challenge is no good, {@code UNAVAILABLE} and {@code BAD_GATEWAY} that Twilio
 * Verify can't be used now.
 *
 * <p>Source: twilio.com/docs/verify/api/verification, twilio.com/docs/verify/api/verification-check
 */
public sealed interface VerifyProtocol extends Protocol {

    /**
     * Sends a code.
     *
     * @param customer the customer's id in the system of record
     * @param number E.164, from the customer's own record
     */
    record SendCode(String callSid, String customer, Sensitive number, Channel channel) implements VerifyProtocol {}

    /**
     * The code is on its way.
     *
     * @param sendsLeft how many more this call may ask for, for this customer
     */
    record CodeSent(Challenge challenge, String status, int sendsLeft) implements VerifyProtocol {}

    /** Checks what the caller keyed or said. */
    record CheckCode(String callSid, Challenge challenge, Sensitive code) implements VerifyProtocol {}

    /**
     * What came of it.
     *
     * @param status Twilio's word: approved, pending (a wrong code), max_attempts_reached, expired …
     * @param grant if the code was right
     * @param checksLeft how many more times this call may try, for this customer
     */
    record Checked(String status, @Nullable Grant grant, int checksLeft) implements VerifyProtocol {}

    /** How a code reaches the customer. */
    enum Channel {
        SMS,
        CALL
    }
}
