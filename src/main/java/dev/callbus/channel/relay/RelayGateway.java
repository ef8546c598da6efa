package dev.callbus.channel.relay;

import dev.callbus.channel.webhook.Answers;
import dev.callbus.twilio.SignatureCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in for Twilio's WebSockets. It is checked before the upgrade whether the ticket is known (404), the handshake is
 * signed (403) and nobody is connected with it (409); each accepted socket becomes a {@link RelaySocket}.
 *
 * <p>Source: twilio.com/docs/voice/conversationrelay/best-practices
 */
final class RelayGateway {
    private static final Logger log = LoggerFactory.getLogger(RelayGateway.class);

    private final Vertx vertx;
    private final SignatureCheck signatures;
    private final RelayTickets tickets;
    private final RelayTimes times;
    private final RelayGauge gauge = new RelayGauge();

    RelayGateway(Vertx vertx, SignatureCheck signatures, RelayTickets tickets, RelayTimes times) {
        this.vertx = vertx;
        this.signatures = signatures;
        this.tickets = tickets;
        this.times = times;
    }

    RelayHoldings holdings() {
        return gauge.holdings();
    }

    void handle(RoutingContext routing) {
        var request = routing.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("upgrade"))) {
            routing.response().putHeader("upgrade", "websocket");
            Answers.refuse(routing.response(), 426, "a WebSocket is expected");
            return;
        }
        request.pause();
        tickets.find(routing.pathParam("token"))
                .onSuccess(found -> found.ifPresentOrElse(
                        ticket -> check(request, ticket), () -> refuse(request, 404, "not found")))
                .onFailure(cause -> fail(request, cause));
    }

    private void check(HttpServerRequest request, RelayTickets.Ticket ticket) {
        if (!signatures.webSocket(request.uri(), request.getHeader("X-Twilio-Signature"))) {
            refuse(request, 403, "not signed by Twilio");
            return;
        }
        tickets.connect(ticket)
                .onSuccess(connected -> {
                    if (connected) {
                        upgrade(request, ticket);
                    } else {
                        refuse(request, 409, "the call is connected already");
                    }
                })
                .onFailure(cause -> fail(request, cause));
    }

    private void upgrade(HttpServerRequest request, RelayTickets.Ticket ticket) {
        request.toWebSocket()
                .onSuccess(socket -> new RelaySocket(vertx, socket, ticket, tickets, times, gauge).start())
                .onFailure(cause -> {
                    log.warn("upgrade failed [call: {}, cause: {}]", ticket.callSid(), cause.toString());
                    tickets.disconnect(ticket);
                });
    }

    private static void refuse(HttpServerRequest request, int status, String error) {
        log.warn("handshake refused [status: {}]", status);
        request.resume();
        Answers.refuse(request.response(), status, error);
    }

    private static void fail(HttpServerRequest request, Throwable cause) {
        log.error("handshake failed", cause);
        request.resume();
        Answers.refuse(request.response(), 500, "internal error");
    }
}
