package dev.callbus.channel.webhook;

import java.util.Map;

/** What a signed request reports, whether as a form or as a flat JSON object. */
public record Report(Map<String, String> fields) {
    public Report {
        fields = Map.copyOf(fields);
    }

    /** The field's value; empty if there is none. */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "Report" + fields.keySet();
    }
}
