package dev.callbus.tool;

import dev.callbus.verify.Grant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a tool may know of the call it runs in. It comes from the channel and from server state, never from the model.
 *
 * @param languages that the call may be held in
 * @param parameters what the TwiML handed along
 * @param standing what is known of who is on the line
 * @param effect names this run of a tool within the call, so that its effect happens once
 */
public record CallFacts(
        String callSid,
        String from,
        String to,
        String direction,
        List<String> languages,
        Map<String, String> parameters,
        Standing standing,
        String effect) {
    public CallFacts {
        languages = List.copyOf(languages);
        parameters = Map.copyOf(parameters);
    }

    /** A call of which nothing more is known yet. */
    public CallFacts(
            String callSid,
            String from,
            String to,
            String direction,
            List<String> languages,
            Map<String, String> parameters) {
        this(callSid, from, to, direction, languages, parameters, Standing.UNKNOWN, "");
    }

    /** The same for one run of a tool. */
    public CallFacts at(Standing now, String run) {
        return new CallFacts(callSid, from, to, direction, languages, parameters, now, run);
    }

    @Override
    public String toString() {
        return "CallFacts[callSid=" + callSid + ", direction=" + direction + ", effect=" + effect + "]";
    }

    /** The grant that a protected tool runs under; it only runs with one. */
    public Grant grant() {
        return Objects.requireNonNull(standing.grant(), "a protected tool ran without a grant");
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
