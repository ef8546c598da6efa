package dev.callbus.call;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Why a call ends and what whoever takes over should know; it reaches the {@code <Connect action>} as handoffData.
 *
 * @param reasonCode {@code end-call}, {@code live-agent-handoff}, {@code unresponsive} or {@code node-stopping}
 * @param details further members, flat
 */
public record Handoff(String reasonCode, String reason, Map<String, String> details) {
    public static final String END_CALL = "end-call";
    public static final String LIVE_AGENT = "live-agent-handoff";
    public static final String UNRESPONSIVE = "unresponsive";
    public static final String NODE_STOPPING = "node-stopping";

    public Handoff {
        details = Map.copyOf(details);
    }

    public Handoff(String reasonCode, String reason) {
        this(reasonCode, reason, Map.of());
    }

    /** What the model wrote about the call; empty if it didn't. */
    public String summary() {
        return Stream.of("conversationSummary", "callSummary")
                .map(details::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    /** All members in the order in which they are written; {@code reasonCode} and {@code reason} can't be overwritten. */
    public Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        members.put("reasonCode", reasonCode);
        members.put("reason", reason);
        details.forEach(members::putIfAbsent);
        return members;
    }
}
