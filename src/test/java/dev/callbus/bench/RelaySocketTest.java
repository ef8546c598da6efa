package dev.callbus.bench;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RelaySocketTest {
    private static final String LONG = "é".repeat(40_000);

    @Test
    void exchangesFramesOfEveryLength(Vertx vertx) throws Exception {
        var socket = connect(vertx, server -> server.textMessageHandler(server::writeTextMessage));
        var echoes = new ArrayList<String>();
        var done = Promise.<List<String>>promise();
        socket.onText(text -> {
            echoes.add(text.toString());
            if (echoes.size() == 3) done.complete(echoes);
        });

        socket.send(Buffer.buffer("short"));
        socket.send(Buffer.buffer("m".repeat(126)));
        socket.send(Buffer.buffer("x".repeat(65_535)));

        assertThat(done.future().await(5, SECONDS)).containsExactly("short", "m".repeat(126), "x".repeat(65_535));
    }

    @Test
    void joinsFragmentsAndFramesLongerThanAReadBuffer(Vertx vertx) throws Exception {
        var texts = Promise.<String>promise();
        var socket = connect(vertx, server -> server.textMessageHandler(ask -> server.writeTextMessage(LONG)));
        socket.onText(text -> texts.complete(text.toString()));

        socket.send(Buffer.buffer("go"));

        assertThat(texts.future().await(5, SECONDS)).isEqualTo(LONG);
    }

    @Test
    void answersAPing(Vertx vertx) throws Exception {
        var pong = Promise.<String>promise();
        connect(vertx, server -> {
            server.pongHandler(data -> pong.complete(data.toString()));
            server.writePing(Buffer.buffer("are you there"));
        });

        assertThat(pong.future().await(5, SECONDS)).isEqualTo("are you there");
    }

    @Test
    void hangsUpWithANormalCloseCode(Vertx vertx) throws Exception {
        var code = Promise.<Short>promise();
        var socket = connect(vertx, server -> server.closeHandler(closed -> code.complete(server.closeStatusCode())));

        socket.close();

        assertThat(code.future().await(5, SECONDS)).isEqualTo((short) 1000);
    }

    @Test
    void tellsTheServersCloseCode(Vertx vertx) throws Exception {
        var socket =
                connect(vertx, server -> server.textMessageHandler(text -> server.close((short) 1011, "out of order")));
        var closed = Promise.<Integer>promise();
        socket.onClose(closed::complete);

        socket.send(Buffer.buffer("go"));

        assertThat(closed.future().await(5, SECONDS)).isEqualTo(1011);
    }

    @Test
    void failsWhenTheHandshakeIsRefused(Vertx vertx) throws Exception {
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(403).end());
        server.listen(0, "127.0.0.1").await(5, SECONDS);

        var opening =
                RelaySocket.open(vertx.createNetClient(), target(server.actualPort()), "wss://b.example/x", "sig");

        assertThatThrownBy(() -> opening.await(5, SECONDS)).hasMessageContaining("handshake HTTP/1.1 403");
    }

    @Test
    void presentsPathHostAndSignature(Vertx vertx) throws Exception {
        var seen = Promise.<List<String>>promise();
        connect(
                vertx,
                server -> seen.complete(List.of(
                        server.uri(),
                        server.headers().get("host"),
                        server.headers().get("x-twilio-signature"))));

        assertThat(seen.future().await(5, SECONDS))
                .containsExactly("/conversation-relay/tok?x=1", "bench.example", "sig");
    }

    private static RelaySocket connect(Vertx vertx, Handler<ServerWebSocket> handler) throws Exception {
        var server = vertx.createHttpServer(new HttpServerOptions().setMaxWebSocketMessageSize(1 << 20))
                .webSocketHandler(handler);
        server.listen(0, "127.0.0.1").await(5, SECONDS);
        var url = "wss://bench.example/conversation-relay/tok?x=1";
        return RelaySocket.open(vertx.createNetClient(), target(server.actualPort()), url, "sig")
                .await(5, SECONDS);
    }

    private static LoadTarget target(int port) {
        return new LoadTarget(port, "https://bench.example", "/connectConversationRelay", "AC0", "12345");
    }
}
