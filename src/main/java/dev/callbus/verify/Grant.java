package dev.callbus.verify;

import java.time.Instant;

/**
 * Proof that the person on a call has shown to be a certain customer: issued for a right code, bound to both and to a
 * time, and good only with its seal. It is server state and never shown to a model.
 *
 * @param customer the customer's id in the system of record
 * @param seal of the other members, see {@link Seal}
 */
public record Grant(String callSid, String customer, Instant expiresAt, String seal) {

    @Override
    public String toString() {
        return "Grant[callSid=" + callSid + ", expiresAt=" + expiresAt + "]";
    }
}
