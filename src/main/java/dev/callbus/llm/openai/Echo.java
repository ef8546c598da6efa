package dev.callbus.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Responses API wants back in the next question: the reasoning that came before a message or a tool call, and the
 * phase of a message. It is kept under the name of the provider, as nobody else can read it.
 *
 * @param phase {@code commentary} or {@code final_answer}, or null
 */
record Echo(List<JsonNode> reasoning, @Nullable String phase) {
    /** The member of a message's or tool call's extra under which it is kept. */
    static final String MEMBER = "responses";

    private static final Echo NOTHING = new Echo(List.of(), null);

    Echo {
        reasoning = List.copyOf(reasoning);
    }

    /** What is kept in this extra for this provider; nothing if another one answered. */
    static Echo read(ObjectMapper mapper, String provider, @Nullable String extra) {
        if (extra == null) {
            return NOTHING;
        }
        try {
            var kept = mapper.readTree(extra).path(MEMBER);
            if (!kept.path("provider").asText().equals(provider)) {
                return NOTHING;
            }
            var phase = kept.path("phase");
            var reasoning = new ArrayList<JsonNode>();
            kept.path("reasoning").forEach(reasoning::add);
            return new Echo(reasoning, phase.isTextual() ? phase.asText() : null);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    /** The extra to keep, or null if there is nothing to give back. */
    @Nullable
    String write(ObjectMapper mapper, String provider) {
        if (reasoning.isEmpty() && phase == null) {
            return null;
        }
        ObjectNode extra = mapper.createObjectNode();
        var kept = extra.putObject(MEMBER).put("provider", provider);
        if (phase != null) {
            kept.put("phase", phase);
        }
        kept.putArray("reasoning").addAll(reasoning);
        return extra.toString();
    }
}
