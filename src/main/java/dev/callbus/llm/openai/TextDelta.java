package dev.callbus.llm.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the event of the Responses API that nearly every token comes in without building a tree: this runs per token. */
final class TextDelta {
    private static final String TYPE = "response.output_text.delta";

    private TextDelta() {}

    /** The event's words, or null if it is another event, which has to be looked at as a whole. */
    static @Nullable String words(JsonFactory json, byte[] data) throws IOException {
        try (var parser = json.createParser(data)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            @Nullable String words = null;
            boolean known = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var value = parser.nextToken();
                if (name.equals("type")) {
                    if (!TYPE.equals(parser.getText())) {
                        return null;
                    }
                    known = true;
                } else if (name.equals("delta") && value == JsonToken.VALUE_STRING) {
                    words = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            return known ? words : null;
        }
    }
}
