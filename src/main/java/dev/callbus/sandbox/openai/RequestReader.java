package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.sandbox.openai.ChatRequest.Message;
import dev.callbus.sandbox.openai.ChatRequest.Options;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a chat completion request as strictly as OpenAI does.
 *
 * <p>Source: developers.openai.com/api/reference, Chat Completions, and the messages that the service answers with.
 */
final class RequestReader {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Set<String> KNOWN = Set.of(
            "audio",
            "frequency_penalty",
            "function_call",
            "functions",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "messages",
            "metadata",
            "modalities",
            "model",
            "moderation",
            "n",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "reasoning_effort",
            "response_format",
            "safety_identifier",
            "seed",
            "service_tier",
            "stop",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "user",
            "verbosity",
            "web_search_options");

    private RequestReader() {}

    /** Parses a body; throws {@link ApiError.Refusal} if it is not one JSON object. */
    static JsonNode parse(byte[] body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw notJson();
        }
        throw notJson();
    }

    /** Checks a request and takes what a script needs; throws {@link ApiError.Refusal} with the first fault found. */
    static ChatRequest read(JsonNode json) {
        var root = new Field("", json);
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw ApiError.invalid("Unrecognized request argument supplied: " + name, null, null)
                        .refusal();
            }
        });
        String model = root.optional("model")
                .map(Field::text)
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> ApiError.invalid("you must provide a model parameter", null, null)
                        .refusal());
        List<Message> messages = MessageReader.read(root.required("messages"));
        checkNumbers(root);
        Options options = options(root);
        return new ChatRequest(model, messages, ToolReader.offered(root), maxTokens(root), options);
    }

    /** Checks the numbers that the APIs share. */
    static void checkNumbers(Field root) {
        for (String name : List.of("temperature", "top_p")) {
            root.optional(name).ifPresent(field -> range(field, name.equals("temperature") ? 2 : 1));
        }
        root.optional("n").filter(field -> field.positive() != 1).ifPresent(field -> {
            throw ApiError.invalid("Invalid 'n': this server gives one answer per request.", "n", "unsupported_value")
                    .refusal();
        });
    }

    private static void range(Field field, int most) {
        if (!field.value().isNumber()) {
            throw field.wrongType("a decimal");
        }
        double value = field.value().doubleValue();
        if (value < 0 || value > most) {
            String side = value < 0
                    ? "below minimum value. Expected a value >= 0"
                    : "above maximum value. Expected a value <= " + most;
            String code = value < 0 ? "decimal_below_min_value" : "decimal_above_max_value";
            throw ApiError.invalid(
                            "Invalid '" + field.path() + "': decimal " + side + ", but got " + value + " instead.",
                            field.path(),
                            code)
                    .refusal();
        }
    }

    private static Options options(Field root) {
        boolean stream = root.optional("stream").map(Field::truth).orElse(false);
        Optional<Field> streamOptions = root.optional("stream_options");
        if (streamOptions.isPresent() && !stream) {
            throw ApiError.invalid(
                            "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
                            "stream_options",
                            null)
                    .refusal();
        }
        boolean usage = streamOptions
                .flatMap(field -> field.object().optional("include_usage"))
                .map(Field::truth)
                .orElse(false);
        boolean parallel =
                root.optional("parallel_tool_calls").map(Field::truth).orElse(true);
        return new Options(stream, usage, parallel);
    }

    private static int maxTokens(Field root) {
        Optional<Field> old = root.optional("max_tokens");
        Optional<Field> current = root.optional("max_completion_tokens");
        if (old.isPresent() && current.isPresent()) {
            throw ApiError.invalid(
                            "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
                            "max_tokens",
                            "invalid_parameter_combination")
                    .refusal();
        }
        return current.or(() -> old).map(Field::positive).orElse(Integer.MAX_VALUE);
    }

    private static ApiError.Refusal notJson() {
        return ApiError.invalid(
                        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using"
                                + " your HTTP library correctly. The OpenAI API expects a JSON payload, but what was"
                                + " sent was not valid JSON.)",
                        null,
                        null)
                .refusal();
    }
}
