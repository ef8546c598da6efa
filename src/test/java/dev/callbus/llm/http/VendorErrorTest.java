package dev.callbus.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import io.vertx.core.MultiMap;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a vendor's refusal means. */
class VendorErrorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    private ModelEvent.Failed failed(int status, String body) {
        return VendorError.of(status, headers, body, new ObjectMapper());
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, context_length_exceeded, REJECTED",
        "400, invalid_request_error, content_filter, FILTERED",
        "401, invalid_request_error, invalid_api_key, UNAUTHORIZED",
        "403, , unsupported_country_region_territory, UNAUTHORIZED",
        "404, , model_not_found, REJECTED",
        "408, , , UNAVAILABLE",
        "409, , conflict, UNAVAILABLE",
        "422, , , REJECTED",
        "429, requests, rate_limit_exceeded, RATE_LIMITED",
        "429, tokens, rate_limit_exceeded, RATE_LIMITED",
        "429, insufficient_quota, , QUOTA_EXHAUSTED",
        "429, , insufficient_quota, QUOTA_EXHAUSTED",
        "500, server_error, , UNAVAILABLE",
        "503, , overloaded, UNAVAILABLE",
        "302, , , REJECTED",
    })
    void theStatusAndTheCodeTellTheFailure(int status, String type, String code, ModelFailure expected) {
        var error = new ObjectMapper().createObjectNode();
        error.putObject("error").put("message", "x").put("type", type).put("code", code);
        assertThat(failed(status, error.toString()).failure()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>502</html>", "null", "[]", "{\"error\":\"words\"}", "{\"error\":null}", "{"})
    void aBodyOfAnyShapeIsUnderstood(String body) {
        assertThat(failed(502, body)).isEqualTo(new ModelEvent.Failed(ModelFailure.UNAVAILABLE, "HTTP 502"));
    }

    @Test
    void theDetailHoldsIdentifiersAndNoMessage() {
        var body =
                "{\"error\":{\"message\":\"my secret\",\"type\":\"t\",\"code\":\"c\",\"param\":\"p\",\"x\":\"my secret\"}}";
        assertThat(failed(400, body).detail()).isEqualTo("HTTP 400 type=t code=c param=p");
    }

    @ParameterizedTest
    @CsvSource({
        "500, false, REJECTED",
        "429, false, REJECTED",
        "401, false, UNAUTHORIZED",
        "400, true, UNAVAILABLE",
        "401, true, UNAUTHORIZED",
        "429, true, RATE_LIMITED",
        "500, maybe, UNAVAILABLE",
    })
    void theVendorsAdviceGoesFirst(int status, String advice, ModelFailure expected) {
        headers.set("X-Should-Retry", advice);
        assertThat(failed(status, "").failure()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "120, 7, 120",
        "120.9, , 120",
        "soon, 2, 2000",
        "soon, soon, ",
        ", 2, 2000",
        ", 0.25, 250",
        ", 0, 0",
        ", -1, ",
        ", NaN, ",
        ", 1d, ",
        ", , ",
        ", 99999999999999999999, ",
    })
    void theWaitIsReadFromNumbers(String millis, String seconds, Long expected) {
        if (millis != null) {
            headers.set("retry-after-ms", millis);
        }
        if (seconds != null) {
            headers.set("Retry-After", seconds);
        }
        assertThat(VendorError.retryAfterMillis(headers, NOW)).isEqualTo(expected);
    }

    @Test
    void theWaitIsReadFromADate() {
        headers.set("Retry-After", "Sat, 21 Nov 2026 10:00:03 GMT");
        assertThat(VendorError.retryAfterMillis(headers, NOW)).isEqualTo(3000);
    }

    @Test
    void anEmptyWaitIsNone() {
        headers.set("Retry-After", "");
        assertThat(VendorError.retryAfterMillis(headers, NOW)).isNull();
    }
}
