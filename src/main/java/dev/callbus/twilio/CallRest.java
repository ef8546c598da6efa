package dev.callbus.twilio;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests about calls and messages that Twilio is sent; each blocks until it is answered and throws {@link RestFailure}.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource, twilio.com/docs/messaging/api/message-resource
 */
interface CallRest {

    /** Creates a call. */
    TwilioProtocol.Placed create(TwilioProtocol.PlaceCall call);

    /** The latest calls that the API placed to this number from that one. */
    List<Found> placed(String to, String from);

    /** The call's status, such as {@code in-progress}. */
    String status(String callSid);

    /** Sends a live call to this URL. */
    void redirect(String callSid, String url);

    /** Ends a call. */
    void complete(String callSid);

    /** Sends a message. */
    TwilioProtocol.Sent send(TwilioProtocol.SendMessage message);

    /**
     * A call in the account's list.
     *
     * @param created to the second, by Twilio's clock; null if it doesn't say
     */
    record Found(String callSid, String status, @Nullable Instant created) {}
}
