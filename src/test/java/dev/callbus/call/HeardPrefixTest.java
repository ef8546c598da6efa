package dev.callbus.call;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeardPrefixTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Your balance is ten dollars. | Your balance is | Your balance is
            Your balance is ten dollars. | your BALANCE, is | Your balance is
            One. Two. Three.             | One. Two        | One. Two.
            One. Two. Three.             | Two             | One. Two.
            It costs $10 today, sir.     | it costs ten dollars | It costs $10 today,
            Hello there.                 | ""              | ""
            Hello there.                 | something else entirely that is longer | Hello there.
            Grüße aus Köln.              | grüße aus       | Grüße aus
            """)
    void keepsWhatWasHeard(String sent, String heard, String kept) {
        assertThat(sent.substring(0, HeardPrefix.length(sent, heard))).isEqualTo(kept);
    }

    @Property
    void aPrefixOfWhatWasSentIsKeptWhole(
            @ForAll @AlphaChars @StringLength(min = 1, max = 60) String sent, @ForAll @IntRange(max = 60) int heard) {
        int length = Math.min(heard, sent.length());
        assertThat(HeardPrefix.length(sent, sent.substring(0, length))).isEqualTo(length);
    }
}
