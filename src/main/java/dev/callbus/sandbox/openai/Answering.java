package dev.callbus.sandbox.openai;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;

/** Carries out the steps of one response at their pace, until the end or until the client is gone. */
final class Answering {
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final RequestLog.Exchange exchange;
    private List<Step> steps = List.of();
    private int next;
    private int tokens;
    private boolean waited;
    private boolean gone;
    private long timer = -1;

    /** Watches a request from the moment it comes in, so that a client which leaves early is noticed. */
    Answering(Vertx vertx, HttpServerRequest request, RequestLog.Exchange exchange) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.exchange = exchange;
        response.closeHandler(closed -> leave());
        response.exceptionHandler(broken -> leave());
    }

    /** Sends the headers at once and then the steps. */
    void play(List<Step> plan) {
        if (gone) {
            return;
        }
        steps = plan;
        exchange.sent(200, 0);
        response.setStatusCode(200)
                .setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-cache");
        response.writeHead().onSuccess(sent -> advance());
    }

    /** Sends a whole body after a wait. */
    void reply(int status, String contentType, String body, Duration after, int bodyTokens, Outcome outcome) {
        if (gone) {
            return;
        }
        if (!after.isZero()) {
            timer = vertx.setTimer(
                    after.toMillis(), fired -> reply(status, contentType, body, Duration.ZERO, bodyTokens, outcome));
            return;
        }
        exchange.sent(status, bodyTokens);
        exchange.ended(outcome);
        response.setStatusCode(status).putHeader("content-type", contentType).end(body);
    }

    /** Closes the connection, whatever has been sent. */
    void close() {
        exchange.ended(Outcome.FAILED);
        request.connection().close();
    }

    private void advance() {
        while (!gone && next < steps.size()) {
            switch (steps.get(next)) {
                case Step.Send send -> {
                    if (mustWait(send.after())) {
                        return;
                    }
                    send(send);
                }
                case Step.Hang hang -> {
                    return;
                }
                case Step.Close close -> {
                    close();
                    return;
                }
                case Step.End end -> {
                    exchange.ended(end.outcome());
                    response.end();
                    return;
                }
            }
        }
    }

    private boolean mustWait(Duration after) {
        if (!after.isZero() && !waited) {
            waited = true;
            timer = vertx.setTimer(after.toMillis(), fired -> advance());
            return true;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> advance());
            return true;
        }
        return false;
    }

    private void send(Step.Send send) {
        waited = false;
        next++;
        tokens += send.tokens();
        exchange.sent(200, tokens);
        response.write(send.text());
    }

    private void leave() {
        if (!gone) {
            gone = true;
            vertx.cancelTimer(timer);
            exchange.ended(Outcome.ABORTED);
        }
    }
}
