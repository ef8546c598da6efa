package dev.callbus.sandbox.twilio.rest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client of the sandbox's REST API that checks all it sends and receives against one of Twilio's OpenAPI documents: a request
 * that is granted must be as documented, and so must each answer.
 */
final class TwilioClient {
    private final WebClient client;
    private final TwilioOpenApi document;
    private final String baseUrl;
    private final String accountSid;
    private final String authToken;

    TwilioClient(Vertx vertx, TwilioOpenApi document, String baseUrl, String accountSid, String authToken) {
        this.client = WebClient.create(vertx);
        this.document = document;
        this.baseUrl = baseUrl;
        this.accountSid = accountSid;
        this.authToken = authToken;
    }

    Answer get(String path) {
        return send(HttpMethod.GET, path, MultiMap.caseInsensitiveMultiMap(), null);
    }

    Answer post(String path, String... form) {
        return send(HttpMethod.POST, path, form(form), null);
    }

    Answer postIfMatch(String revision, String path, String... form) {
        return send(HttpMethod.POST, path, form(form), revision);
    }

    Answer delete(String path) {
        return send(HttpMethod.DELETE, path, MultiMap.caseInsensitiveMultiMap(), null);
    }

    Answer deleteIfMatch(String revision, String path) {
        return send(HttpMethod.DELETE, path, MultiMap.caseInsensitiveMultiMap(), revision);
    }

    /** What a future becomes within five seconds. */
    static <T> T await(Future<T> future) {
        try {
            return future.await(5, SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not within five seconds", e);
        }
    }

    private Answer send(HttpMethod method, String path, MultiMap form, @Nullable String ifMatch) {
        var request = client.requestAbs(method, baseUrl + path).basicAuthentication(accountSid, authToken);
        if (ifMatch != null) {
            request.putHeader("If-Match", ifMatch);
        }
        var response = await(form.isEmpty() ? request.send() : request.sendForm(form));
        check(method, path, form, response);
        return new Answer(response);
    }

    private void check(HttpMethod method, String path, MultiMap form, HttpResponse<Buffer> response) {
        var uri = new QueryStringDecoder(path);
        var query = MultiMap.caseInsensitiveMultiMap();
        uri.parameters().forEach(query::add);
        var operation = document.find(method.name(), uri.rawPath()).orElseThrow();
        assertThat(operation.faultsOfAnswer(response.statusCode(), text(response)))
                .isEmpty();
        if (response.statusCode() < 400) {
            assertThat(operation.faultsOfRequest(query, form)).isEmpty();
        }
    }

    private static String text(HttpResponse<Buffer> response) {
        return response.body() == null ? "" : response.bodyAsString();
    }

    private static MultiMap form(String... pairs) {
        var form = MultiMap.caseInsensitiveMultiMap();
        for (var i = 0; i < pairs.length; i += 2) {
            form.add(pairs[i], pairs[i + 1]);
        }
        return form;
    }

    /** What the server said. */
    record Answer(HttpResponse<Buffer> response) {

        int status() {
            return response.statusCode();
        }

        JsonObject body() {
            return response.bodyAsJsonObject();
        }

        String text(String member) {
            return body().getString(member);
        }

        /** Checks that it is a refusal with this status and code. */
        void isRefusal(int status, int code) {
            assertThat(status()).isEqualTo(status);
            assertThat(body().getInteger("code")).isEqualTo(code);
        }
    }
}
