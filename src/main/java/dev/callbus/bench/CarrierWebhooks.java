package dev.callbus.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

/** The HTTP requests that Twilio makes for a call: signed forms, posted to the server's public URL. */
final class CarrierWebhooks {
    private final HttpClient client;
    private final LoadTarget target;
    private final WebhookSignature signature;

    /** The webhooks of {@code target}, posted with {@code client}. */
    CarrierWebhooks(HttpClient client, LoadTarget target) {
        this.client = client;
        this.target = target;
        this.signature = new WebhookSignature(target.authToken());
    }

    /** Posts the voice webhook of a new call; fails when the answer connects to no relay. */
    Future<AnsweredTwiml> answer(Map<String, String> call) {
        return post(target.publicUrl() + target.webhookPath(), call).map(AnsweredTwiml::parse);
    }

    /** Posts the {@code <Connect>} action, absolute or relative to the voice webhook, of a call that is over. */
    Future<String> ended(String action, Map<String, String> call) {
        var base = URI.create(target.publicUrl() + target.webhookPath());
        return post(base.resolve(action).toString(), call);
    }

    /** The signature of a WebSocket handshake for {@code url}. */
    String handshake(String url) {
        return signature.of(url, Map.of());
    }

    private Future<String> post(String url, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(target.port())
                .setURI(url.replaceFirst("^https?://[^/]+", ""))
                .putHeader("host", target.publicHost())
                .putHeader("content-type", "application/x-www-form-urlencoded")
                .putHeader("x-twilio-signature", signature.of(url, form));
        return client.request(options)
                .compose(request -> request.send(body)
                        .compose(response -> response.body()
                                .compose(answer -> response.statusCode() / 100 == 2
                                        ? Future.succeededFuture(answer.toString())
                                        : Future.failedFuture("status " + response.statusCode()))));
    }
}
