package dev.callbus.llm.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a vendor says when it refuses: which kind of failure it is, and when to come back.
 *
 * <p>Source: the retry policy of OpenAI's published clients.
 */
public final class VendorError {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d*)?");

    private VendorError() {}

    /** What an answer with another status than 200 says. */
    static ModelEvent.Failed of(int status, MultiMap headers, String body, ObjectMapper mapper) {
        var error = parse(body, mapper).path("error");
        var failure = advised(classify(status, error), headers.get("x-should-retry"));
        return new ModelEvent.Failed(failure, "HTTP " + status + describe(error));
    }

    /** What an error says that comes in a stream which began well. */
    public static ModelEvent.Failed inStream(JsonNode error) {
        var code = error.path("code").asText("");
        var failure = isQuota(error)
                ? ModelFailure.QUOTA_EXHAUSTED
                : code.equals("rate_limit_exceeded")
                        ? ModelFailure.RATE_LIMITED
                        : code.startsWith("invalid_") ? ModelFailure.REJECTED : ModelFailure.UNAVAILABLE;
        return new ModelEvent.Failed(failure, "error in the stream" + describe(error));
    }

    /** Milliseconds that the vendor asks to wait, or null. */
    static @Nullable Long retryAfterMillis(MultiMap headers, Instant now) {
        var exact = number(headers.get("retry-after-ms"));
        if (exact != null) {
            return exact.longValue();
        }
        var after = headers.get("retry-after");
        var seconds = number(after);
        if (seconds != null) {
            return (long) (seconds * 1000);
        }
        try {
            return after == null
                    ? null
                    : (Long) Duration.between(now, ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME))
                            .toMillis();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Double number(@Nullable String text) {
        return text != null && NUMBER.matcher(text).matches() ? Double.valueOf(text) : null;
    }

    /** The vendor's own identifiers of the error; its message may quote the conversation and is left out. */
    private static String describe(JsonNode error) {
        var text = new StringBuilder();
        for (var member : new String[] {"type", "code", "param"}) {
            var value = error.path(member);
            if (value.isValueNode() && !value.isNull()) {
                text.append(' ').append(member).append('=').append(value.asText());
            }
        }
        return text.toString();
    }

    /** The vendor's word on whether to try again goes before what the status means. */
    private static ModelFailure advised(ModelFailure failure, @Nullable String shouldRetry) {
        if ("false".equals(shouldRetry) && failure.retryable()) {
            return ModelFailure.REJECTED;
        }
        return "true".equals(shouldRetry) && failure == ModelFailure.REJECTED ? ModelFailure.UNAVAILABLE : failure;
    }

    private static ModelFailure classify(int status, JsonNode error) {
        return switch (status) {
            case 401, 403 -> ModelFailure.UNAUTHORIZED;
            case 429 -> isQuota(error) ? ModelFailure.QUOTA_EXHAUSTED : ModelFailure.RATE_LIMITED;
            case 408, 409 -> ModelFailure.UNAVAILABLE;
            default ->
                status >= 500
                        ? ModelFailure.UNAVAILABLE
                        : "content_filter".equals(error.path("code").asText())
                                ? ModelFailure.FILTERED
                                : ModelFailure.REJECTED;
        };
    }

    private static boolean isQuota(JsonNode error) {
        return "insufficient_quota".equals(error.path("code").asText())
                || "insufficient_quota".equals(error.path("type").asText());
    }

    private static JsonNode parse(String body, ObjectMapper mapper) {
        try {
            var tree = mapper.readTree(body);
            return tree == null ? mapper.missingNode() : tree;
        } catch (JsonProcessingException e) {
            return mapper.missingNode();
        }
    }
}
