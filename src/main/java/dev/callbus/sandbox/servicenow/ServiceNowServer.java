package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.ServiceNowFaults.Fault;
import dev.callbus.sandbox.servicenow.ServiceNowFaults.State;
import dev.callbus.sandbox.servicenow.platform.Refusal;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A ServiceNow instance on a port of this machine: the Table API with its shapes, rules and refusals over an embedded database
 * with a fixed seed, and with troubles on order. All that blocks runs on threads of its own.
 */
public final class ServiceNowServer {
    private static final int WORKERS = 4;
    private static final Buffer HIBERNATING = Buffer.buffer("""
            <!DOCTYPE html>
            <html><head><title>Instance Hibernating page</title></head>
            <body><h1>Your instance is hibernating</h1><p>Sign in to developer.servicenow.com to wake it.</p></body></html>
            """);

    private final Vertx vertx;
    private final ServiceNowOptions options;
    private final Clock clock;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final ServiceNowFaults faults = new ServiceNowFaults(this::hangUpAll);
    private @Nullable WorkerExecutor workers;
    private @Nullable HttpServer server;
    private volatile @Nullable Ledger ledger;
    private volatile @Nullable Instance instance;

    public ServiceNowServer(Vertx vertx, ServiceNowOptions options) {
        this(vertx, options, LoopTime.clock());
    }

    /** One whose time is given. */
    ServiceNowServer(Vertx vertx, ServiceNowOptions options, Clock clock) {
        this.vertx = vertx;
        this.options = options;
        this.clock = clock;
    }

    /** Opens the database, fills a new one with the seed, and listens. */
    public Future<ServiceNowServer> start() {
        var executor = vertx.createSharedWorkerExecutor("servicenow-sandbox-" + System.identityHashCode(this), WORKERS);
        workers = executor;
        return executor.executeBlocking(this::open, false)
                .compose(opened -> vertx.createHttpServer(
                                new HttpServerOptions().setHost("127.0.0.1").setPort(options.port()))
                        .connectionHandler(this::onConnection)
                        .requestHandler(request -> onRequest(started(instance), request))
                        .listen())
                .map(listening -> {
                    server = listening;
                    return this;
                })
                .recover(failure -> close().transform(closed -> Future.failedFuture(failure)));
    }

    private Instance open() {
        var opened = new Ledger(options.database().url());
        ledger = opened;
        var ready = new Instance(options, opened.platform(), clock);
        instance = ready;
        return ready;
    }

    /** Where it is, such as {@code http://127.0.0.1:40123}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + started(server).actualPort();
    }

    /** The troubles that may be ordered. */
    public ServiceNowFaults faults() {
        return faults;
    }

    /** What was really committed. */
    public Ledger ledger() {
        return started(ledger);
    }

    /** Remembers all records as they are now, for {@link #restore}. */
    public Future<Void> remember() {
        return started(workers)
                .executeBlocking(
                        () -> {
                            ledger().remember();
                            return null;
                        },
                        false);
    }

    /**
     * Is as it was when it was remembered: its records, its counts and its logins; no write and no trouble since has happened.
     * Connections are closed.
     */
    public Future<Void> restore() {
        hangUpAll();
        faults.clear();
        return started(workers)
                .executeBlocking(
                        () -> {
                            ledger().restore();
                            instance = new Instance(options, ledger().platform(), clock);
                            return null;
                        },
                        false);
    }

    /** Stops listening and closes the database; one in memory is gone. */
    public Future<Void> close() {
        var listening = server == null ? Future.<Void>succeededFuture() : server.close();
        return listening.eventually(() -> workers == null ? Future.succeededFuture() : closeDatabase(workers));
    }

    private Future<Void> closeDatabase(WorkerExecutor executor) {
        return executor.<Void>executeBlocking(
                        () -> {
                            if (ledger != null) {
                                ledger.platform().close();
                            }
                            return null;
                        },
                        false)
                .eventually(executor::close);
    }

