package dev.callbus.llm.openai;

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
import org.jspecify.annotations.Nullable;

/**
 * Reads what a vendor says when it refuses: which kind of failure it is, and when to come back.
 *
 * <p>Source: the retry policy of OpenAI's published clients.
 */
final class VendorError {
    private VendorError() {}

    static ModelEvent.Failed of(int status, MultiMap headers, String body, ObjectMapper mapper) {
        var error = parse(body, mapper).path("error");
        var failure = classify(status, error);
        if ("false".equals(headers.get("x-should-retry")) && failure.retryable()) {
            failure = ModelFailure.REJECTED;
        }
        return new ModelEvent.Failed(failure, "HTTP " + status + describe(error));
    }

    /** The vendor's own identifiers of the error; its message may quote the conversation and is left out. */
    static String describe(JsonNode error) {
        var text = new StringBuilder();
        for (var member : new String[] {"type", "code", "param"}) {
            var value = error.path(member);
            if (value.isValueNode() && !value.isNull()) {
                text.append(' ').append(member).append('=').append(value.asText());
            }
        }
        return text.toString();
    }

    /** Milliseconds that the vendor asks to wait, or null. */
    static @Nullable Long retryAfterMillis(MultiMap headers, Instant now) {
        try {
            if (headers.contains("retry-after-ms")) {
                return (long) Double.parseDouble(headers.get("retry-after-ms"));
            }
            var after = headers.get("retry-after");
            if (after == null) {
                return null;
            }
            return Character.isDigit(after.charAt(0))
                    ? (long) (Double.parseDouble(after) * 1000)
                    : Duration.between(now, ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME))
                            .toMillis();
        } catch (NumberFormatException | DateTimeParseException | StringIndexOutOfBoundsException e) {
            return null;
        }
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
