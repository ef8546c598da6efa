package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays out the server-sent events of one answer as steps, in OpenAI's order. */
final class StreamPlan {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Cue cue;
    private final ChatRequest request;
    private final Chunks chunks;
    private final SendList sends;

    private StreamPlan(Cue cue, ChatRequest request, Chunks.Stamp stamp) {
        this.cue = cue;
        this.request = request;
        this.chunks = new Chunks(stamp, request.options().includeUsage());
        this.sends = new SendList(cue, request.maxTokens());
    }

    /** Lays out an answer whose headers are sent; other faults than an HTTP error are part of the plan. */
    static List<Step> of(Cue cue, ChatRequest request, Chunks.Stamp stamp) {
        return new StreamPlan(cue, request, stamp).steps();
    }

    private List<Step> steps() {
        opening();
        thought();
        Tokens.words(cue.text()).forEach(word -> token(chunks.delta("content", word)));
        for (int index = 0; index < cue.calls().size(); index++) {
            call(index, cue.calls().get(index));
        }
        return switch (cue.fault()) {
            case Fault.Hang hang -> sends.broken(hang.at(), new Step.Hang());
            case Fault.Close close -> sends.broken(close.at(), new Step.Close());
            case Fault.Garbage garbage -> garbage();
            case Fault.Fail fail -> throw new IllegalStateException("an HTTP error has no stream");
            case null -> whole();
        };
    }

    private void opening() {
        if (cue.has(Quirk.PROMPT_FILTER)) {
            event(Duration.ZERO, chunks.promptFilter());
        }
        ObjectNode delta = JSON.objectNode().put("role", "assistant");
        if (cue.text().isEmpty() && !cue.calls().isEmpty()) {
            delta.putNull("content");
        } else {
            delta.put("content", "");
        }
        event(cue.manner().pace().firstToken(), chunks.delta(delta.putNull("refusal"), null));
        if (cue.has(Quirk.PROMPT_FILTER)) {
            event(Duration.ZERO, chunks.contentFilter());
        }
    }

    private void thought() {
        if (cue.has(Quirk.REASONING_CONTENT)) {
            event(Duration.ZERO, chunks.delta("reasoning_content", "The caller"));
            event(Duration.ZERO, chunks.delta("reasoning_content", " wants help."));
        }
        if (cue.has(Quirk.THINK_TAGS)) {
            event(Duration.ZERO, chunks.delta("content", "<think>The caller"));
            event(Duration.ZERO, chunks.delta("content", " wants help.</think>"));
        }
    }

    private void call(int index, Cue.Call call) {
        if (cue.has(Quirk.TOOL_CALL_IN_ONE_DELTA) || cue.has(Quirk.OBJECT_ARGUMENTS)) {
            ObjectNode entry = head(index, call);
            if (cue.has(Quirk.OBJECT_ARGUMENTS)) {
                ((ObjectNode) entry.get("function")).set("arguments", call.arguments());
            } else {
                ((ObjectNode) entry.get("function")).put("arguments", call.written());
            }
            token(toolDelta(entry));
            return;
        }
        token(toolDelta(head(index, call)));
        for (String piece : Tokens.pieces(call.written())) {
            ObjectNode entry = entry(index);
            if (cue.has(Quirk.REPEATED_TOOL_IDS)) {
                entry.put("id", call.id());
            }
            entry.putObject("function").put("arguments", piece);
            token(toolDelta(entry));
        }
    }

    private ObjectNode head(int index, Cue.Call call) {
        ObjectNode entry = entry(index);
        if (!cue.has(Quirk.NO_TOOL_IDS)) {
            entry.put("id", call.id());
        }
        entry.put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", "");
        return entry;
    }

    private ObjectNode entry(int index) {
        ObjectNode entry = JSON.objectNode();
        return cue.has(Quirk.NO_TOOL_INDEX) ? entry : entry.put("index", cue.has(Quirk.INDEX_ALWAYS_ZERO) ? 0 : index);
    }

    private ObjectNode toolDelta(ObjectNode entry) {
        ObjectNode delta = JSON.objectNode();
        delta.putArray("tool_calls").add(entry);
        return chunks.delta(delta, null);
    }

    private List<Step> whole() {
        if (cue.has(Quirk.ERROR_IN_STREAM)) {
            event(
                    Duration.ZERO,
                    ApiError.staged(500, "The server had an error while streaming.", null)
                            .body());
            return sends.then(new Step.End(Outcome.FAILED));
        }
        event(Duration.ZERO, chunks.delta(JSON.objectNode(), finishReason()));
        if (request.options().includeUsage()) {
            ObjectNode usage = Usage.of(request, sends.sent()).json();
            event(Duration.ZERO, chunks.usage(usage, cue.has(Quirk.NULL_CHOICES_USAGE)));
        }
        if (!cue.has(Quirk.NO_DONE)) {
            record("[DONE]");
        }
        return sends.then(new Step.End(Outcome.COMPLETED));
    }

    private @Nullable String finishReason() {
        return cue.has(Quirk.NO_FINISH_REASON) ? null : Completion.finishReason(cue, sends.isCut());
    }

    private List<Step> garbage() {
        record("{\"choices\":[{\"delta\":{\"content\":\"Hel");
        record("<html><body>502 Bad Gateway</body></html>");
        record("[DONE]");
        return sends.then(new Step.End(Outcome.FAILED));
    }

    private void token(ObjectNode chunk) {
        sends.token("data: " + chunk);
    }

    private void event(Duration after, ObjectNode json) {
        sends.event(after, "data: " + json);
    }

    private void record(String data) {
        sends.event(Duration.ZERO, "data: " + data);
    }
}
