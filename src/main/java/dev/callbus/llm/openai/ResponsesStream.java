package dev.callbus.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.http.AnswerReader;
import dev.callbus.llm.http.ThinkFilter;
import dev.callbus.llm.http.VendorError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Understands the typed events of one streamed response: collects words to speak, function calls, what the vendor wants
 * back, usage and how it ended. Reasoning is never spoken; events of unknown types are ignored.
 *
 * <p>Source: developers.openai.com/api/reference/resources/responses/streaming-events
 */
final class ResponsesStream implements AnswerReader {
    private final ObjectMapper mapper;
    private final String provider;
    private final String model;
    private final CallItems calls;
    private final ThinkFilter thinking = new ThinkFilter();
    private final StringBuilder words = new StringBuilder();

    /** Reasoning that the next message or call followed from. */
    private final List<JsonNode> reasoning = new ArrayList<>();

    private Echo echo = new Echo(List.of(), null);
    private ModelEvent.Usage usage = ModelEvent.Usage.UNKNOWN;
    private boolean spoken;
    private boolean anotherMessage;
    private boolean refused;
    private boolean done;
    private ModelEvent.@Nullable Failed failure;

    /**
     * A stream of which nothing came yet.
     *
     * @param provider under whose name what it wants back is kept
     * @param model the provider and the model, for the end of the answer
     */
    ResponsesStream(ObjectMapper mapper, String provider, String model) {
        this.mapper = mapper;
        this.provider = provider;
        this.model = model;
        this.calls = new CallItems(mapper, provider);
    }

    @Override
    public void accept(byte[] data) {
        if (isOver()) {
            return;
        }
        try {
            var plain = TextDelta.words(mapper.getFactory(), data);
            if (plain == null) {
                event(mapper.readTree(data));
            } else {
                say(thinking.filter(plain));
            }
        } catch (IOException e) {
            fail(ModelFailure.BROKEN, "an event is not JSON");
        }
    }

    @Override
    public boolean isOver() {
        return done || failure != null;
    }

    @Override
    public String takeWords() {
        if (isOver()) {
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
        if (!done) {
            return List.of(new ModelEvent.Failed(ModelFailure.BROKEN, "the stream broke off"));
        }
        var finished = new ModelEvent.Finished(model, usage);
        if (calls.isEmpty() || refused) {
            return List.of(finished);
        }
        return List.of(new ModelEvent.ToolCalls(calls.calls(), echo.write(mapper, provider)), finished);
    }

    private void event(JsonNode event) {
        switch (event.path("type").asText("")) {
            case "response.refusal.delta" -> {
                refused = true;
                say(event.path("delta").asText(""));
            }
            case "response.output_item.added" -> added(event, event.path("item"));
            case "response.output_item.done" -> itemDone(event, event.path("item"));
            case "response.function_call_arguments.delta" -> calls.piece(event);
            case "response.function_call_arguments.done" -> calls.arguments(event);
            case "response.completed" -> completed(event.path("response"));
            case "response.incomplete" -> incomplete(event.path("response"));
            case "response.failed" ->
                failure = VendorError.inStream(event.path("response").path("error"));
            case "error" ->
                failure = VendorError.inStream(event.path("error").isObject() ? event.path("error") : event);
            default -> {
                // Servers in between report their own failures without a type.
                if (event.path("error").isObject()) {
                    failure = VendorError.inStream(event.path("error"));
                }
            }
        }
    }

    private void added(JsonNode event, JsonNode item) {
        switch (item.path("type").asText("")) {
            case "message" -> {
                anotherMessage = spoken;
                echo = new Echo(reasoning, item.path("phase").asText(null));
                reasoning.clear();
            }
            case "function_call" -> call(event, item);
            default -> {}
        }
    }

    private void itemDone(JsonNode event, JsonNode item) {
        switch (item.path("type").asText("")) {
            case "function_call" -> call(event, item);
            case "reasoning" -> {
                // Without its encrypted content it would be looked up at the vendor, which stores nothing.
                if (item.path("encrypted_content").isTextual()) {
                    reasoning.add(item);
                }
            }
            default -> {}
        }
    }

    private void completed(JsonNode response) {
        readUsage(response);
        int index = 0;
        for (var item : response.path("output")) {
            if (item.path("type").asText("").equals("function_call")) {
                calls.item(mapper.createObjectNode().put("output_index", index), item, List.of());
            }
            index++;
        }
        done = true;
    }

    private void incomplete(JsonNode response) {
        readUsage(response);
        var reason = response.path("incomplete_details").path("reason").asText("");
        if (reason.equals("content_filter")) {
            fail(ModelFailure.FILTERED, reason);
        } else if (!calls.areWhole()) {
            fail(ModelFailure.BROKEN, "a tool call was cut off: " + reason);
        } else {
            done = true;
        }
    }

    private void call(JsonNode event, JsonNode item) {
        if (calls.item(event, item, reasoning)) {
            reasoning.clear();
        }
    }

    private void say(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (anotherMessage) {
            words.append(' ');
            anotherMessage = false;
        }
        words.append(piece);
        spoken = true;
    }

    private void fail(ModelFailure kind, String detail) {
        failure = new ModelEvent.Failed(kind, detail);
    }

    private void readUsage(JsonNode response) {
        var reported = response.path("usage");
        if (reported.isObject()) {
            usage = new ModelEvent.Usage(
                    reported.path("input_tokens").asInt(),
                    reported.path("input_tokens_details").path("cached_tokens").asInt(),
                    reported.path("output_tokens").asInt());
        }
    }
}
