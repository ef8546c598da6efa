package dev.callbus.sandbox.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The server's end of a relay socket. */
final class AppSocket {
    private final ServerWebSocket socket;
    private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    private final Promise<Closing> closed = Promise.promise();

    AppSocket(ServerWebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
        socket.closeHandler(v -> closed.complete(new Closing(socket.closeStatusCode(), socket.closeReason())));
    }

    /** The next frame from Twilio. */
    JsonObject next() throws InterruptedException {
        var frame = frames.poll(5, SECONDS);
        assertThat(frame).as("a frame").isNotNull();
        return frame == null ? new JsonObject() : frame;
    }

    /** The next frame of this type; others are passed over. */
    JsonObject next(String type) throws InterruptedException {
        var frame = next();
        while (!type.equals(frame.getString("type"))) {
            frame = next();
        }
        return frame;
    }

    /** Passes over frames until this info. */
    void awaitInfo(String name, String value) throws InterruptedException {
        var frame = next("info");
        while (!name.equals(frame.getString("name")) || !value.equals(frame.getString("value"))) {
            frame = next("info");
        }
    }

    /** Whether all that Twilio sent has been read. */
    boolean isQuiet() {
        return frames.isEmpty();
    }

    AppSocket text(String token, boolean last) {
        return send(new JsonObject().put("type", "text").put("token", token).put("last", last));
    }

    AppSocket send(JsonObject frame) {
        return sendRaw(frame.encode());
    }

    AppSocket sendRaw(String text) {
        socket.writeTextMessage(text);
        return this;
    }

    void close(int code) {
        socket.close((short) code);
    }

    /** How Twilio closed the socket. */
    Future<Closing> closed() {
        return closed.future();
    }

    record Closing(@Nullable Short code, @Nullable String reason) {}
}
