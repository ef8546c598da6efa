package dev.callbus.bench;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One answer of the fake model, rendered once: the server-sent events of each token and those of its end. Source for the
 * format: the OpenAI API reference, "Chat Completions streaming".
 *
 * @param steps the events that leave together with each token; the first also carries the role, the last the end
 * @param text the whole answer
 */
record AnswerScript(List<Buffer> steps, String text) {
    private static final List<String> WORDS = List.of(
            "Thanks",
            "for",
            "waiting",
            "your",
            "laptop",
            "ticket",
            "is",
            "open",
            "and",
            "an",
            "engineer",
            "will",
            "call",
            "you",
            "back",
            "before",
            "noon",
            "today",
            "with",
            "news");
    private static final String MODEL = "bench";

    /** The answer of {@code tokens} tokens, at least one; every token but the first starts with a space. */
    static AnswerScript of(int tokens) {
        var steps = new ArrayList<Buffer>(tokens);
        var text = new StringBuilder();
        for (var i = 0; i < tokens; i++) {
            var token = (i == 0 ? "" : " ") + WORDS.get(i % WORDS.size());
            text.append(token);
            var events = new StringBuilder();
            if (i == 0) events.append(event("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
            events.append(event("{\"content\":\"" + token + "\"}", "null"));
            if (i == tokens - 1) events.append(event("{}", "\"stop\"")).append("data: [DONE]\n\n");
            steps.add(Buffer.buffer(events.toString()));
        }
        return new AnswerScript(List.copyOf(steps), text.toString());
    }

    /** The same answer as one JSON document, for a request that does not stream. */
    String whole() {
        return """
                {"id":"chatcmpl-bench","object":"chat.completion","created":1763600000,"model":"%s","choices":[{"index":0,\
                "message":{"role":"assistant","content":"%s"},"logprobs":null,"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":100,"completion_tokens":%d,"total_tokens":%d}}""".formatted(MODEL, text, steps.size(), 100 + steps.size());
    }

    private static String event(String delta, String finishReason) {
        return """
                data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1763600000,"model":"%s",\
                "service_tier":"default","system_fingerprint":"fp_bench","choices":[{"index":0,"delta":%s,\
                "logprobs":null,"finish_reason":%s}]}

                """.formatted(MODEL, delta, finishReason);
    }
}
