package dev.callbus.sandbox.openai;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class FaultsTest {
    private static final String SCRIPT = """
            rules:
              - {when: {caller: "crash"}, fail: {status: 500, message: "Broken.", retryAfter: 1500ms, times: 2}, say: "Recovered."}
              - {when: {caller: "quota"}, fail: {status: 429, code: insufficient_quota}}
              - {when: {caller: "busy"}, fail: {status: 429, times: 1}}
              - {when: {caller: "silence"}, hang: beforeHeaders}
              - {when: {caller: "freeze"}, hang: {afterTokens: 2}, say: "One two three"}
              - {when: {caller: "slam"}, close: beforeHeaders}
              - {when: {caller: "cut"}, close: {afterTokens: 2}, say: "One two three"}
              - {when: {caller: "noise"}, garbage: true, say: "One"}
            otherwise: {say: "Hello"}
            """;

    @Test
    void failsTheFirstRequestsAndThenRecovers(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            for (int i = 0; i < 2; i++) {
                Wire.Reply reply = wire.post(Wire.says("crash"));
                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.headers().get("retry-after")).isEqualTo("2");
                assertThat(reply.headers().get("retry-after-ms")).isEqualTo("1500");
                assertThat(reply.json().path("error").toString())
                        .isEqualTo("{\"message\":\"Broken.\",\"type\":\"server_error\",\"param\":null,\"code\":null}");
            }
            assertThat(wire.post(Wire.says("crash")).body()).contains("Recovered.");
            assertThat(wire.ended(3))
                    .extracting(RecordedRequest::outcome)
                    .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.COMPLETED);
            assertThat(wire.server.stats()).isEqualTo(new Stats(0, 1, 0, 2));
            assertThat(wire.server.stats().received()).isEqualTo(3);
        }
    }

    @Test
    void namesTheUsualCodesAndFallsThroughWhenUsedUp(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply quota = wire.post(Wire.says("quota"));
            Wire.Reply busy = wire.post(Wire.says("busy"));

            assertThat(quota.status()).isEqualTo(429);
            assertThat(quota.headers().get("retry-after")).isNull();
            assertThat(quota.json().at("/error/type").textValue()).isEqualTo("insufficient_quota");
            assertThat(busy.json().at("/error/code").textValue()).isEqualTo("rate_limit_exceeded");
            assertThat(wire.post(Wire.says("busy")).body()).contains("Hello");
        }
    }

    @Test
    void hangsBeforeTheHeadersUntilTheClientGivesUp(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            HttpClientRequest request = wire.request().await(5, SECONDS);
            Future<HttpClientResponse> response = request.response();
            request.end(Wire.says("silence")).await(5, SECONDS);
            Wire.Reply other = wire.post(Wire.says("hi"));

            assertThat(other.status()).isEqualTo(200);
            assertThat(response.isComplete()).isFalse();
            wire.nextEnded();
            request.reset();
            assertThat(wire.nextEnded())
                    .extracting(RecordedRequest::outcome, RecordedRequest::status)
                    .containsExactly(Outcome.ABORTED, 0);
        }
    }

    @Test
    void hangsAfterSomeTokens(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Promise<String> seen = Promise.promise();
            HttpClientRequest request = wire.request().await(5, SECONDS);
            Future<HttpClientResponse> response = request.response().onSuccess(opened -> {
                var text = new StringBuilder();
                opened.exceptionHandler(reset -> {});
                opened.handler(buffer -> {
                    text.append(buffer);
                    if (text.toString().contains(" two")) {
                        seen.tryComplete(text.toString());
                    }
                });
            });
            request.end(Wire.says("freeze")).await(5, SECONDS);

            assertThat(response.await(5, SECONDS).statusCode()).isEqualTo(200);
            assertThat(seen.future().await(5, SECONDS)).doesNotContain("three").doesNotContain("DONE");
            request.reset();
            assertThat(wire.nextEnded())
                    .extracting(RecordedRequest::outcome, RecordedRequest::tokens)
                    .containsExactly(Outcome.ABORTED, 2);
        }
    }

    @Test
    void closesBeforeTheHeaders(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            assertThatThrownBy(() -> wire.post(Wire.says("slam"))).isInstanceOf(HttpClosedException.class);
            assertThat(wire.nextEnded().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void closesAfterSomeTokens(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            var text = new StringBuilder();
            Promise<Throwable> broken = Promise.promise();
            HttpClientRequest request = wire.request().await(5, SECONDS);
            request.response().onSuccess(response -> {
                response.exceptionHandler(broken::tryComplete);
                response.endHandler(ended -> broken.tryFail("the response ended in order"));
                response.handler(buffer -> text.append(buffer));
            });
            request.end(Wire.says("cut")).await(5, SECONDS);

            assertThat(broken.future().await(5, SECONDS)).isInstanceOf(HttpClosedException.class);
            assertThat(text.toString()).contains("\"One\"", "\" two\"").doesNotContain("three", "DONE");
            assertThat(wire.nextEnded())
                    .extracting(RecordedRequest::outcome, RecordedRequest::tokens)
                    .containsExactly(Outcome.FAILED, 2);
        }
    }

    @Test
    void sendsGarbage(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply stream = wire.post(Wire.says("noise"));
            Wire.Reply whole = wire.post(Wire.says("noise").replace("true", "false"));

            assertThat(stream.data())
                    .contains(
                            "{\"choices\":[{\"delta\":{\"content\":\"Hel", "<html><body>502 Bad Gateway</body></html>");
            assertThat(whole.body()).isEqualTo("{\"choices\":[{\"mess");
            assertThat(wire.ended(2)).extracting(RecordedRequest::outcome).containsOnly(Outcome.FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence", "freeze"})
    void hangsWithoutStream(String words, Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            HttpClientRequest request = wire.request().await(5, SECONDS);
            Future<HttpClientResponse> response = request.response();
            request.end(Wire.says(words).replace("true", "false")).await(5, SECONDS);
            wire.post(Wire.says("hi"));
            wire.nextEnded();

            assertThat(response.isComplete()).isFalse();
            request.reset();
            assertThat(wire.nextEnded().outcome()).isEqualTo(Outcome.ABORTED);
        }
    }

    @Test
    void noticesThatTheClientIsGone(Vertx vertx) throws Exception {
        String slow = "{pace: {firstToken: 1s, token: 600s}, otherwise: {say: One two three}}";
        try (var wire = new Wire(vertx, slow)) {
            HttpClientRequest request = wire.request().await(5, SECONDS);
            HttpClientResponse response = request.send(Wire.says("hi")).await(5, SECONDS);

            response.exceptionHandler(reset -> {});
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(wire.server.stats()).isEqualTo(new Stats(1, 0, 0, 0));
            request.reset();
            RecordedRequest ended = wire.nextEnded();
            assertThat(ended.outcome()).isEqualTo(Outcome.ABORTED);
            assertThat(ended.tokens()).isLessThan(3);
            assertThat(ended.body()).isEqualTo(Wire.json(Wire.says("hi")));
            assertThat(wire.server.stats()).isEqualTo(new Stats(0, 0, 1, 0));
            assertThat(wire.server.requests()).containsExactly(ended);
        }
    }
}
