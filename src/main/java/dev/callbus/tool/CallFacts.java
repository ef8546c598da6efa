package dev.callbus.tool;

import java.util.List;
import java.util.Map;

/**
 * What a tool may know of the call it runs in. It comes from the channel and from server state, never from the model.
 *
 * @param languages that the call may be held in
 * @param parameters what the TwiML handed along
 */
public record CallFacts(
        String callSid,
        String from,
        String to,
        String direction,
        List<String> languages,
        Map<String, String> parameters) {
    public CallFacts {
        languages = List.copyOf(languages);
        parameters = Map.copyOf(parameters);
    }

    /** The number of the person at the other end, whoever called whom. */
    public String person() {
        return direction.startsWith("outbound") ? to : from;
    }

    /** Our own number. */
    public String own() {
        return direction.startsWith("outbound") ? from : to;
    }
}
