package dev.callbus.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.http.AnswerReader;
import dev.callbus.llm.http.ThinkFilter;
import dev.callbus.llm.http.VendorError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Understands the chunks of one streamed chat completion, whichever of the compatible servers sent them: collects words to
 * speak, tool calls, usage and how it ended. Reasoning is never spoken.
 */
final class ChatStream implements AnswerReader {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final ObjectMapper mapper;
    private final String model;
    private final ToolSlots tools;
    private final ThinkFilter thinking = new ThinkFilter();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private @Nullable JsonNode vendorContent;
    private ModelEvent.Usage usage = ModelEvent.Usage.UNKNOWN;
    private String finishReason = "";
    private boolean done;
    private boolean refused;
    private ModelEvent.@Nullable Failed failure;

    ChatStream(ObjectMapper mapper, String model) {
        this.mapper = mapper;
        this.model = model;
        this.tools = new ToolSlots(mapper);
    }

    @Override
    public void accept(byte[] data) {
        if (isOver()) {
            return;
        }
        if (Arrays.equals(data, DONE)) {
            done = true;
            return;
        }
        try {
            var plain = PlainChunk.words(mapper.getFactory(), data);
            if (plain == null) {
                chunk(mapper.readTree(data));
            } else {
                words.append(thinking.filter(plain));
            }
        } catch (IOException e) {
            failure = new ModelEvent.Failed(ModelFailure.BROKEN, "an event is not JSON");
        }
    }

    @Override
    public boolean isOver() {
        return done || failure != null;
    }

    @Override
    public String takeWords() {
        if (isOver() || !finishReason.isEmpty()) {
            words.append(thinking.rest());
        }
        if (words.isEmpty()) {
            return "";
        }
        var taken = words.toString();
        words.setLength(0);
        return taken;
    }

    @Override
    public List<ModelEvent> conclude() {
        if (failure != null) {
            return List.of(failure);
        }
        if (!done && finishReason.isEmpty()) {
            return List.of(new ModelEvent.Failed(ModelFailure.BROKEN, "the stream broke off"));
        }
        if (finishReason.equals("content_filter")) {
            return List.of(new ModelEvent.Failed(ModelFailure.FILTERED, "content_filter"));
        }
        var finished = new ModelEvent.Finished(model, usage);
        if (tools.isEmpty() || refused) {
            return List.of(finished);
        }
        if (finishReason.equals("length") && !tools.areWhole()) {
            return List.of(new ModelEvent.Failed(ModelFailure.BROKEN, "a tool call was cut off by the token limit"));
        }
        return List.of(new ModelEvent.ToolCalls(tools.calls(), extra()), finished);
    }

    private void chunk(JsonNode chunk) {
        var error = chunk.get("error");
        if (error != null && !error.isNull()) {
            failure = VendorError.inStream(error);
            return;
        }
        readUsage(chunk);
        var choices = chunk.get("choices");
        if (choices == null || !choices.isArray() || choices.isEmpty()) {
            return;
        }
        var choice = choices.get(0);
        var reason = choice.get("finish_reason");
        if (reason != null && reason.isTextual()) {
            finishReason = reason.asText();
        }
        var delta = choice.get("delta");
        if (delta != null && delta.isObject()) {
            delta(delta);
        }
    }

    private void delta(JsonNode delta) {
        var content = delta.get("content");
        if (content != null && content.isTextual()) {
            words.append(thinking.filter(content.textValue()));
        }
        var refusal = delta.get("refusal");
        if (refusal != null && refusal.isTextual() && !refusal.textValue().isEmpty()) {
            refused = true;
            words.append(refusal.textValue());
        }
        var calls = delta.get("tool_calls");
        if (calls != null && calls.isArray()) {
            tools.merge(calls);
        }
        var thought = delta.get("reasoning_content");
        if (thought != null && thought.isTextual()) {
            reasoning.append(thought.textValue());
        }
        var vendor = delta.get("extra_content");
        if (vendor != null) {
            vendorContent = vendor;
        }
    }

    /** Some servers want their reasoning back with the tool calls that followed from it. */
    private @Nullable String extra() {
        var extra = mapper.createObjectNode();
        if (!reasoning.isEmpty()) {
            extra.put("reasoning_content", reasoning.toString());
        }
        if (vendorContent != null) {
            extra.set("extra_content", vendorContent);
        }
        return extra.isEmpty() ? null : extra.toString();
    }

    private void readUsage(JsonNode chunk) {
        var reported = chunk.path("usage").isObject()
                ? chunk.path("usage")
                : chunk.path("x_groq").path("usage");
        if (reported.isObject()) {
            usage = new ModelEvent.Usage(
                    reported.path("prompt_tokens").asInt(),
                    reported.path("prompt_tokens_details").path("cached_tokens").asInt(),
                    reported.path("completion_tokens").asInt());
        }
    }
}
