package dev.callbus.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * The parts of an application's frame that a load client needs. Source:
 * twilio.com/docs/voice/conversationrelay/websocket-messages.
 *
 * @param type the frame's type, empty when it has none
 * @param token the words of a {@code text} frame
 * @param last whether they end the answer
 */
record RelayFrame(String type, String token, boolean last) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads one frame; throws {@link IOException} when it is not a JSON object. */
    static RelayFrame read(Buffer frame) throws IOException {
        var type = "";
        var token = "";
        var last = false;
        try (var parser = JSON.createParser(frame.getBytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new IOException("not a JSON object");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "type" -> type = parser.getText();
                    case "token" -> token = parser.getText();
                    case "last" -> last = parser.getBooleanValue();
                    default -> parser.skipChildren();
                }
            }
        }
        return new RelayFrame(type, token, last);
    }
}
