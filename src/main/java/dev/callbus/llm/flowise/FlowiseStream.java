package dev.callbus.llm.flowise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.http.AnswerReader;
import dev.callbus.llm.http.ThinkFilter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Understands a flow's answer: events whose kind is within their data, or one JSON document if the flow can't stream.
 *
 * <p>Source: github.com/FlowiseAI/Flowise, packages/server/src/utils/SSEStreamer.ts
 */
final class FlowiseStream implements AnswerReader {
    private final ObjectMapper mapper;
    private final String model;
    private final ThinkFilter thinking = new ThinkFilter();
    private final StringBuilder words = new StringBuilder();
    private boolean spoken;
    private boolean done;
    private ModelEvent.@Nullable Failed failure;

    FlowiseStream(ObjectMapper mapper, String model) {
        this.mapper = mapper;
        this.model = model;
    }

    @Override
    public void accept(byte[] data) {
        if (isOver()) {
            return;
        }
        try {
            var json = mapper.readTree(data);
            var event = json.path("event");
            if (event.isTextual()) {
                event(event.asText(), json.path("data"));
            } else if (json.path("text").isTextual()) {
                say(json.path("text").asText());
                done = true;
            } else {
                fail(ModelFailure.BROKEN, "neither an event nor a text");
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
    public boolean takesJson() {
        return true;
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
        spoken = spoken || !taken.isBlank();
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
        return spoken
                ? List.of(new ModelEvent.Finished(model, ModelEvent.Usage.UNKNOWN))
                : List.of(new ModelEvent.Failed(ModelFailure.REJECTED, "the flow answered without words"));
    }

    private void event(String kind, JsonNode data) {
        switch (kind) {
            case "token" -> say(data.isTextual() ? data.asText() : "");
            case "end" -> done = true;
            // Its message is left out: it may quote the conversation.
            case "error" -> fail(ModelFailure.UNAVAILABLE, "error in the flow");
            case "abort" -> fail(ModelFailure.BROKEN, "the flow was aborted");
            default -> {}
        }
    }

    private void say(String piece) {
        words.append(thinking.filter(piece));
    }

    private void fail(ModelFailure kind, String detail) {
        failure = new ModelEvent.Failed(kind, detail);
    }
}
