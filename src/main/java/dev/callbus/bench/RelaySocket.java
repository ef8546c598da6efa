package dev.callbus.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Twilio's end of a ConversationRelay WebSocket (RFC 6455), made for many small frames: those that arrive together are
 * read in place, without an event each. It knows neither extensions nor sub-protocols.
 */
final class RelaySocket {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int NO_STATUS = 1005;
    private static final Pattern ACCEPT = Pattern.compile("(?im)^sec-websocket-accept:\\s*(\\S+)");
    private static final Buffer NOTHING = Buffer.buffer();

    private final NetSocket socket;
    private final String expectedAccept;
    private final Promise<RelaySocket> opened = Promise.promise();
    private Buffer pending = NOTHING;
    private Buffer fragments = Buffer.buffer();
    private boolean upgraded;
    private int closeCode = 1006;
    private Consumer<Buffer> onText = frame -> {};
    private Consumer<Integer> onClose = code -> {};

    private RelaySocket(NetSocket socket, String expectedAccept) {
        this.socket = socket;
        this.expectedAccept = expectedAccept;
    }

    /** Opens the socket that {@code url} names on {@code target}; fails when the server refuses the handshake. */
    static Future<RelaySocket> open(NetClient client, LoadTarget target, String url, String signature) {
        var nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        var key = Base64.getEncoder().encodeToString(nonce);
        var request = String.join(
                "\r\n",
                "GET " + url.replaceFirst("^wss?://[^/]+", "") + " HTTP/1.1",
                "Host: " + target.publicHost(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: " + key,
                "Sec-WebSocket-Version: 13",
                "X-Twilio-Signature: " + signature,
                "\r\n");
        return client.connect(target.port(), "127.0.0.1").compose(net -> {
            var relay = new RelaySocket(net, acceptOf(key));
            net.handler(relay::receive);
            net.exceptionHandler(problem -> relay.closeCode = 1006);
            net.closeHandler(closed -> relay.ended());
            net.write(Buffer.buffer(request));
            return relay.opened.future();
        });
    }

    /** Sets who gets the text frames, whole. */
    void onText(Consumer<Buffer> handler) {
        onText = handler;
    }

    /** Sets who learns, once, that the socket is closed, with the server's close code or 1006. */
    void onClose(Consumer<Integer> handler) {
        onClose = handler;
    }

    /** Sends a text frame. */
    void send(Buffer text) {
        socket.write(frame(TEXT, text));
    }

    /** Hangs up in an orderly way (close code 1000). */
    void close() {
        socket.write(frame(CLOSE, Buffer.buffer().appendUnsignedShort(1000)));
    }

    /** Drops the connection. */
    void drop() {
        socket.close();
    }

    private void ended() {
        if (!opened.tryFail("connection closed in the handshake")) onClose.accept(closeCode);
    }

    private void receive(Buffer chunk) {
        var data = pending.length() == 0
                ? chunk
                : Buffer.buffer().appendBuffer(pending).appendBuffer(chunk);
        var at = 0;
        if (!upgraded) {
            at = upgrade(data);
            if (!upgraded) {
                pending = data;
                return;
            }
        }
        at = frames(data, at);
        pending = at == data.length() ? NOTHING : data.getBuffer(at, data.length());
    }

    private int upgrade(Buffer data) {
        var text = data.toString(ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        if (end < 0) return 0;
        var head = text.substring(0, end);
        var accept = ACCEPT.matcher(head);
        if (head.startsWith("HTTP/1.1 101") && accept.find() && expectedAccept.equals(accept.group(1))) {
            upgraded = true;
            opened.complete(this);
        } else {
            opened.tryFail("handshake " + head.lines().findFirst().orElse(""));
            socket.close();
        }
        return end + 4;
    }

    /** Handles all whole frames from {@code at} on and answers where the first incomplete one begins. */
    private int frames(Buffer data, int at) {
        var next = at;
        while (data.length() - next >= 2) {
            var length = data.getByte(next + 1) & 0x7f;
            var payload = next + 2;
            if (length == 126) {
                if (data.length() < next + 4) break;
                length = data.getUnsignedShort(next + 2);
                payload = next + 4;
            } else if (length == 127) {
                if (data.length() < next + 10) break;
                length = Math.toIntExact(data.getLong(next + 2));
                payload = next + 10;
            }
            if (data.length() < payload + length) break;
            frame(data.getByte(next), data.slice(payload, payload + length));
            next = payload + length;
        }
        return next;
    }

    private void frame(byte first, Buffer payload) {
        switch (first & 0x0f) {
            case 0, TEXT -> text((first & 0x80) != 0, payload);
            case PING -> socket.write(frame(PONG, payload));
            case CLOSE -> {
                closeCode = payload.length() < 2 ? NO_STATUS : payload.getUnsignedShort(0);
                socket.close();
            }
            default -> closeCode = 1002;
        }
    }

    private void text(boolean whole, Buffer payload) {
        if (whole && fragments.length() == 0) {
            onText.accept(payload);
            return;
        }
        fragments.appendBuffer(payload);
        if (!whole) return;
        var text = fragments;
        fragments = Buffer.buffer();
        onText.accept(text);
    }

    /** A client's frame: final, masked. */
    private static Buffer frame(int opcode, Buffer payload) {
        var length = payload.length();
        var frame = Buffer.buffer(length + 8).appendByte((byte) (0x80 | opcode));
        if (length < 126) frame.appendByte((byte) (0x80 | length));
        else frame.appendByte((byte) (0x80 | 126)).appendUnsignedShort(length);
        var mask = ThreadLocalRandom.current().nextInt();
        frame.appendInt(mask);
        for (var i = 0; i < length; i++) frame.appendByte((byte) (payload.getByte(i) ^ (mask >>> (24 - 8 * (i & 3)))));
        return frame;
    }

    private static String acceptOf(String key) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            var digest = sha1.digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
