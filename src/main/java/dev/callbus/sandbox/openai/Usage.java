package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Counts of tokens; this server's tokens are words and pieces of arguments. */
record Usage(int prompt, int completion) {

    /** Counts a request and the tokens of its answer. */
    static Usage of(ChatRequest request, int completion) {
        int prompt = request.messages().stream()
                .mapToInt(message -> 4 + Tokens.count(message.text()))
                .sum();
        return new Usage(prompt, completion);
    }

    /** Returns the usage object of the Responses API. */
    ObjectNode ofResponse() {
        ObjectNode usage = JsonNodeFactory.instance
                .objectNode()
                .put("input_tokens", prompt)
                .put("output_tokens", completion)
                .put("total_tokens", prompt + completion);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        return usage;
    }

    /** Returns the usage object with all its details. */
    ObjectNode json() {
        ObjectNode usage = JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", 0)
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return usage;
    }
}
