package dev.callbus.llm.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.config.Secret;
import dev.callbus.llm.LanguageModel;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;

/** The server of one vendor: where it is, how it knows us, and when a connection to it was last used. */
public final class VendorServer {
    /** A connection that was opened ahead stays open about so long; warming again earlier would only cost. */
    private static final long WARM_NANOS = Duration.ofSeconds(20).toNanos();

    private final ObjectMapper mapper;
    private final HttpClient client;
    private final URI base;
    private final Secret key;
    private long warmedAt = LoopTime.nanos() - WARM_NANOS;

    /**
     * A server that paths are resolved against.
     *
     * @param client stays the caller's to close
     * @param key sent as a bearer token if present
     */
    public VendorServer(ObjectMapper mapper, HttpClient client, URI base, Secret key) {
        this.mapper = mapper;
        this.client = client;
        this.base = base;
        this.key = key;
    }

    /** Posts a question; the sink gets what the reader makes of the answer, with exactly one end, or none after a cancel. */
    public VendorAnswer post(String path, Buffer body, AnswerReader reader, LanguageModel.Sink sink) {
        warmedAt = LoopTime.nanos();
        var options = options(HttpMethod.POST, path)
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "text/event-stream");
        return new VendorAnswer(mapper, reader, sink).begin(client, options, body);
    }

    /** Opens a connection, by getting something small, unless one was used just now. */
    public Future<Void> warm(String path) {
        long now = LoopTime.nanos();
        if (now - warmedAt < WARM_NANOS) {
            return Future.succeededFuture();
        }
        warmedAt = now;
        return call(HttpMethod.GET, path, Duration.ofSeconds(5));
    }

    /** Sends a request without a body; succeeds when it was answered, whatever the status. */
    public Future<Void> call(HttpMethod method, String path, Duration timeout) {
        return client.request(options(method, path).setTimeout(timeout.toMillis()))
                .compose(request -> {
                    var answer = request.response().compose(HttpClientResponse::body);
                    return request.end().compose(sent -> answer);
                })
                .mapEmpty();
    }

    private RequestOptions options(HttpMethod method, String path) {
        boolean tls = "https".equals(base.getScheme());
        var options = new RequestOptions()
                .setMethod(method)
                .setHost(base.getHost())
                .setPort(base.getPort() > 0 ? base.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(base.getRawPath() + path);
        if (key.isPresent()) {
            options.putHeader("Authorization", "Bearer " + key.reveal());
        }
        return options;
    }
}
