package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.sandbox.openai.Fault.BeforeHeaders;
import dev.callbus.sandbox.openai.Rule.Manner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model server that answers from a script or as an {@link Improviser} does, on 127.0.0.1, in the wire formats of OpenAI's Chat
 * Completions and Responses.
 */
public final class ModelServer {
    private static final Logger log = LoggerFactory.getLogger(ModelServer.class);
    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final Dialect CHAT = new ChatDialect();
    private static final Dialect RESPONSE = new ResponsesDialect();
    private static final String MODELS = "/v1/models";
    private static final String JSON = "application/json";
    private static final Manner AS_A_MODEL = new Manner(new Pace(Duration.ofMillis(250), Duration.ZERO), Set.of());

    private final Vertx vertx;
    private final String model;
    private final Set<String> missingModels;
    private final int port;
    private final Player player;
    private final RequestLog requests = new RequestLog();
    private final Queue<Fault> ordered = new ConcurrentLinkedQueue<>();
    private @Nullable HttpServer server;
    private int met;

    /** Makes a server that does not listen yet; port 0 means any free one. */
    public ModelServer(Vertx vertx, Script script, int port) {
        this(vertx, script.model(), script.missingModels(), new ScriptPlayer(script), port);
    }

    /** Makes a server of this model, which lets somebody else find the answers; port 0 means any free one. */
    public ModelServer(Vertx vertx, String model, Improviser improviser, int port) {
        this(vertx, model, Set.of(), new ImprovisingPlayer(improviser, AS_A_MODEL), port);
    }

    private ModelServer(Vertx vertx, String model, Set<String> missingModels, Player player, int port) {
        this.vertx = vertx;
        this.model = model;
        this.missingModels = missingModels;
        this.player = player;
        this.port = port;
    }

    /** Begins to listen; fails if the port is taken. */
    public Future<ModelServer> start() {
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(port).setHttp2ClearTextEnabled(false);
        HttpServer starting = vertx.createHttpServer(options).requestHandler(this::route);
        return starting.listen().map(listening -> {
            server = listening;
            log.info("model server listens [url: {}, model: {}]", baseUrl(), model);
            return this;
        });
    }

