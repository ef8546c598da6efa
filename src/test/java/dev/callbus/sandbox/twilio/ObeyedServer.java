package dev.callbus.sandbox.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A server that Twilio would obey: webhooks and relay sockets on loopback, with all that arrives kept for the test. */
final class ObeyedServer implements AutoCloseable {
    static final String PUBLIC_URL = "https://voice.example.com";

    private final Vertx vertx;
    private final HttpServer server;
    private final Map<String, Function<Webhook, Answer>> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<Webhook> webhooks = new LinkedBlockingQueue<>();
    private final BlockingQueue<AppSocket> sockets = new LinkedBlockingQueue<>();
    volatile int handshakeStatus = 101;
    volatile String handshakeUri = "";
    volatile String handshakeHost = "";
    volatile String handshakeSignature = "";

    ObeyedServer() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(this::webhook)
                .webSocketHandshakeHandler(this::handshake)
                .webSocketHandler(this::open);
        server.listen(0, "127.0.0.1").await(5, SECONDS);
    }

    int port() {
        return server.actualPort();
    }

    Tunnel tunnel() {
        return new Tunnel(URI.create(PUBLIC_URL), "127.0.0.1", port());
    }

    /** Answers this path's webhooks with this TwiML. */
    ObeyedServer twiml(String path, String twiml) {
        return answer(path, webhook -> new Answer(200, "text/xml; charset=utf-8", twiml));
    }

    ObeyedServer answer(String path, Function<Webhook, Answer> answer) {
        answers.put(path, answer);
        return this;
    }

    /** The next webhook that Twilio requests. */
    Webhook webhook() throws InterruptedException {
        var webhook = webhooks.poll(5, SECONDS);
        assertThat(webhook).as("a webhook").isNotNull();
        return webhook == null ? new Webhook("", "", "", Map.of(), Map.of()) : webhook;
    }

    /** The webhooks that have come and were not taken so far. */
    List<Webhook> untaken() {
        var untaken = new ArrayList<Webhook>();
        webhooks.drainTo(untaken);
        return untaken;
    }

    boolean hasNoWebhookFor(long millis) throws InterruptedException {
        return webhooks.poll(millis, TimeUnit.MILLISECONDS) == null;
    }

    /** The next relay socket that Twilio opens. */
    AppSocket socket() throws InterruptedException {
        var socket = sockets.poll(5, SECONDS);
        if (socket == null) {
            throw new AssertionError("no socket was opened");
        }
        return socket;
    }

    private void webhook(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var query = request.query() == null ? "" : request.query();
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
            var form = request.method().name().equals("GET") ? query : body.toString();
            var webhook = new Webhook(request.method().name(), request.path(), request.uri(), headers, decode(form));
            webhooks.add(webhook);
            var answer = answers.getOrDefault(request.path(), unknown -> new Answer(404, "text/plain", ""))
                    .apply(webhook);
            if (answer.status > 0) {
                request.response()
                        .setStatusCode(answer.status)
                        .putHeader("Content-Type", answer.contentType)
                        .end(answer.body);
            }
        });
    }

    private void handshake(ServerWebSocketHandshake handshake) {
        handshakeUri = handshake.uri();
        handshakeHost = String.valueOf(handshake.headers().get("Host"));
        handshakeSignature = String.valueOf(handshake.headers().get("X-Twilio-Signature"));
        if (handshakeStatus == 101) {
            handshake.accept();
        } else {
            handshake.reject(handshakeStatus);
        }
    }

    private void open(ServerWebSocket socket) {
        sockets.add(new AppSocket(socket));
    }

    private static Map<String, String> decode(String form) {
        var parameters = new TreeMap<String, String>();
        for (var pair : form.split("&", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                parameters.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(10, SECONDS);
    }

    /** A webhook as it came. */
    record Webhook(String method, String path, String uri, Map<String, String> headers, Map<String, String> form) {

        /** The signature that it ought to have, computed from what came. */
        String dueSignature(String authToken) throws Exception {
            var data = new StringBuilder(PUBLIC_URL + uri);
            if (method.equals("POST")) {
                form.forEach((name, value) -> data.append(name).append(value));
            }
            return Hmac.sha1(authToken, data.toString());
        }

        String signature() {
            return headers.getOrDefault("X-Twilio-Signature", "");
        }
    }

    /** What a webhook is answered with; status 0 is no answer at all. */
    record Answer(int status, String contentType, String body) {}
}
