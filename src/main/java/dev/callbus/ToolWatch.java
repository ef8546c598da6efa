package dev.callbus;

import dev.callbus.config.Secret;
import dev.callbus.console.EventFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.util.function.Consumer;

/** Watches the tools that run in a node's calls, through its event feed. */
final class ToolWatch {
    private final HttpClient client;

    private ToolWatch(HttpClient client) {
        this.client = client;
    }

    /** Begins to watch; without a key or a feed there is simply nothing to see. */
    static ToolWatch begin(Vertx vertx, String host, int port, Secret key, Consumer<String> show) {
        var client = vertx.createHttpClient();
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(host)
                .setPort(port)
                .setURI(EventFeed.PATH)
                .putHeader("Authorization", "Bearer " + key.reveal());
        client.request(options).compose(request -> {
            var answer = request.response().onSuccess(response -> {
                if (response.statusCode() == 200) {
                    response.handler(RecordParser.newDelimited("\n\n", event -> {
                        if (event.toString().startsWith("data: ")) {
                            tool(new JsonObject(event.toString().substring("data: ".length())), show);
                        }
                    }));
                }
            });
            return request.end().compose(sent -> answer);
        });
        return new ToolWatch(client);
    }

    Future<Void> close() {
        return client.close();
    }

    private static void tool(JsonObject event, Consumer<String> show) {
        if (event.getString("type").equals("tool-ran")) {
            show.accept("tool " + event.getString("tool") + (event.getBoolean("success") ? "" : " failed") + ", "
                    + event.getLong("tookMillis") + " ms");
        }
    }
}
