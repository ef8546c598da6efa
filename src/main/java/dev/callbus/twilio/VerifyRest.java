package dev.callbus.twilio;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The requests that Twilio Verify is sent; each blocks until it is answered and throws {@link RestFailure}.
 *
 * <p>Source: twilio.com/docs/verify/api/verification, twilio.com/docs/verify/api/verification-check
 */
interface VerifyRest {

    /** Starts a verification, or sends the code of a pending one again. */
    TwilioProtocol.VerificationStarted start(TwilioProtocol.StartVerification verification);

    /** The verification of this number that is pending. */
    Found pending(String serviceSid, String to);

    /** Checks a code. */
    TwilioProtocol.VerificationChecked check(TwilioProtocol.CheckVerification check);

    /**
     * A verification that Twilio knows.
     *
     * @param sent when a code was last sent, by Twilio's clock; null if it doesn't say
     */
    record Found(String sid, String status, @Nullable Instant sent) {}
}
