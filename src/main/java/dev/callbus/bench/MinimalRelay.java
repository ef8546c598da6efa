package dev.callbus.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The yardstick: the smallest reasonable relay between ConversationRelay and a streaming model, without bus, tools, state
 * or checks. It reads the same environment as the server it is compared with: {@code PORT}, {@code HOST},
 * {@code SERVER_BASE_URL}, {@code OPENAI_BASE_URL}, {@code OPENAI_API_KEY}, {@code OPENAI_MODEL}.
 */
public final class MinimalRelay extends VerticleBase {
    private static final String RELAY_PATH = "/conversation-relay/";
    private static final int MODEL_CONNECTIONS = 10_000;

    private final Map<String, String> environment;
    private @Nullable HttpServer server;
    private @Nullable MinimalModel model;

    MinimalRelay(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Future<?> start() {
        var client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(MODEL_CONNECTIONS));
        var completions = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(setting("OPENAI_BASE_URL", "http://127.0.0.1:9100/v1") + "/chat/completions")
                .putHeader("authorization", "Bearer " + setting("OPENAI_API_KEY", ""))
                .putHeader("content-type", "application/json");
        model = new MinimalModel(client, completions, setting("OPENAI_MODEL", "bench"));
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setAcceptBacklog(4096)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setPerFrameWebSocketCompressionSupported(false))
                .requestHandler(this::answerRequest)
                .webSocketHandler(this::answerCall);
        return server.listen(Integer.parseInt(setting("PORT", "3000")), setting("HOST", "127.0.0.1"));
    }

    /** The port that it listens on. */
    int port() {
        return Objects.requireNonNull(server, "started").actualPort();
    }

    private void answerCall(ServerWebSocket socket) {
        if (socket.path().startsWith(RELAY_PATH)) new MinimalCall(socket, Objects.requireNonNull(model)).begin();
        else socket.close((short) 1008, "no relay at this path");
    }

    private void answerRequest(HttpServerRequest request) {
        switch (request.method() + " " + request.path()) {
            case "GET /healthz" -> request.response().end("ok");
            case "POST /connectConversationRelay" -> twiml(request, connect());
            case "POST /connectAction" -> twiml(request, "<Response/>");
            default -> request.response().setStatusCode(404).end();
        }
    }

    private String connect() {
        var host = setting("SERVER_BASE_URL", "bench.example");
        return """
                <?xml version="1.0" encoding="UTF-8"?><Response><Connect action="https://%s/connectAction">\
                <ConversationRelay url="wss://%s%scall"/></Connect></Response>""".formatted(host, host, RELAY_PATH);
    }

    private static void twiml(HttpServerRequest request, String twiml) {
        request.bodyHandler(
                form -> request.response().putHeader("content-type", "text/xml").end(twiml));
    }

    private String setting(String name, String otherwise) {
        return environment.getOrDefault(name, otherwise);
    }

    /** Serves until the process is ended. */
    public static void main(String[] args) {
        var loops = Runtime.getRuntime().availableProcessors();
        Vertx.vertx()
                .deployVerticle(() -> new MinimalRelay(System.getenv()), new DeploymentOptions().setInstances(loops))
                .await();
    }
}
