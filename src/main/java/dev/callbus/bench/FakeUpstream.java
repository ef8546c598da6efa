package dev.callbus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A fake model service on 127.0.0.1 that speaks OpenAI's Chat Completions with a fixed pace, and measures how well it
 * keeps that pace ({@code GET /__stats}, {@code POST /__reset}).
 */
final class FakeUpstream extends VerticleBase {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final int ttft;
    private final int itd;
    private final int tokens;
    private final AnswerScript script;
    private @Nullable AnswerClock clock;
    private @Nullable HttpServer server;
    private long requests;
    private long refused;

    /** A service on {@code port} (0 for a free one): {@code ttft} ms to the first of {@code tokens} tokens, then one each {@code itd} ms. */
    FakeUpstream(int port, int ttft, int itd, int tokens) {
        this.port = port;
        this.ttft = ttft;
        this.itd = itd;
        this.tokens = tokens;
        this.script = AnswerScript.of(tokens);
    }

    @Override
    public Future<?> start() {
        clock = new AnswerClock(vertx, script, ttft, itd);
        server = vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(4096));
        return server.requestHandler(this::handle).listen(port, "127.0.0.1");
    }

    /** The port that it listens on. */
    int port() {
        return Objects.requireNonNull(server, "started").actualPort();
    }

    private void handle(HttpServerRequest request) {
        switch (request.method() + " " + request.path()) {
            case "POST /v1/chat/completions" ->
                request.bodyHandler(body -> complete(request, body, Objects.requireNonNull(clock)));
            case "GET /v1/models" ->
                json(request, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"bench\",\"object\":\"model\"}]}");
            case "GET /__stats" -> json(request, 200, stats(Objects.requireNonNull(clock)));
            case "POST /__reset" -> reset(request, Objects.requireNonNull(clock));
            default -> refuse(request, 404, "there is nothing at this path");
        }
    }

    private void complete(HttpServerRequest request, Buffer body, AnswerClock clock) {
        JsonNode asked;
        try {
            asked = JSON.readTree(body.getBytes());
        } catch (IOException e) {
            refuse(request, 400, "the body is not JSON");
            return;
        }
        if (asked.path("messages").isEmpty()) {
            refuse(request, 400, "Missing required parameter: 'messages'.");
            return;
        }
        requests++;
        if (!asked.path("stream").asBoolean()) {
            vertx.setTimer(Math.max(1, ttft), timer -> json(request, 200, script.whole()));
            return;
        }
        var response = request.response();
        response.putHeader("content-type", "text/event-stream; charset=utf-8").setChunked(true);
        response.writeHead();
        clock.answer(response);
    }

    private void reset(HttpServerRequest request, AnswerClock clock) {
        clock.reset();
        requests = 0;
        refused = 0;
        json(request, 200, "{}");
    }

    private String stats(AnswerClock clock) {
        var settings = Map.of("ttft", ttft, "itd", itd, "tokens", tokens);
        var counters = Map.of(
                "requests",
                requests,
                "refused",
                refused,
                "active",
                (long) clock.active(),
                "completed",
                clock.completed(),
                "aborted",
                clock.aborted());
        return JSON.valueToTree(Map.of(
                        "pid",
                        ProcessHandle.current().pid(),
                        "settings",
                        settings,
                        "counters",
                        counters,
                        "lateness",
                        clock.lateness().spread(0)))
                .toString();
    }

    private void refuse(HttpServerRequest request, int status, String message) {
        refused++;
        json(
                request,
                status,
                JSON.createObjectNode()
                        .set(
                                "error",
                                JSON.createObjectNode().put("message", message).put("type", "invalid_request_error"))
                        .toString());
    }

    private static void json(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }

    /** Runs the service until the process ends; its first line of output is {@code listening on PORT}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Launch()).execute(args));
    }

    /** The command line of the service. */
    @Command(name = "upstream", description = "A fake OpenAI Chat Completions service with a fixed pace.")
    static final class Launch implements Callable<Integer> {
        @Option(names = "--port", defaultValue = "0", description = "Port on 127.0.0.1; 0 takes a free one.")
        private int port;

        @Option(names = "--ttft", defaultValue = "200", description = "Milliseconds to the first token.")
        private int ttft;

        @Option(names = "--itd", defaultValue = "20", description = "Milliseconds between tokens.")
        private int itd;

        @Option(names = "--tokens", defaultValue = "20", description = "Tokens of an answer.")
        private int tokens;

        @Override
        public Integer call() throws InterruptedException {
            var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            var upstream = new FakeUpstream(port, ttft, itd, tokens);
            vertx.deployVerticle(upstream).await();
            System.out.println("listening on " + upstream.port());
            Thread.currentThread().join();
            return 0;
        }
    }
}
