package dev.callbus.channel.relay;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts the frames of a WebSocket together to text messages of limited size. */
final class MessageAssembler {
    private final int largest;
    private @Nullable Buffer parts;

    /** Limits messages to so many bytes. */
    MessageAssembler(int largest) {
        this.largest = largest;
    }

    /** What a frame made of the message. */
    sealed interface Result {}

    /** A message is complete. */
    record Complete(String text) implements Result {}

    /** There is no whole message yet, or the frame carries none. */
    record Pending() implements Result {}

    /** The frame can't be accepted; {@code code} is the WebSocket's close code for that. */
    record Refused(short code, String reason) implements Result {}

    Result add(WebSocketFrame frame) {
        if (frame.isBinary()) {
            return new Refused((short) 1003, "binary frame");
        }
        if (!frame.isText() && !frame.isContinuation()) {
            return new Pending();
        }
        if (frame.isText() && frame.isFinal()) {
            return complete(frame.binaryData());
        }
        parts = parts == null ? Buffer.buffer() : parts;
        if (parts.length() + frame.binaryData().length() > largest) {
            return new Refused((short) 1009, "message too large");
        }
        parts.appendBuffer(frame.binaryData());
        if (!frame.isFinal()) {
            return new Pending();
        }
        var whole = parts;
        parts = null;
        return complete(whole);
    }

    private Result complete(Buffer message) {
        return message.length() > largest
                ? new Refused((short) 1009, "message too large")
                : new Complete(message.toString(StandardCharsets.UTF_8));
    }
}
