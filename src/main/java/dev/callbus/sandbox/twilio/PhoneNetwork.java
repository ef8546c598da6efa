package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.function.Consumer;

/** A phone network that does to a server what Twilio does when somebody calls one of its numbers. */
public final class PhoneNetwork {
    private final Vertx vertx;
    private final PhoneNetworkOptions options;
    private final WebhookClient webhooks;
    private final WebSocketClient sockets;

    public PhoneNetwork(Vertx vertx, PhoneNetworkOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.webhooks = new WebhookClient(vertx, options.tunnel(), new TwilioSigner(options.authToken()));
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000));
    }

    /**
     * Dials a number. The call is answered once a relay session is up or something else speaks; it fails, with Twilio's
     * error code, when the server can't be reached or says what Twilio doesn't accept.
     *
     * @param listener gets everything that happens on the line, on the call's context
     */
    public Future<PhoneCall> dial(String from, String to, Consumer<PhoneEvent> listener) {
        return new PhoneCall(vertx, options, webhooks, sockets, from, to, listener).ring(options.voicePath());
    }

    public Future<Void> close() {
        return Future.all(webhooks.close(), sockets.close()).mapEmpty();
    }
}
