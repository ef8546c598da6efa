package dev.callbus.verify;

import java.time.Instant;

/**
 * A code that is on its way to a customer: what is needed to check it on whichever node the call then is. Good only with
 * its seal.
 *
 * @param customer the customer's id in the system of record
 * @param verificationSid Twilio's name of it, {@code VE…}
 * @param codeLength digits of the code
 * @param seal of the other members, see {@link Seal}
 */
public record Challenge(
        String callSid, String customer, String verificationSid, int codeLength, Instant expiresAt, String seal) {

    @Override
    public String toString() {
        return "Challenge[callSid=" + callSid + ", expiresAt=" + expiresAt + "]";
    }
}
