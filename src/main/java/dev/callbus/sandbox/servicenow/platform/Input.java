package dev.callbus.sandbox.servicenow.platform;

import java.util.Map;

/**
 * What a client asks to write.
 *
 * @param values by field name, as texts
 * @param as how the values are meant
 */
public record Input(Map<String, String> values, Meaning as) {
    public Input {
        values = Map.copyOf(values);
    }

    /** How a client writes values. */
    public enum Meaning {
        /** As they are stored: choices and references by their values, times in UTC. */
        STORED,
        /** As users read them: choices by label, references by name, times in the user's zone. */
        DISPLAYED
    }
}
