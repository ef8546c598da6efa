package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Builds the {@code chat.completion} object that answers a request which does not stream. */
final class Completion {
    private Completion() {}

    /** Returns the whole answer. */
    static ObjectNode of(Cue cue, ChatRequest request, Chunks.Stamp stamp) {
        List<String> words = Tokens.words(cue.text());
        int wanted = tokens(cue);
        boolean cut = wanted > request.maxTokens();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("id", stamp.id())
                .put("object", "chat.completion")
                .put("created", stamp.created())
                .put("model", stamp.model());
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        String text = String.join("", words.subList(0, Math.min(words.size(), request.maxTokens())));
        if (text.isEmpty() && !cue.calls().isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", cue.has(Quirk.THINK_TAGS) ? "<think>The caller wants help.</think>" + text : text);
        }
        message.putNull("refusal");
        if (cue.has(Quirk.REASONING_CONTENT)) {
            message.put("reasoning_content", "The caller wants help.");
        }
        if (!cue.calls().isEmpty() && !cut) {
            calls(message.putArray("tool_calls"), cue);
        }
        choice.putNull("logprobs");
        choice.put("finish_reason", cue.has(Quirk.NO_FINISH_REASON) ? null : finishReason(cue, cut));
        body.set(
                "usage",
                Usage.of(request, Math.min(wanted, request.maxTokens())).json());
        return body.put("service_tier", "default").putNull("system_fingerprint");
    }

    /** Returns how many tokens an answer has. */
    static int tokens(Cue cue) {
        return Tokens.count(cue.text())
                + cue.calls().stream()
                        .mapToInt(call -> 1 + Tokens.pieces(call.written()).size())
                        .sum();
    }

    /** Returns why an answer ends: at the limit, for its calls, or because all is said. */
    static String finishReason(Cue cue, boolean cut) {
        if (cut) {
            return "length";
        }
        return cue.calls().isEmpty() || cue.has(Quirk.FINISH_STOP) ? "stop" : "tool_calls";
    }

    private static void calls(ArrayNode array, Cue cue) {
        for (Cue.Call call : cue.calls()) {
            ObjectNode entry = array.addObject();
            if (!cue.has(Quirk.NO_TOOL_IDS)) {
                entry.put("id", call.id());
            }
            ObjectNode function =
                    entry.put("type", "function").putObject("function").put("name", call.name());
            if (cue.has(Quirk.OBJECT_ARGUMENTS)) {
                function.set("arguments", call.arguments());
            } else {
                function.put("arguments", call.written());
            }
        }
    }
}
