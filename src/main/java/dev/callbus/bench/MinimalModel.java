package dev.callbus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.util.function.Consumer;

/** The yardstick's model client: one streaming chat completion per turn, each delta handed on as it is read. */
final class MinimalModel {
    /** The yardstick's JSON. */
    static final ObjectMapper JSON = new ObjectMapper();

    private static final String DATA = "data: ";

    private final HttpClient client;
    private final RequestOptions completions;
    private final String name;

    /** A client of the model {@code name} that posts to {@code completions}. */
    MinimalModel(HttpClient client, RequestOptions completions, String name) {
        this.client = client;
        this.completions = completions;
        this.name = name;
    }

    /** Asks for the answer to {@code messages}; {@code onDelta} gets its pieces, the future completes at its end. */
    Future<Void> stream(ArrayNode messages, Consumer<String> onDelta) {
        var body = JSON.createObjectNode().put("model", name).put("stream", true);
        body.set("messages", messages);
        return client.request(completions)
                .compose(request ->
                        request.send(Buffer.buffer(bytes(body))).compose(response -> read(response, onDelta)));
    }

    private static Future<Void> read(HttpClientResponse response, Consumer<String> onDelta) {
        if (response.statusCode() != 200) return Future.failedFuture("model answered " + response.statusCode());
        var end = Promise.<Void>promise();
        var events = RecordParser.newDelimited("\n\n", response);
        events.handler(event -> {
            try {
                var delta = delta(event);
                if (!delta.isEmpty()) onDelta.accept(delta);
            } catch (IOException e) {
                end.tryFail(e);
            }
        });
        events.exceptionHandler(end::tryFail);
        events.endHandler(over -> end.tryComplete());
        return end.future();
    }

    private static String delta(Buffer event) throws IOException {
        if (event.length() <= DATA.length()) return "";
        var data = event.getBytes(DATA.length(), event.length());
        if (data[0] != '{') return "";
        return JSON.readTree(data)
                .path("choices")
                .path(0)
                .path("delta")
                .path("content")
                .asText("");
    }

    /** The JSON text of {@code node} as bytes. */
    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
