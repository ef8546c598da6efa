package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.time.LoopTime;
import java.time.Duration;
import java.util.List;

/**
 * Lays out the typed events of one response as steps, in OpenAI's order.
 *
 * <p>Source: developers.openai.com/api/reference/resources/responses/streaming-events
 */
final class ResponsePlan {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String THOUGHT = "The caller wants help.";

    private final Cue cue;
    private final ChatRequest request;
    private final SendList sends;
    private final ArrayNode output = JSON.arrayNode();
    private final String id = Ids.next("resp_", 32);
    private final long createdAt = LoopTime.now().getEpochSecond();
    private int sequence;

    private ResponsePlan(Cue cue, ChatRequest request) {
        this.cue = cue;
        this.request = request;
        this.sends = new SendList(cue, request.maxTokens());
    }

    /** Lays out an answer whose headers are sent; other faults than an HTTP error are part of the plan. */
    static List<Step> of(Cue cue, ChatRequest request) {
        return new ResponsePlan(cue, request).steps();
    }

    private List<Step> steps() {
        event(cue.manner().pace().firstToken(), ofResponse("response.created", "in_progress"));
        event(ofResponse("response.in_progress", "in_progress"));
        thought();
        if (!cue.text().isEmpty()) {
            message();
        }
        cue.calls().forEach(this::call);
        return switch (cue.fault()) {
            case Fault.Hang hang -> sends.broken(hang.at(), new Step.Hang());
            case Fault.Close close -> sends.broken(close.at(), new Step.Close());
            case Fault.Garbage garbage -> {
                sends.event(Duration.ZERO, "data: <html><body>502 Bad Gateway</body></html>");
                yield sends.then(new Step.End(Outcome.FAILED));
            }
            case Fault.Fail fail -> throw new IllegalStateException("an HTTP error has no stream");
            case null -> whole();
        };
    }

    private void thought() {
        if (cue.has(Quirk.REASONING_CONTENT)) {
            ObjectNode item = JSON.objectNode().put("type", "reasoning").put("id", Ids.next("rs_", 32));
            item.putArray("summary");
            event(ofItem("response.output_item.added", item));
            event(ofPart("response.reasoning_text.delta", item).put("delta", THOUGHT));
            item.put("encrypted_content", Ids.next("gAAAA", 32));
            done(item);
        }
    }

    private void message() {
        ObjectNode item = JSON.objectNode().put("type", "message").put("id", Ids.next("msg_", 32));
        item.put("status", "in_progress").put("role", "assistant").putArray("content");
        event(ofItem("response.output_item.added", item));
        event(ofPart("response.content_part.added", item).set("part", part("")));
        var said = new StringBuilder();
        if (cue.has(Quirk.THINK_TAGS)) {
            var thought = "<think>" + THOUGHT + "</think>";
            event(text(item, thought));
            said.append(thought);
        }
        for (String word : Tokens.words(cue.text())) {
            if (token(text(item, word))) {
                said.append(word);
            }
        }
        event(ofPart("response.output_text.done", item).put("text", said.toString()));
        event(ofPart("response.content_part.done", item).set("part", part(said.toString())));
        item.withArray("content").add(part(said.toString()));
        done(item.put("status", status()));
    }

    private void call(Cue.Call call) {
        if (sends.isCut()) {
            return;
        }
        ObjectNode item = JSON.objectNode().put("type", "function_call").put("id", Ids.next("fc_", 32));
        item.put("status", "in_progress").put("call_id", call.id()).put("name", call.name());
        if (!token(ofItem("response.output_item.added", item.put("arguments", "")))) {
            return;
        }
        var written = new StringBuilder();
        for (String piece : Tokens.pieces(call.written())) {
            ObjectNode delta = ofItemId("response.function_call_arguments.delta", item);
            if (token(delta.put("delta", piece))) {
                written.append(piece);
            }
        }
        item.put("arguments", written.toString());
        if (!sends.isCut()) {
            event(ofItemId("response.function_call_arguments.done", item).put("arguments", written.toString()));
        }
        done(item.put("status", status()));
    }

    private List<Step> whole() {
        if (cue.has(Quirk.ERROR_IN_STREAM)) {
            event(JSON.objectNode()
                    .put("type", "error")
                    .put("code", "server_error")
                    .put("message", "The server had an error while streaming.")
                    .putNull("param"));
            return sends.then(new Step.End(Outcome.FAILED));
        }
        ObjectNode end = ofResponse("response." + status(), status());
        ObjectNode response = (ObjectNode) end.get("response");
        response.set("output", output);
        response.set("usage", Usage.of(request, sends.sent()).ofResponse());
        if (sends.isCut()) {
            response.putObject("incomplete_details").put("reason", "max_output_tokens");
        }
        event(end);
        return sends.then(new Step.End(Outcome.COMPLETED));
    }

    private String status() {
        return sends.isCut() ? "incomplete" : "completed";
    }

    private void done(ObjectNode item) {
        event(ofItem("response.output_item.done", item));
        output.add(item.deepCopy());
    }

    private ObjectNode ofResponse(String type, String status) {
        ObjectNode event = JSON.objectNode().put("type", type);
        ObjectNode response = event.putObject("response")
                .put("id", id)
                .put("object", "response")
                .put("created_at", createdAt)
                .put("status", status);
        response.putNull("error").putNull("incomplete_details");
        response.put("model", request.model()).put("store", false).putArray("output");
        response.putNull("usage");
        return event;
    }

    private ObjectNode ofItem(String type, ObjectNode item) {
        ObjectNode event = JSON.objectNode().put("type", type).put("output_index", output.size());
        event.set("item", item.deepCopy());
        return event;
    }

    private ObjectNode ofItemId(String type, ObjectNode item) {
        return JSON.objectNode()
                .put("type", type)
                .put("item_id", item.path("id").textValue())
                .put("output_index", output.size());
    }

    private ObjectNode ofPart(String type, ObjectNode item) {
        return ofItemId(type, item).put("content_index", 0);
    }

    private ObjectNode text(ObjectNode item, String words) {
        ObjectNode event = ofPart("response.output_text.delta", item).put("delta", words);
        event.putArray("logprobs");
        return event;
    }

    private static ObjectNode part(String text) {
        ObjectNode part = JSON.objectNode().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        return part;
    }

    private boolean token(ObjectNode event) {
        boolean added = sends.token(record(event));
        if (!added) {
            sequence--;
        }
        return added;
    }

    private void event(ObjectNode event) {
        event(Duration.ZERO, event);
    }

    private void event(Duration after, ObjectNode event) {
        sends.event(after, record(event));
    }

    /** An event's lines, with the next number. */
    private String record(ObjectNode event) {
        event.put("sequence_number", sequence++);
        return "event: " + event.path("type").textValue() + "\ndata: " + event;
    }
}
