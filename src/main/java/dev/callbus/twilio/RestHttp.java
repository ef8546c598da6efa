package dev.callbus.twilio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The HTTP client for Twilio. Its answers may be waited for by workers; a request whose future is cancelled is broken off. */
final class RestHttp implements AutoCloseable {
    private static final int CONNECTIONS = 20;
    /** Shorter than any server's, lest a request meets a connection that is about to be closed. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    /** So often connections that nobody uses are looked for; Vert.x would each second, in every client. */
    private static final int IDLE_LOOK_MILLIS = 5000;

    private final Vertx vertx;
    private final HttpClient client;

    /** @param connect how long a connection may take */
    RestHttp(Vertx vertx, Duration connect) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(Math.toIntExact(connect.toMillis()))
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setCleanerPeriod(IDLE_LOOK_MILLIS));
    }

    /** Sends a request and takes the whole answer. */
    CompletableFuture<Answer> ask(RestRequest request) {
        return exchange(
                request, response -> response.body().map(body -> new Answer(response.statusCode(), body.toString())));
    }

    /** Sends a request and has the body of a good answer written to this file; other bodies are empty. */
    CompletableFuture<Answer> fetch(RestRequest request, LimitedFile target) {
        return exchange(request, response -> {
            var type = response.getHeader("Content-Type");
            boolean isSound = type != null && type.startsWith("audio/");
            var taken = response.statusCode() == 200 && isSound
                    ? target.take(vertx, response)
                    : response.end(); // without a handler nothing of it is kept
            return taken.map(done -> new Answer(response.statusCode(), ""));
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> CompletableFuture<T> exchange(RestRequest request, Function<HttpClientResponse, Future<T>> reader) {
        var answer = new Exchange<T>();
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setAbsoluteURI(request.url().toString())
                .setFollowRedirects(false);
        request.headers().forEach(options::addHeader);
        client.request(options)
                .compose(sent -> {
                    answer.sent(sent);
                    return sent.send(request.body()).compose(reader);
                })
                .onComplete(answer::complete, answer::completeExceptionally);
        return answer;
    }

    /** An answer on its way. */
    private static final class Exchange<T> extends CompletableFuture<T> {
        private volatile @Nullable HttpClientRequest request;

        void sent(HttpClientRequest sent) {
            request = sent;
            if (isCancelled()) {
                sent.reset();
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            var sent = request;
            if (cancelled && sent != null) {
                sent.reset();
            }
            return cancelled;
        }
    }

    /** What was answered. */
    record Answer(int statusCode, String body) {}
}
