package dev.callbus.servicenow.table;

import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends single requests to an instance: within a time, with answers of limited size that are JSON or a {@link TableFailure}. */
final class TableHttp {
    private static final Logger log = LoggerFactory.getLogger(TableHttp.class);

    private static final int CONNECTIONS = 128;
    private static final int WAITING = 1024;
    private static final int LONGEST_ANSWER = 8 * 1024 * 1024;

    /** Shorter than servers keep idle connections, so that a request seldom meets one that is being closed. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    private static final int CONNECT_MILLIS = 2000;

    /** So often connections that nobody uses are looked for; Vert.x would each second, in every client. */
    private static final int IDLE_LOOK_MILLIS = 5000;

    private final WebClient client;
    private final URI base;
    private final Duration timeout;

    TableHttp(Vertx vertx, URI base, Duration timeout) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setUserAgentEnabled(false)
                        .setFollowRedirects(false)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setTcpNoDelay(true),
                new PoolOptions()
                        .setHttp1MaxSize(CONNECTIONS)
                        .setCleanerPeriod(IDLE_LOOK_MILLIS)
                        .setMaxWaitQueueSize(WAITING));
        this.base = base;
        this.timeout = timeout;
    }

    void close() {
        client.close();
    }

    /** The answer, if it is a good one. */
    Future<TableAnswer> send(TableRequest request, @Nullable String authorization, Deadline deadline) {
        long time = request.isRepeatable() ? Math.min(timeout.toMillis(), deadline.millis()) : deadline.millis();
        if (time <= 0) {
            return Future.failedFuture(
                    new TableFailure(TableFailure.Kind.NO_TIME, "There was no time left to ask ServiceNow."));
        }
        long begin = LoopTime.nanos();
        return begin(request, authorization, time)
                .timeout(time, TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(ErrorReader.of(cause)))
                .map(response -> {
                    log(request, Integer.toString(response.statusCode()), begin);
                    return read(response);
                })
                .onFailure(cause -> {
                    if (cause instanceof TableFailure failure) {
                        log(request, failure.kind().name(), begin);
                    }
                });
    }

    private Future<HttpResponse<Buffer>> begin(TableRequest request, @Nullable String authorization, long time) {
        try {
            return transmit(prepare(request, authorization, time), request);
        } catch (IllegalStateException e) { // the client is closed
            return Future.failedFuture(new TableFailure(
                    TableFailure.Kind.NOT_SENT, "The ServiceNow service is stopping. Nothing was done."));
        }
    }

    private HttpRequest<Buffer> prepare(TableRequest request, @Nullable String authorization, long time) {
        var prepared = client.requestAbs(request.method(), base + request.path())
                .timeout(time)
                .putHeader("Accept", "application/json")
                .as(new LimitedBody(LONGEST_ANSWER));
        if (authorization != null) {
            prepared.putHeader("Authorization", authorization);
        }
        request.parameters().forEach(prepared::addQueryParam);
        return prepared;
    }

    private static Future<HttpResponse<Buffer>> transmit(HttpRequest<Buffer> prepared, TableRequest request) {
        return switch (request.content()) {
            case null -> prepared.send();
            case TableRequest.Bytes bytes ->
                prepared.putHeader("Content-Type", bytes.type()).sendBuffer(bytes.bytes());
            case TableRequest.Streamed streamed ->
                prepared.putHeader("Content-Type", streamed.type())
                        .putHeader("Content-Length", Long.toString(streamed.length()))
                        .sendStream(streamed.stream());
        };
    }

    private static TableAnswer read(HttpResponse<Buffer> response) {
        int status = response.statusCode();
        if (status >= 300 && status < 400) {
            throw new TableFailure(
                    TableFailure.Kind.REFUSED,
                    "ServiceNow sent the request elsewhere (status " + status + "). Nothing was done.");
        } else if (status >= 400) {
            throw ErrorReader.read(status, response.getHeader("Retry-After"), response.body());
        }
        var type = String.valueOf(response.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html")) {
            throw new TableFailure(
                    TableFailure.Kind.ASLEEP, "ServiceNow answered with a web page: the instance may be hibernating.");
        }
        var body = response.body();
        if (body == null || !type.startsWith("application/json")) {
            throw TableAnswer.nonsense();
        }
        try {
            return new TableAnswer(new JsonObject(body), total(response.getHeader("X-Total-Count")));
        } catch (DecodeException | ClassCastException e) {
            throw TableAnswer.nonsense();
        }
    }

    private static @Nullable Integer total(@Nullable String header) {
        return header == null || !header.matches("[0-9]{1,9}") ? null : Integer.valueOf(header);
    }

    private static void log(TableRequest request, String outcome, long begin) {
        log.debug(
                "asked ServiceNow [method: {}, table: {}, status: {}, ms: {}]",
                request.method(),
                request.name(),
                outcome,
                (LoopTime.nanos() - begin) / 1_000_000);
    }
}
