package dev.callbus.channel.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers in what people said. */
class SpokenDigitsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my code is 481923 thanks|my code is •••• thanks",
                "it's 4 8 1 9 2 3|it's ••••",
                "48-19-23, right|••••, right",
                "48 19. 23|••••",
                "call +1 (555) 123-4567 now|call •••• now",
                "four eight one nine two three|••••",
                "Four, 8, one, nine|••••",
                "nobody phoned anyone|nobody phoned anyone",
                "room 12 on floor 3|room 12 on floor 3",
                "١٢٣٤٥٦ is it|•••• is it",
                "12|••••"
            })
    void fourInARowOrMoreAreMasked(String said, String shown) {
        assertThat(SpokenDigits.masked(said)).isEqualTo(shown);
    }

    @Test
    void anEndlessRunIsMasked() {
        assertThat(SpokenDigits.masked("x " + "1 ".repeat(500_000))).doesNotContain("1 1 1 1");
    }

    @Property
    void noCodeSurvives(
            @ForAll @IntRange(min = 4, max = 10) int length,
            @ForAll @StringLength(max = 3) @net.jqwik.api.constraints.Chars({' ', '-', '.', ',', '/'}) String between,
            @ForAll @IntRange(max = 9) int seed) {
        var code = IntStream.range(0, length)
                .mapToObj(i -> String.valueOf((seed + 3 * i) % 10))
                .collect(Collectors.joining(between));
        assertThat(SpokenDigits.masked("code " + code + " end")).isEqualTo("code •••• end");
    }
}
