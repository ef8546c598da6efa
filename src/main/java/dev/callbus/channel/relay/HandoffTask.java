package dev.callbus.channel.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.call.Handoff;
import java.util.List;

/**
 * What a session left for whoever takes over: the {@code HandoffData} that our {@code end} frame carried, reduced to flat
 * strings that are known, next to what Twilio itself says about the call.
 */
record HandoffTask(ObjectNode members) {
    private static final List<String> MEMBERS = List.of(
            "reasonCode",
            "reason",
            "callSummary",
            "conversationSummary",
            "sentiment",
            "language",
            "customerName",
            "ticketNumber",
            "incident_sys_id",
            "interaction_sys_id");
    private static final int LONGEST = 1000;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** The task of this call; without a reason code if the handoff data are absent or malformed. */
    static HandoffTask of(WebhookCall call) {
        var given = parse(call.parameter("HandoffData"));
        var members = JSON.createObjectNode();
        for (var name : MEMBERS) {
            var value = given.path(name);
            if (value.isTextual()) {
                members.put(name, shortened(value.textValue()));
            }
        }
        members.put("callSid", call.callSid());
        members.put("from", shortened(call.parameter("From")));
        members.put("to", shortened(call.parameter("To")));
        members.put("direction", shortened(call.parameter("Direction")));
        return new HandoffTask(members);
    }

    /** The same for a caller who is handed over for another reason. */
    HandoffTask because(String reason) {
        var other = members.deepCopy();
        other.put("reasonCode", Handoff.LIVE_AGENT).put("reason", reason);
        return new HandoffTask(other);
    }

    boolean wantsPerson() {
        return members.path("reasonCode").asText().equals(Handoff.LIVE_AGENT);
    }

    /** The members as a JSON object in ASCII. */
    String json() {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written", e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }
}