    private void onConnection(HttpConnection connection) {
        if (faults.state() == State.DOWN) {
            connection.close();
        } else {
            connections.add(connection);
            connection.closeHandler(closed -> connections.remove(connection));
        }
    }

    private void hangUpAll() {
        var open = List.copyOf(connections);
        connections.clear();
        open.forEach(HttpConnection::close);
    }

    private void onRequest(Instance ready, HttpServerRequest request) {
        request.body().onSuccess(body -> onBody(ready, request, ApiRequest.of(request, body)));
    }

    private void onBody(Instance ready, HttpServerRequest request, ApiRequest asked) {
        if (!connections.contains(request.connection())) {
            // It was hung up on, even if the request was read before its end.
            return;
        }
        switch (faults.state()) {
            case DOWN -> request.connection().close();
            case HIBERNATING -> send(request, ApiReply.of(200, "text/html;charset=UTF-8", HIBERNATING));
            case UP -> {
                var fault = faults.meet(asked.method(), asked.path());
                if (fault.isPresent()) {
                    suffer(ready, request, asked, fault.get());
                } else {
                    answer(ready, asked).onSuccess(reply -> send(request, reply));
                }
            }
        }
    }

    private void suffer(Instance ready, HttpServerRequest request, ApiRequest asked, Fault fault) {
        switch (fault) {
            case Fault.Refused(var status) -> send(request, ApiReply.refused(refusal(status)));
            case Fault.Throttled(var retryAfter) -> send(request, throttled(retryAfter));
            case Fault.Ignored() -> request.connection().close();
            case Fault.Lost() ->
                answer(ready, asked).onComplete(done -> request.connection().close());
            case Fault.AnsweredLate(var delay) ->
                answer(ready, asked).onSuccess(reply -> vertx.setTimer(delay.toMillis(), late -> send(request, reply)));
            case Fault.DoneLate(var delay) ->
                vertx.setTimer(delay.toMillis(), late -> answer(ready, asked).onSuccess(reply -> send(request, reply)));
            case Fault.Truncated() ->
                answer(ready, asked)
                        .onSuccess(reply -> send(
                                request,
                                new ApiReply(
                                        reply.status(),
                                        reply.headers(),
                                        reply.body().slice(0, reply.body().length() / 2))));
            case Fault.Garbled() ->
                answer(ready, asked)
                        .onSuccess(reply -> send(
                                request,
                                ApiReply.of(200, "application/json;charset=UTF-8", Buffer.buffer("<<not json>>"))));
        }
    }

    private Future<ApiReply> answer(Instance ready, ApiRequest asked) {
        return started(workers).executeBlocking(() -> ready.answer(asked), false);
    }

    private ApiReply throttled(Duration retryAfter) {
        var seconds = Long.toString(retryAfter.toSeconds());
        var limit = Integer.toString(options.requestsPerHour());
        return ApiReply.refused(new Refusal(
                        429,
                        "Rate limit exceeded",
                        "Rate limit of " + limit + " requests per hour for Table API exceeded"))
                .with("retry-after", seconds)
                .with("x-ratelimit-limit", limit)
                .with(
                        "x-ratelimit-reset",
                        Long.toString(clock.instant().plus(retryAfter).getEpochSecond()))
                .with("x-ratelimit-rule", HourlyLimit.RULE);
    }

    private static Refusal refusal(int status) {
        return status == 401
                ? new Refusal(401, "User Not Authenticated", "Required to provide Auth information")
                : new Refusal(status, "Fault of the sandbox", null);
    }

    private static void send(HttpServerRequest request, ApiReply reply) {
        var response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        response.headers().setAll(reply.headers());
        if (reply.status() == 204) {
            response.end();
        } else {
            response.end(reply.body());
        }
    }

    private static <T> T started(@Nullable T part) {
        return Objects.requireNonNull(part, "not started");
    }
}
