package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

class UnderstandingPropertyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 2, 28);

    @Property(tries = 500, seed = "4")
    void readsAnyTextTheSameEachTime(@ForAll String said, @ForAll Asked asked) {
        assertSound(said, asked);
    }

    @Property(tries = 1000, seed = "5")
    void readsAnyWordsOfItsOwnTheSameEachTime(
            @ForAll @Size(max = 25) List<@From("said") String> said, @ForAll Asked asked) {
        assertSound(String.join(" ", said), asked);
    }

    @Property(tries = 30, seed = "6")
    void readsTenThousandCharactersInNoTime(
            @ForAll("said") String word, @ForAll("gaps") String gap, @ForAll Asked asked) {
        String said = (word + gap).repeat(10_000 / (word.length() + gap.length()) + 1);

        Assertions.assertTimeout(Duration.ofSeconds(1), () -> {
            var read = Trained.UNDERSTANDING.read(said, asked, TODAY);
            assertThat(read.guesses()).isNotEmpty();
        });
    }

    @Provide
    Arbitrary<String> said() {
        return Arbitraries.of(
                ("at dot a b i n c double triple hundred thousand and one twenty oh zero as in like for @ . - _ + , 10001 INC com io u"
                                + " not no yes high low hi march third of last ago two days / 3 the caller keyed # [code] x ray juliet"
                                + " ñ ½ ٣ 🙂 ' john gmail.com john@example.com plus ticket number employee full stop under score")
                        .split(" ", -1));
    }

    @Provide
    Arbitrary<String> gaps() {
        return Arbitraries.of("", " ", ".", ", ", "\n");
    }

    private static void assertSound(String said, @Nullable Asked asked) {
        var read = Trained.UNDERSTANDING.read(said, asked, TODAY);

        assertThat(read).isEqualTo(Trained.UNDERSTANDING.read(said, asked, TODAY));
        assertThat(read.guesses())
                .isNotEmpty()
                .allSatisfy(guess -> assertThat(guess.confidence()).isBetween(0.0, 1.0));
        assertThat(read.guesses()).isSortedAccordingTo((a, b) -> Double.compare(b.confidence(), a.confidence()));
        read.entity(Entities.EMAIL).ifPresent(email -> assertThat(email).matches("[^@\\s]+@[a-z0-9.-]+\\.[a-z]{2,}"));
        read.entity(Entities.TICKET).ifPresent(ticket -> assertThat(ticket).matches("INC\\d{7}"));
        read.entity(Entities.PHONE).ifPresent(phone -> assertThat(phone).matches("\\+\\d{7,15}"));
        read.entity(Entities.PRIORITY)
                .ifPresent(priority -> assertThat(priority).isIn("low", "medium", "high"));
    }
}
