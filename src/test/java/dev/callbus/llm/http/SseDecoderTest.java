package dev.callbus.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which events come out of which bytes, in whatever pieces those arrive. */
class SseDecoderTest {
    private final List<String> events = new ArrayList<>();
    private final SseDecoder decoder = new SseDecoder(64, data -> events.add(new String(data, StandardCharsets.UTF_8)));

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("LF", "data: a\n\ndata: b\n\n", List.of("a", "b")),
                Arguments.of("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", List.of("a", "b")),
                Arguments.of("CR", "data: a\r\rdata: b\r\r", List.of("a", "b")),
                Arguments.of(
                        "mixed", "data: a\r\n\ndata: b\n\r\ndata: c\r\r\ndata: d\n\r", List.of("a", "b", "c", "d")),
                Arguments.of("comment", ": keep-alive\n\n:\n\ndata: a\n: within\ndata: b\n\n", List.of("a\nb")),
                Arguments.of("several data lines", "data: a\ndata:\ndata: b\n\n", List.of("a\n\nb")),
                Arguments.of("field without colon", "message\ndata\n\n", List.of("")),
                Arguments.of("empty data", "data:\n\ndata: \n\n", List.of("", "")),
                Arguments.of("no space", "data:a\n\n", List.of("a")),
                Arguments.of("two spaces", "data:  a\n\n", List.of(" a")),
                Arguments.of("colons in the value", "data: {\"a\":1}\n\n", List.of("{\"a\":1}")),
                Arguments.of("other fields", "event: x\nid: 1\nretry: 5\ndata: a\n\n", List.of("a")),
                Arguments.of(
                        "other names that look alike", "datum: a\nData: b\ndatax: c\n data: d\ndat: e\n\n", List.of()),
                Arguments.of("an event without data", "event: ping\n\n", List.of()),
                Arguments.of("byte order mark", "\uFEFFdata: a\n\ndata: b\n\n", List.of("a", "b")),
                Arguments.of("byte order mark alone", "\uFEFF\ndata: a\n\n", List.of("a")),
                Arguments.of("byte order mark later", "data: a\n\n\uFEFFdata: b\n\n", List.of("a")),
                Arguments.of("no last blank line", "data: a\n\ndata: b\n", List.of("a", "b")),
                Arguments.of("no last line end", "data: a\n\ndata: b", List.of("a", "b")),
                Arguments.of("no last blank line, CR", "data: a\rdata: b\r", List.of("a\nb")),
                Arguments.of("nothing", "", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void decodes(String name, String stream, List<String> expected) {
        decoder.decode(Buffer.buffer(stream));
        decoder.end();
        assertThat(events).as(name).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void decodesByteByByte(String name, String stream, List<String> expected) {
        for (byte b : stream.getBytes(StandardCharsets.UTF_8)) {
            decoder.decode(Buffer.buffer(new byte[] {b}));
        }
        decoder.end();
        assertThat(events).as(name).isEqualTo(expected);
    }

    @Test
    void anEventIsPassedOnWithItsBlankLineAndNotBefore() {
        decoder.decode(Buffer.buffer("data: a\r\n"));
        assertThat(events).isEmpty();
        decoder.decode(Buffer.buffer("\r"));
        assertThat(events).containsExactly("a");
        decoder.decode(Buffer.buffer("\ndata: b\n\n"));
        assertThat(events).containsExactly("a", "b");
    }

    @Test
    void endPassesAPendingEventOnOnce() {
        decoder.decode(Buffer.buffer("data: a"));
        decoder.end();
        decoder.end();
        assertThat(events).containsExactly("a");
    }

    @Test
    void anEventUpToTheLimitIsDecodedAgainAndAgain() {
        var longest = "x".repeat(64 - "data: ".length());
        for (int i = 0; i < 10; i++) {
            decoder.decode(Buffer.buffer("data: " + longest + "\n\n"));
        }
        assertThat(events).hasSize(10).containsOnly(longest);
    }

    @Test
    void aLineOverTheLimitIsRefused() {
        var tooLong = Buffer.buffer("data: " + "x".repeat(64));
        assertThatThrownBy(() -> decoder.decode(tooLong)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyLinesThatTogetherAreOverTheLimitAreRefused() {
        var line = Buffer.buffer("data: 123456789\n");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        decoder.decode(line);
                    }
                })
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endlessEmptyLinesOfDataAreRefused() {
        var line = Buffer.buffer("data\n");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        decoder.decode(line);
                    }
                })
                .isInstanceOf(IllegalStateException.class);
    }

    @Property(tries = 500)
    void chunksDoNotMatter(
            @ForAll("values") List<List<String>> sent, @ForAll("lineEnds") String lineEnd, @ForAll long seed) {
        var text = new StringBuilder();
        sent.forEach(lines -> {
            text.append(": comment ü").append(lineEnd).append("event: x").append(lineEnd);
            lines.forEach(line -> text.append("data: ").append(line).append(lineEnd));
            text.append(lineEnd);
        });
        var received = new ArrayList<String>();
        var chunked = new SseDecoder(1 << 16, data -> received.add(new String(data, StandardCharsets.UTF_8)));
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        var random = new Random(seed);
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, random.nextInt(8));
            chunked.decode(Buffer.buffer().appendBytes(bytes, at, length));
            at += length;
        }
        assertThat(received)
                .isEqualTo(sent.stream().map(lines -> String.join("\n", lines)).toList());
    }

    @Provide
    Arbitrary<List<List<String>>> values() {
        var letters =
                Arbitraries.strings().withChars("abc :{}\"\t\u0000äß€\uFEFF日本").ofMaxLength(12);
        var withEmoji = Combinators.combine(letters, Arbitraries.of("", "🙂", "👩‍💻", "data: "))
                .as(String::concat);
        return withEmoji.list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }
}
