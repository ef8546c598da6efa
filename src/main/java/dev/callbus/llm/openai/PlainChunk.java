package dev.callbus.llm.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunk that nearly every token comes in, one with words and nothing else of interest, without building a tree:
 * this runs per token, a tree costs several times as much and most of the garbage of a turn.
 */
final class PlainChunk {
    private PlainChunk() {}

    /** The chunk's words, or null if there is more in it than words, so that it has to be looked at as a whole. */
    static @Nullable String words(JsonFactory json, byte[] data) throws IOException {
        try (var parser = json.createParser(data)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            @Nullable String words = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var value = parser.nextToken();
                switch (name) {
                    case "choices" -> {
                        words = onlyChoice(parser);
                        if (words == null) {
                            return null;
                        }
                    }
                    case "error", "usage", "x_groq" -> {
                        if (value != JsonToken.VALUE_NULL) {
                            return null;
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
            return words;
        }
    }

    private static @Nullable String onlyChoice(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartArrayToken() || parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        @Nullable String words = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            switch (name) {
                case "delta" -> {
                    words = onlyContent(parser);
                    if (words == null) {
                        return null;
                    }
                }
                case "finish_reason" -> {
                    if (value != JsonToken.VALUE_NULL) {
                        return null;
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return parser.nextToken() == JsonToken.END_ARRAY ? words : null;
    }

    private static @Nullable String onlyContent(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return null;
        }
        @Nullable String words = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            if (name.equals("content") && value == JsonToken.VALUE_STRING) {
                words = parser.getText();
            } else if (!name.equals("role") && value != JsonToken.VALUE_NULL) {
                return null;
            }
        }
        return words;
    }
}
