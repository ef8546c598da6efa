package dev.callbus.channel.webhook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a report: an HTTP status and the members of a JSON object, in order. */
public record ReportAnswer(int status, Map<String, @Nullable Object> members) {
    public ReportAnswer {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** An answer that says that it was a success. */
    public static ReportAnswer success(int status, String message) {
        return new ReportAnswer(status, Map.of()).with("success", true).with("message", message);
    }

    /** An answer that says what went wrong. */
    public static ReportAnswer failure(int status, String error) {
        return new ReportAnswer(status, Map.of()).with("success", false).with("error", error);
    }

    /** The same with one more member. */
    public ReportAnswer with(String name, @Nullable Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new ReportAnswer(status, more);
    }
}
