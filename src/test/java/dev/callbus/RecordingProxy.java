package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A way to a REST server on which everything that passes is kept, and which can be cut between two requests. */
final class RecordingProxy {
    private static final List<String> HEADERS = List.of("authorization", "content-type", "accept", "if-match");

    private final Vertx vertx;
    private final Supplier<String> target;
    private final HttpClient client;
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Order> order = new AtomicReference<>();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private int port;

    /** @param target the base URL of the server */
    RecordingProxy(Vertx vertx, Supplier<String> target) {
        this.vertx = vertx;
        this.target = target;
        this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    }

    /** A request that passed and its answer. */
    record Exchange(String method, URI uri, String form, int status, String answer) {
        MultiMap query() {
            return uri.getRawQuery() == null ? MultiMap.caseInsensitiveMultiMap() : parameters(uri.getRawQuery());
        }

        MultiMap formParameters() {
            return form.isEmpty() ? MultiMap.caseInsensitiveMultiMap() : parameters(form);
        }

        private static MultiMap parameters(String encoded) {
            var parameters = MultiMap.caseInsensitiveMultiMap();
            new QueryStringDecoder(encoded, false).parameters().forEach(parameters::add);
            return parameters;
        }
    }

    /** Opens it. Its port stays bound until Vert.x closes: one that is given up may go to any connection meanwhile. */
    Future<Void> open() {
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .connectionHandler(this::meet)
                .requestHandler(this::receive)
                .listen()
                .map(listening -> {
                    port = listening.actualPort();
                    return null;
                });
    }

    /** Closes all connections, and new ones at once, until it is mended. */
    void cut() {
        cut = true;
        connections.forEach(HttpConnection::close);
    }

    /** Lets requests pass again. */
    void mend() {
        cut = false;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Has something done once, when so many requests of this kind have passed and before the next one does. */
    Order afterRequests(int count, Predicate<HttpServerRequest> kind, Supplier<Future<Void>> action) {
        var placed = new Order(kind, action, count);
        order.set(placed);
        return placed;
    }

    private void meet(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
        if (cut) {
            connection.close();
        }
    }

    private void receive(HttpServerRequest request) {
        request.body()
                .compose(body -> due(request).compose(done -> forward(request, body)))
                .onFailure(cause -> request.connection().close());
    }

    private Future<Void> due(HttpServerRequest request) {
        var placed = order.get();
        return placed == null ? Future.succeededFuture() : placed.count(request);
    }

    private Future<Void> forward(HttpServerRequest request, Buffer body) {
        var options = new RequestOptions().setMethod(request.method()).setAbsoluteURI(target.get() + request.uri());
        return client.request(options)
                .compose(onward -> {
                    for (var name : HEADERS) {
                        var value = request.getHeader(name);
                        if (value != null) {
                            onward.putHeader(name, value);
                        }
                    }
                    return onward.send(body)
                            .compose(answer -> answer.body().map(text -> {
                                exchanges.add(new Exchange(
                                        request.method().name(),
                                        URI.create(request.uri()),
                                        body.toString(),
                                        answer.statusCode(),
                                        text.toString()));
                                return new Answer(answer, text);
                            }));
                })
                .compose(answer -> {
                    var type = answer.head.getHeader("content-type");
                    if (type != null) {
                        request.response().putHeader("content-type", type);
                    }
                    return request.response()
                            .setStatusCode(answer.head.statusCode())
                            .end(answer.body);
                });
    }

    private record Answer(HttpClientResponse head, Buffer body) {}

    /** Something that is done once, between two requests. */
    static final class Order {
        private final Predicate<HttpServerRequest> kind;
        private final Supplier<Future<Void>> action;
        private int left;

        private Order(Predicate<HttpServerRequest> kind, Supplier<Future<Void>> action, int left) {
            this.kind = kind;
            this.action = action;
            this.left = left;
        }

        /** Whether it has been done. */
        synchronized boolean isDone() {
            return left < 0;
        }

        private synchronized Future<Void> count(HttpServerRequest request) {
            return kind.test(request) && left-- == 0 ? action.get() : Future.succeededFuture();
        }
    }

    /** What a future becomes within fifteen seconds. */
    static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(15, SECONDS);
    }
}
