package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.sandbox.openai.ChatRequest.Message;
import dev.callbus.sandbox.openai.ChatRequest.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a Responses request as strictly as OpenAI does, and more strictly in one point: nothing may be stored.
 *
 * <p>Source: developers.openai.com/api/reference/resources/responses/methods/create
 */
final class ResponsesReader {
    private static final Set<String> KNOWN = Set.of(
            "include",
            "input",
            "instructions",
            "max_output_tokens",
            "metadata",
            "model",
            "parallel_tool_calls",
            "prompt_cache_key",
            "prompt_cache_options",
            "reasoning",
            "safety_identifier",
            "service_tier",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_p",
            "truncation");

    /** Words of Chat Completions and what they are called here. */
    private static final Map<String, String> MOVED = Map.of(
            "messages", "input",
            "max_tokens", "max_output_tokens",
            "max_completion_tokens", "max_output_tokens",
            "reasoning_effort", "reasoning.effort",
            "response_format", "text.format");

    private ResponsesReader() {}

    /** Checks a request and takes what a script needs; throws {@link ApiError.Refusal} with the first fault found. */
    static ChatRequest read(JsonNode json) {
        var root = new Field("", json);
        json.fieldNames().forEachRemaining(ResponsesReader::requireKnown);
        String model = root.required("model").text();
        var messages = new ArrayList<Message>();
        root.optional("instructions")
                .ifPresent(field -> messages.add(new Message("system", field.text(), List.of(), null)));
        messages.addAll(InputReader.read(root.required("input")));
        root.optional("include").ifPresent(Field::elements);
        root.optional("reasoning").ifPresent(Field::object);
        RequestReader.checkNumbers(root);
        requireNotStored(root);
        return new ChatRequest(
                model,
                messages,
                ToolReader.offeredFlat(root),
                root.optional("max_output_tokens").map(Field::positive).orElse(Integer.MAX_VALUE),
                options(root));
    }

    private static void requireKnown(String name) {
        var moved = MOVED.get(name);
        if (moved != null) {
            throw ApiError.invalid(
                            "Unsupported parameter: '" + name + "'. In the Responses API, this parameter has moved to '"
                                    + moved + "'.",
                            name,
                            "unsupported_parameter")
                    .refusal();
        }
        if (!KNOWN.contains(name)) {
            throw ApiError.invalid("Unknown parameter: '" + name + "'.", name, "unknown_parameter")
                    .refusal();
        }
    }

    private static void requireNotStored(Field root) {
        if (root.optional("store").map(Field::truth).orElse(true)) {
            throw ApiError.invalid(
                            "Invalid 'store': this server stores nothing, and responses are stored unless 'store' is"
                                    + " false.",
                            "store",
                            "unsupported_value")
                    .refusal();
        }
    }

    private static Options options(Field root) {
        if (!root.optional("stream").map(Field::truth).orElse(false)) {
            throw ApiError.invalid(
                            "Invalid 'stream': this server only streams responses.", "stream", "unsupported_value")
                    .refusal();
        }
        root.optional("stream_options").ifPresent(field -> field.object().requireOnly(Set.of("include_obfuscation")));
        boolean parallel =
                root.optional("parallel_tool_calls").map(Field::truth).orElse(true);
        return new Options(true, true, parallel);
    }
}
