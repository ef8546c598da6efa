package dev.callbus.tool;

import java.util.Map;

/**
 * What a tool may know of the call it runs in. It comes from the channel and from server state, never from the model.
 *
 * @param parameters what the TwiML handed along
 */
public record CallFacts(String callSid, String from, String to, Map<String, String> parameters) {
    public CallFacts {
        parameters = Map.copyOf(parameters);
    }
}
