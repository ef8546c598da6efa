package dev.callbus.sandbox.openai;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A running model server and a raw HTTP client for it. */
final class Wire implements AutoCloseable {
    static final ObjectMapper MAPPER = new ObjectMapper();

    final ModelServer server;
    private final HttpClient client;
    private final BlockingQueue<RecordedRequest> ended = new LinkedBlockingQueue<>();

    Wire(Vertx vertx, String script) throws Exception {
        this(vertx, Script.parse("test.yaml", script));
    }

    Wire(Vertx vertx, Script script) throws Exception {
        server = new ModelServer(vertx, script, 0);
        server.observe(ended::add);
        server.start().await(5, SECONDS);
        client = vertx.createHttpClient();
    }

    /** A response as read to its end. */
    record Reply(int status, Headers headers, String body) {
        JsonNode json() {
            return Wire.json(body);
        }

        /** Returns the data of all events. */
        List<String> data() {
            return body.lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6))
                    .toList();
        }

        /** Returns the events that are JSON. */
        List<JsonNode> chunks() {
            return data().stream()
                    .filter(data -> !data.equals("[DONE]"))
                    .map(Wire::json)
                    .toList();
        }
    }

    /** Looks a header up. */
    interface Headers {
        @Nullable
        String get(String name);
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static String says(String words) {
        return "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}";
    }

    Reply post(String body) throws Exception {
        return call(HttpMethod.POST, "/v1/chat/completions", "Bearer any", body);
    }

    /** Sends a request and reads the response; the body is asked for in the tick of the response, lest it be missed. */
    Reply call(HttpMethod method, String path, @Nullable String authorization, String body) throws Exception {
        return client.request(method, port(), "127.0.0.1", path)
                .compose(request -> {
                    if (authorization != null) {
                        request.putHeader("authorization", authorization);
                    }
                    Future<Reply> reply = request.response()
                            .compose(response -> response.body()
                                    .map(read ->
                                            new Reply(response.statusCode(), response::getHeader, read.toString())));
                    return request.putHeader("content-type", "application/json")
                            .end(body)
                            .compose(sent -> reply);
                })
                .await(5, SECONDS);
    }

    Future<HttpClientRequest> request() {
        return client.request(HttpMethod.POST, port(), "127.0.0.1", "/v1/chat/completions")
                .map(request -> request.putHeader("authorization", "Bearer any"));
    }

    private int port() {
        return URI.create(server.baseUrl()).getPort();
    }

    /** Waits for the next request to end. */
    RecordedRequest nextEnded() throws InterruptedException {
        RecordedRequest request = ended.poll(5, SECONDS);
        if (request == null) {
            throw new AssertionError("no request ended");
        }
        return request;
    }

    /** Waits for so many requests to end. */
    List<RecordedRequest> ended(int count) throws InterruptedException {
        var requests = new ArrayList<RecordedRequest>();
        for (int i = 0; i < count; i++) {
            requests.add(nextEnded());
        }
        return requests;
    }

    @Override
    public void close() throws TimeoutException {
        client.close().await(5, SECONDS);
        server.stop().await(5, SECONDS);
    }
}
