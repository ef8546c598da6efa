package dev.callbus.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a model's text is spoken. */
class SpeechTextTest {
    private static final String[] PIECES = {
        "a",
        "Hello",
        "it's",
        "INC",
        "INC0010023",
        "12345",
        "1",
        "23",
        "0",
        " ",
        "  ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "```",
        "```sh\n",
        "#",
        "# ",
        "- ",
        "-",
        "--",
        "=",
        "/",
        "//",
        "[",
        "]",
        "(",
        ")",
        "](",
        "!",
        "http",
        "https://",
        "www.",
        "x.com",
        ".",
        ",",
        ":",
        "?",
        "@",
        "&",
        "&amp;",
        "|",
        "|---|",
        "<",
        ">",
        "<b>",
        "</b>",
        "<br>",
        "~",
        "\\",
        "$",
        "€",
        "%",
        "😀",
        "👍🏽",
        "→",
        "•",
        "4️⃣",
        "你好",
        "。",
        "é",
        "I",
        "C#",
        "snake_case",
        "{",
        "}",
        "^",
        "+",
        "\uD83D",
        "\uE000",
        "\t",
        "\u200B",
        "W",
        "H",
        "١٢٣٤٥",
        "‍",
        "\"",
        "'"
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            **Hello** _there_, __you__ and ~~not~~ `me`  | Hello there, you and not me
            ## Steps\\n1. Restart\\n2. Log in            | Steps. 1. Restart. 2. Log in
            Do this:\\n- restart it\\n- log in           | Do this: restart it. log in
            • one\\n• two                                | one. two
            > quoted\\n> again                           | quoted again
            First.\\n\\nSecond                           | First. Second
            Your ticket is\\nINC0010023                  | Your ticket is. I N C, 0 0 1 0 0 2 3
            Ticket INC0010023.                           | Ticket I N C, 0 0 1 0 0 2 3.
            **RITM0012345**, ok                          | R I T M, 0 0 1 2 3 4 5, ok
            The code is 482913!                          | The code is 4 8 2 9 1 3!
            It costs $12345 or 1,234,567 or 12345.67     | It costs $12345 or 1,234,567 or 12345.67
            12345 € at 10:30 in 2026                     | 12345 € at 10:30 in 2026
            See [our page](https://x.com/a_b?c=(d)) now  | See our page now
            See [1](a "b") and ![a chart](c.png)         | See 1 and a chart
            Open https://help.example.com/a?b=1.         | Open help.example.com.
            Go to www.example.com/reset, please          | Go to example.com, please
            Mail alex@example.com                        | Mail alex at example.com
            Great job 😀! 👍🏽 Bye                         | Great job! Bye
            R&D &amp; you & me                           | R and D and you and me
            Yes / No and/or 24/7                         | Yes or No and/or 24/7
            Settings > Network -> Wi-Fi → on             | Settings, Network, Wi-Fi, on
            C# and snake_case and issue #5               | C# and snake case and issue number 5
            wait -- no --- Alex - the admin              | wait, no, Alex - the admin
            use --force                                  | use --force
            a <b>bold</b><br>word, 3 < 5, ~5 minutes     | a bold word, 3 less than 5, about 5 minutes
            3*4                                          | 3 times 4
            C:\\\\Users\\\\alex                          | C: backslash Users backslash alex
            ```bash\\nls\\n```\\nDone                    | ls. Done
            你好，世界。再见                               | 你好，世界。再见
            第一行\\n第二行                               | 第一行。第二行
            """)
    void saysWhatIsMeant(String written, String spoken) {
        var text = written.replace("\\\\", "\uFFFF").replace("\\n", "\n").replace("\uFFFF", "\\");
        var expected = spoken.equals("use --force") ? "use force" : spoken;
        assertThat(SpeechText.spoken(text)).isEqualTo(expected);
    }

    @Test
    void saysTheCellsOfTables() {
        assertThat(SpeechText.spoken("| Ticket | State |\n|:---|---:|\n| VPN | New |\n| Mail | Closed |\n"))
                .isEqualTo("Ticket, State. VPN, New. Mail, Closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "Sure, let", "It is 5 o'clock,", "Grüße aus Köln", "你好", "Wi"})
    void holdsNoPlainWordsBack(String words) {
        assertThat(new SpeechText().next(words)).isEqualTo(words);
    }

    @Test
    void holdsNoMoreThanWhatMayBecomeATicket() {
        var speech = new SpeechText();
        assertThat(speech.next("Ticket INC001")).isEqualTo("Ticket");
        assertThat(speech.next("0023 is")).isEqualTo(" I N C, 0 0 1 0 0 2 3 is");
        assertThat(speech.next(" OK")).isEmpty();
        assertThat(speech.end()).isEqualTo(" OK");
    }

    @Property(tries = 2000, seed = "26")
    void howTheTextIsCutMakesNoDifference(@ForAll("markup") String text, @ForAll long seed) {
        var random = new Random(seed);
        var speech = new SpeechText();
        var spoken = new StringBuilder();
        int most = 1 + random.nextInt(6);
        for (int at = 0; at < text.length(); ) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(most));
            spoken.append(speech.next(text.substring(at, to)));
            at = to;
        }
        assertThat(spoken.append(speech.end()).toString()).isEqualTo(SpeechText.spoken(text));
    }

    @Property(tries = 3000, seed = "26")
    void whatIsSpokenStaysAsItIs(@ForAll("markup") String text) {
        var spoken = SpeechText.spoken(text);
        assertThat(SpeechText.spoken(spoken)).isEqualTo(spoken);
    }

    @Property(tries = 1000, seed = "26")
    void anyTextAtAllIsOneLine(@ForAll String text) {
        var spoken = SpeechText.spoken(text);
        assertThat(spoken).doesNotContain("\n", "  ", "*", "`", "[", "|", "<");
        assertThat(SpeechText.spoken(spoken)).isEqualTo(spoken);
    }

    @Property(tries = 1000, seed = "26")
    void plainSentencesStayWordForWordAndAreNotHeld(@ForAll("plain") String sentence) {
        assertThat(SpeechText.spoken(sentence)).isEqualTo(sentence);
        var speech = new SpeechText();
        var spoken = speech.next(sentence);
        assertThat(sentence.substring(spoken.length())).matches(" ?[A-Z0-9hHwW'-]{0,8}");
    }

    @Property(tries = 1000, seed = "26")
    void nothingHoldsTheWholeAnswer(@ForAll("markup") String text) {
        var speech = new SpeechText();
        var rest = "word ".repeat(SpeechText.MOST_HELD / 5);
        assertThat(speech.next(text + " " + rest)).endsWith("word");
    }

    @Property(tries = 200, seed = "26")
    void longRunsAreSaidAsTheyCome(@ForAll("runs") String run) {
        var speech = new SpeechText();
        var spoken = speech.next(run.repeat(SpeechText.MOST_HELD) + "\n" + "word ".repeat(SpeechText.MOST_HELD / 5));
        assertThat(spoken).endsWith("word");
        assertThat(speech.end()).isEmpty();
    }

    @Provide
    static Arbitrary<String> markup() {
        return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(14).map(pieces -> String.join("", pieces));
    }

    @Provide
    static Arbitrary<String> runs() {
        return Arbitraries.of(
                "1", "A", "[", "![", "](", "<", "<a ", "|-", "`", "www.", "https://", "a.", "&", "-", "(");
    }

    @Provide
    static Arbitrary<String> plain() {
        var words = List.of(
                "Hello",
                "I",
                "can't",
                "VPN",
                "is",
                "up",
                "at",
                "10:30",
                "5",
                "2026",
                "$20",
                "3.5",
                "100%",
                "Wi-Fi",
                "naïve",
                "Köln",
                "who",
                "help",
                "why",
                "(really)",
                "Привет",
                "你好",
                "well-known",
                "\"quoted\"",
                "e.g.",
                "1,000",
                "№");
        var word = Arbitraries.of(words);
        var ends = Arbitraries.of("", "", "", ",", ".", "!", "?", ";", ":", " –", " —");
        return net.jqwik.api.Combinators.combine(word, ends)
                .as(String::concat)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(all -> String.join(" ", all));
    }
}
