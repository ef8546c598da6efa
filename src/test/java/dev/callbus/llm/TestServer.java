package dev.callbus.llm;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers each request, one a connection, with exactly the bytes of its script; the last step repeats. */
final class TestServer {
    static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private final List<String> models = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Step> script;
    private final NetServer server;

    TestServer(Vertx vertx, List<Step> script) throws Exception {
        this.script = script;
        server = vertx.createNetServer()
                .connectHandler(this::serve)
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1");
    }

    /** The models that were asked for, in order. */
    List<String> models() {
        return models;
    }

    int requests() {
        return requests.get();
    }

    /** Writes these bytes and closes. */
    static Step bytes(String bytes) {
        return socket -> socket.end(Buffer.buffer(bytes));
    }

    /** Writes these bytes and nothing more, without closing. */
    static Step hanging(String bytes) {
        return socket -> {
            if (!bytes.isEmpty()) {
                socket.write(bytes);
            }
        };
    }

    static Step status(int status, String headers, String body) {
        return bytes("HTTP/1.1 " + status + " No\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    /** An answer of these words, each an event of its own. */
    static Step words(String... words) {
        return bytes(STREAM + events(words) + "data: [DONE]\n\n");
    }

    static String events(String... words) {
        var text = new StringBuilder();
        for (var word : words) {
            text.append("data: {\"choices\":[{\"delta\":{\"content\":\"")
                    .append(word)
                    .append("\"}}]}\n\n");
        }
        return text.toString();
    }

    /** What is done with one request. */
    interface Step {
        void accept(NetSocket socket);
    }

    private void serve(NetSocket socket) {
        var received = Buffer.buffer();
        socket.exceptionHandler(gone -> {});
        socket.handler(bytes -> {
            received.appendBuffer(bytes);
            var request = received.toString();
            if (isWhole(request)) {
                models.add(new JsonObject(request.substring(request.indexOf("\r\n\r\n"))).getString("model", ""));
                script.get(Math.min(requests.getAndIncrement(), script.size() - 1))
                        .accept(socket);
            }
        });
    }

    private static boolean isWhole(String request) {
        int end = request.indexOf("\r\n\r\n");
        return end >= 0 && request.endsWith("}");
    }
}
