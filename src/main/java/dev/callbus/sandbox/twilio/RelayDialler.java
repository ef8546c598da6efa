package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;

/** Opens relay sessions' WebSockets as Twilio does, through the tunnel. */
final class RelayDialler {
    private static final int CONNECT_MILLIS = 5000;
    private static final int CLOSING_SECONDS = 2;
    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

    private final Tunnel tunnel;
    private final TwilioSigner signer;
    private final WebSocketClient client;

    RelayDialler(Vertx vertx, PhoneNetworkOptions options) {
        this.tunnel = options.tunnel();
        this.signer = new TwilioSigner(options.authToken());
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(10_000)
                .setMaxFrameSize(LARGEST_MESSAGE)
                .setMaxMessageSize(LARGEST_MESSAGE)
                .setConnectTimeout(CONNECT_MILLIS)
                .setClosingTimeout(CLOSING_SECONDS));
    }

    /** A socket to exactly this {@code wss://} URL; fails with a {@link LineException}. */
    Future<WebSocket> open(String url) {
        var target = URI.create(url);
        if (!tunnel.leadsTo(target)) {
            return Future.failedFuture(
                    unreachable(url + " is not at " + tunnel.publicUrl() + ", where the tunnel leads"));
        }
        var query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        var handshake = new WebSocketConnectOptions()
                .setHost(tunnel.host())
                .setPort(tunnel.port())
                .setURI(target.getRawPath() + query)
                .setTimeout(CONNECT_MILLIS)
                .addHeader("Host", target.getAuthority())
                .addHeader("User-Agent", "Jetty/11.0.24")
                .addHeader("X-Twilio-Signature", signer.sign(url));
        return client.connect(handshake).recover(cause -> Future.failedFuture(unreachable(reason(cause))));
    }

    Future<Void> close() {
        return client.close();
    }

    private static String reason(Throwable cause) {
        return cause instanceof UpgradeRejectedException rejected
                ? "the handshake was answered with HTTP " + rejected.getStatus()
                : String.valueOf(cause.getMessage());
    }

    private static LineException unreachable(String why) {
        return new LineException(LineException.NO_SOCKET, "cannot connect to the WebSocket URL: " + why);
    }
}
