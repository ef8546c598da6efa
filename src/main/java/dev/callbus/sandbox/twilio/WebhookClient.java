package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Posts webhooks as Twilio does: form-encoded, signed, within 15 seconds, once more if the connection fails, with the same
 * idempotency token.
 *
 * <p>Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
final class WebhookClient {
    private static final int LIMIT_MILLIS = 15_000;

    private final HttpClient client;
    private final Tunnel tunnel;
    private final TwilioSigner signer;

    WebhookClient(Vertx vertx, Tunnel tunnel, TwilioSigner signer) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(5000), new PoolOptions().setHttp1MaxSize(64));
        this.tunnel = tunnel;
        this.signer = signer;
    }

    /** Posts; fails when there is no answer. */
    Future<Answer> post(URI url, Map<String, String> parameters) {
        if (!tunnel.leadsTo(url)) {
            return Future.failedFuture("the sandbox reaches " + tunnel.publicUrl() + " only, not " + url);
        }
        var token = UUID.randomUUID().toString();
        return attempt(url, parameters, token).recover(cause -> attempt(url, parameters, token));
    }

    Future<Void> close() {
        return client.close();
    }

    private Future<Answer> attempt(URI url, Map<String, String> parameters, String token) {
        var path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(tunnel.host())
                .setPort(tunnel.port())
                .setURI(path)
                .setTimeout(LIMIT_MILLIS)
                .putHeader("Host", url.getAuthority())
                .putHeader("User-Agent", "TwilioProxy/1.1")
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .putHeader("X-Twilio-Signature", signer.sign(url.toString(), parameters))
                .putHeader("I-Twilio-Idempotency-Token", token);
        return client.request(options).compose(request -> {
            var answer = request.response().compose(WebhookClient::read);
            return request.end(Buffer.buffer(encode(parameters))).compose(sent -> answer);
        });
    }

    private static Future<Answer> read(HttpClientResponse response) {
        var type = response.getHeader("Content-Type");
        return response.body()
                .map(body -> new Answer(response.statusCode(), type == null ? "" : type, body.toString()));
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What a webhook answered. */
    record Answer(int status, String contentType, String body) {
        boolean isXml() {
            return contentType.startsWith("text/xml") || contentType.startsWith("application/xml");
        }
    }
}
