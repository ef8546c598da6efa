package dev.callbus.channel.relay;

import java.util.Map;

/**
 * What is known of a call when Twilio asks what to do with it.
 *
 * @param parameters that were handed along for the conversation
 */
public record IncomingCall(String callSid, String from, String to, String direction, Map<String, String> parameters) {
    public IncomingCall {
        parameters = Map.copyOf(parameters);
    }

    /** Our own number. */
    public String ownNumber() {
        return direction.startsWith("outbound") ? from : to;
    }
}