    /** Stops listening and closes all connections; does nothing if the server never started. */
    public Future<Void> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** Returns the URL to configure in a client, such as {@code http://127.0.0.1:8083/v1}. */
    public String baseUrl() {
        if (server == null) {
            throw new IllegalStateException("the model server has not started");
        }
        return "http://127.0.0.1:" + server.actualPort() + "/v1";
    }

    /** Returns the latest thousand requests, oldest first. */
    public List<RecordedRequest> requests() {
        return requests.requests();
    }

    /** Returns the counts of requests. */
    public Stats stats() {
        return requests.stats();
    }

    /** Adds an observer that is told each request when it has ended, on an event loop. */
    public void observe(Consumer<RecordedRequest> observer) {
        requests.observe(observer);
    }

    /** Has the next requests meet a fault, as many as it says; those of an earlier order come first. */
    public void suffer(Fault fault) {
        ordered.add(fault);
    }

    /** Takes back the faults that were ordered and not met. */
    public void recover() {
        synchronized (ordered) {
            ordered.clear();
            met = 0;
        }
    }

    /** The fault that was ordered for this request. */
    private @Nullable Fault meet() {
        synchronized (ordered) {
            Fault fault = ordered.peek();
            if (fault == null) {
                return null;
            }
            if (fault.times() != Integer.MAX_VALUE && ++met >= fault.times()) {
                ordered.remove();
                met = 0;
            }
            return fault;
        }
    }

    private void route(HttpServerRequest request) {
        String id = Ids.next("req_", 32);
        request.response().putHeader("x-request-id", id).putHeader("openai-version", "2020-10-01");
        switch (String.valueOf(request.path())) {
            case MODELS -> only(HttpMethod.GET, request, () -> models(request));
            case COMPLETIONS -> only(HttpMethod.POST, request, () -> complete(request, id, CHAT));
            case RESPONSES -> only(HttpMethod.POST, request, () -> complete(request, id, RESPONSE));
            default ->
                refuse(
                        request,
                        ApiError.refused(404, "Invalid URL (" + request.method() + " " + request.path() + ")", null));
        }
    }

    private static void only(HttpMethod method, HttpServerRequest request, Runnable handler) {
        if (request.method().equals(method)) {
            handler.run();
            return;
        }
        request.response().putHeader("allow", method.name());
        String message = "Invalid method for URL (" + request.method() + " " + request.path() + ")";
        refuse(request, ApiError.refused(405, message, "method_not_supported"));
    }

    private static void refuse(HttpServerRequest request, ApiError error) {
        request.response()
                .setStatusCode(error.status())
                .putHeader("content-type", JSON)
                .end(error.body().toString());
    }

    private void models(HttpServerRequest request) {
        ApiError unauthorized = Credentials.check(request);
        if (unauthorized != null) {
            refuse(request, unauthorized);
            return;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("object", "list");
        body.putArray("data")
                .addObject()
                .put("id", model)
                .put("object", "model")
                .put("created", 1_700_000_000L)
                .put("owned_by", "callbus");
        request.response().putHeader("content-type", JSON).end(body.toString());
    }

    private void complete(HttpServerRequest request, String id, Dialect dialect) {
        RequestLog.Exchange exchange = requests.open(id);
        var answering = new Answering(vertx, request, exchange);
        ApiError unauthorized = Credentials.check(request);
        request.body().onSuccess(body -> {
            try {
                if (unauthorized != null) {
                    throw unauthorized.refusal();
                }
                answer(read(body, exchange, dialect), dialect, answering, exchange, request);
            } catch (ApiError.Refusal refusal) {
                reply(answering, refusal.error());
            }
        });
    }

    private ChatRequest read(Buffer body, RequestLog.Exchange exchange, Dialect dialect) {
        JsonNode json = RequestReader.parse(body.getBytes());
        exchange.asked(json);
        ChatRequest chat = dialect.read(json);
        if (missingModels.contains(chat.model())) {
            String message = "The model `" + chat.model() + "` does not exist or you do not have access to it.";
            throw ApiError.refused(404, message, "model_not_found").refusal();
        }
        return chat;
    }

    private void answer(
            ChatRequest chat,
            Dialect dialect,
            Answering answering,
            RequestLog.Exchange exchange,
            HttpServerRequest request) {
        Fault fault = meet();
        Cue cue = fault == null ? player.play(chat) : player.play(chat).with(fault);
        exchange.playing(cue.line());
        switch (cue.fault()) {
            case Fault.Fail fail -> fail(fail, answering, request);
            case Fault.Hang(BeforeHeaders before, int times) -> log.debug("request hangs [rule: {}]", cue.line());
            case Fault.Close(BeforeHeaders before, int times) -> answering.close();
            case Fault.Hang hang -> dialect.respond(chat, cue, answering);
            case Fault.Close close -> dialect.respond(chat, cue, answering);
            case Fault.Garbage garbage -> dialect.respond(chat, cue, answering);
            case null -> dialect.respond(chat, cue, answering);
        }
    }

    private static void fail(Fault.Fail fail, Answering answering, HttpServerRequest request) {
        Duration wait = fail.retryAfter();
        if (wait != null) {
            long seconds = wait.plusMillis(999).toSeconds();
            request.response()
                    .putHeader("retry-after", String.valueOf(seconds))
                    .putHeader("retry-after-ms", String.valueOf(wait.toMillis()));
        }
        reply(answering, ApiError.staged(fail.status(), fail.message(), fail.code()));
    }

    private static void reply(Answering answering, ApiError error) {
        answering.reply(error.status(), JSON, error.body().toString(), Duration.ZERO, 0, Outcome.FAILED);
    }
}
