package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Requests webhooks as Twilio does: form-encoded and signed, within a limit. A connection that can't be made is tried once
 * more, with the same idempotency token; nothing else is.
 *
 * <p>Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides, twilio.com/docs/api/errors/11205
 */
public final class WebhookClient {
    private static final int CONNECT_MILLIS = 5000;

    /** So often connections that nobody uses are looked for; Vert.x would each second, in every client. */
    private static final int IDLE_LOOK_MILLIS = 5000;

    private final HttpClient client;
    private final Tunnel tunnel;
    private final TwilioSigner signer;
    private final Duration limit;

    /** A client for the account and the tunnel of a phone network. */
    public WebhookClient(Vertx vertx, PhoneNetworkOptions options) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
                new PoolOptions().setHttp1MaxSize(1000).setCleanerPeriod(IDLE_LOOK_MILLIS));
        this.tunnel = options.tunnel();
        this.signer = new TwilioSigner(options.authToken());
        this.limit = options.times().webhookLimit();
    }

    /** What the server answers; fails with a {@link LineException} if it doesn't. */
    public Future<Answer> request(String method, URI url, Map<String, String> parameters) {
        if (!tunnel.leadsTo(url)) {
            return Future.failedFuture(new LineException(
                    LineException.HTTP_ERROR, url + " is not at " + tunnel.publicUrl() + ", where the tunnel leads"));
        }
        var webhook = method.equals("GET") ? get(url, parameters) : post(url, parameters);
        return webhook.connect()
                .recover(cause -> webhook.connect())
                .compose(webhook::send)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(explain(url, cause)));
    }

    /** Closes its connections. */
    public Future<Void> close() {
        return client.close();
    }

    private Webhook get(URI url, Map<String, String> parameters) {
        var query = (url.getRawQuery() == null ? "" : url.getRawQuery() + "&") + encode(parameters);
        var path = url.getRawPath() + "?" + query;
        var whole = URI.create(url.getScheme() + "://" + url.getRawAuthority() + path);
        var options = options(HttpMethod.GET, url, path)
                .putHeader("X-Twilio-Signature", signer.sign(TwilioSigner.signedUrl(whole)));
        return new Webhook(options, "");
    }

    private Webhook post(URI url, Map<String, String> parameters) {
        var path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        var options = options(HttpMethod.POST, url, path)
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .putHeader("X-Twilio-Signature", signer.sign(TwilioSigner.signedUrl(url), parameters));
        return new Webhook(options, encode(parameters));
    }

    private RequestOptions options(HttpMethod method, URI url, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(tunnel.host())
                .setPort(tunnel.port())
                .setURI(path)
                .setIdleTimeout(limit.toMillis())
                .putHeader("Host", url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort())
                .putHeader("User-Agent", "TwilioProxy/1.1")
                .putHeader("Accept", "*/*")
                .putHeader("I-Twilio-Idempotency-Token", UUID.randomUUID().toString());
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private LineException explain(URI url, Throwable cause) {
        var why = cause instanceof TimeoutException
                ? "no answer within " + limit.toMillis() + " ms"
                : cause instanceof ConnectException ? "no connection" : String.valueOf(cause.getMessage());
        return new LineException(LineException.NO_CONNECTION, url.getPath() + ": " + why);
    }

    /** One request, which can be tried more than once. */
    private final class Webhook {
        private final RequestOptions options;
        private final String body;

        Webhook(RequestOptions options, String body) {
            this.options = options;
            this.body = body;
        }

        Future<HttpClientRequest> connect() {
            return client.request(options);
        }

        Future<Answer> send(HttpClientRequest request) {
            var answer = request.response().compose(Webhook::read);
            return request.end(Buffer.buffer(body)).compose(sent -> answer);
        }

        private static Future<Answer> read(HttpClientResponse response) {
            var type = response.getHeader("Content-Type");
            return response.body()
                    .map(body -> new Answer(response.statusCode(), type == null ? "" : type, body.toString()));
        }
    }

    /** What a webhook answered. */
    public record Answer(int status, String contentType, String body) {

        /** The document; fails if this answer is none. */
        String document(String path) throws LineException {
            if (status < 200 || status > 299) {
                throw new LineException(LineException.HTTP_ERROR, path + " answered HTTP " + status);
            }
            var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (!type.equals("text/xml") && !type.equals("application/xml")) {
                throw new LineException(
                        LineException.BAD_CONTENT_TYPE, path + " answered \"" + contentType + "\", not text/xml");
            }
            return body;
        }
    }
}
