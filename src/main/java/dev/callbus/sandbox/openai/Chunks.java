package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Builds the {@code chat.completion.chunk} objects of one stream, which share id, time and model. */
final class Chunks {
    private final String id;
    private final long created;
    private final String model;
    private final boolean usageAsked;

    Chunks(Stamp stamp, boolean usageAsked) {
        this.id = stamp.id();
        this.created = stamp.created();
        this.model = stamp.model();
        this.usageAsked = usageAsked;
    }

    /** What marks all parts of one answer: its id, the second since 1970 in which it was made, and the model. */
    record Stamp(String id, long created, String model) {}

    /** Returns a chunk whose only choice has a delta. */
    ObjectNode delta(ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = base(id, model);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finishReason);
        return withNullUsage(chunk);
    }

    /** Returns a chunk with one member of the delta. */
    ObjectNode delta(String name, String value) {
        return delta(JsonNodeFactory.instance.objectNode().put(name, value), null);
    }

    /** Returns the chunk that ends a stream whose client asked for usage. */
    ObjectNode usage(ObjectNode usage, boolean nullChoices) {
        ObjectNode chunk = base(id, model);
        if (nullChoices) {
            chunk.putNull("choices");
        } else {
            chunk.putArray("choices");
        }
        chunk.set("usage", usage);
        return chunk;
    }

    /** Returns Azure's first chunk: no choice, no id, no model. */
    ObjectNode promptFilter() {
        ObjectNode chunk = base("", "");
        chunk.putArray("choices");
        chunk.putArray("prompt_filter_results")
                .addObject()
                .put("prompt_index", 0)
                .putObject("content_filter_results");
        return withNullUsage(chunk);
    }

    /** Returns Azure's chunk of the asynchronous filter: a choice without a delta. */
    ObjectNode contentFilter() {
        ObjectNode chunk = base(id, model);
        ObjectNode choice =
                chunk.putArray("choices").addObject().put("index", 0).putNull("finish_reason");
        choice.putObject("content_filter_results");
        return withNullUsage(chunk);
    }

    private ObjectNode base(String withId, String withModel) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", withId)
                .put("object", "chat.completion.chunk")
                .put("created", created)
                .put("model", withModel)
                .put("service_tier", "default")
                .putNull("system_fingerprint");
    }

    private ObjectNode withNullUsage(ObjectNode chunk) {
        return usageAsked ? chunk.putNull("usage") : chunk;
    }
}
