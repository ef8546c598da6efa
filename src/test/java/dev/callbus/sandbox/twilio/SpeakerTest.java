package dev.callbus.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.twilio.Speaker.BeganToSpeak;
import dev.callbus.sandbox.twilio.Speaker.Cut;
import dev.callbus.sandbox.twilio.Speaker.FellSilent;
import dev.callbus.sandbox.twilio.Speaker.HeardPiece;
import dev.callbus.sandbox.twilio.Speaker.Manner;
import dev.callbus.sandbox.twilio.Speaker.PlayedClause;
import dev.callbus.sandbox.twilio.Speaker.Sound;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakerTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final long FOREVER = 3600 * SECOND;
    private static final Manner PLAIN = new Manner(InterruptibleBy.ANYTHING, false);
    private static final Manner PREEMPTIBLE = new Manner(InterruptibleBy.ANYTHING, true);
    private static final Manner PROTECTED = new Manner(InterruptibleBy.NOTHING, false);

    private final Speaker speaker = new Speaker(10, 300 * MILLI);

    /** "One two three four." has its words end after 3, 7, 13 and 19 characters. */
    @ParameterizedTest
    @CsvSource({
        "15, 319, '', 0",
        "15, 519, '', 199",
        "15, 521, One, 201",
        "15, 786, One, 466",
        "15, 787, One two, 467",
        "15, 1187, One two three, 867",
        "15, 1586, One two three, 1266",
        "30, 521, One, 201",
        "30, 555, One two, 235",
        "5, 919, '', 599",
        "5, 921, One, 601",
        "2000, 322, One, 2",
        "2000, 325, One two, 5",
        "2000, 329, One two three, 9",
    })
    void cutsAtWhatWasHeard(double charactersPerSecond, long millis, String heard, long spokenMillis) {
        var voice = new Speaker(charactersPerSecond, 320 * MILLI);
        voice.text("One two three four.", true, PLAIN, 0);
        voice.advance(millis * MILLI);
        assertThat(voice.cut(millis * MILLI)).isEqualTo(new Cut(millis >= 320, heard, heard, spokenMillis));
        assertThat(voice.advance(FOREVER)).isEmpty();
    }

    @Test
    void beginsBeforeTheCycleIsClosedButKeepsTheTrailingFragment() {
        speaker.text("Your balance is ", false, PLAIN, 0);
        assertThat(speaker.nextAt()).isEqualTo(Long.MAX_VALUE);
        speaker.text("ten dollars. Anything else", false, PLAIN, 0);
        assertThat(speaker.advance(FOREVER))
                .containsExactly(
                        new BeganToSpeak(),
                        new HeardPiece("Your"),
                        new HeardPiece(" balance"),
                        new HeardPiece(" is"),
                        new HeardPiece(" ten"),
                        new HeardPiece(" dollars."),
                        new PlayedClause("Your balance is ten dollars."),
                        new FellSilent());
        speaker.text("?", true, PLAIN, FOREVER);
        assertThat(clauses(speaker.advance(2 * FOREVER))).containsExactly("Anything else?");
    }

    @Test
    void soundsAfterTheFirstSoundDelayAndNotBefore() {
        speaker.text("Hi.", true, PLAIN, SECOND);
        assertThat(speaker.nextAt()).isEqualTo(SECOND + 300 * MILLI);
        assertThat(speaker.advance(SECOND + 299 * MILLI)).isEmpty();
        assertThat(speaker.isAudible()).isFalse();
        assertThat(speaker.isBusy()).isTrue();
        assertThat(speaker.advance(SECOND + 300 * MILLI)).containsExactly(new BeganToSpeak());
        assertThat(speaker.isAudible()).isTrue();
        assertThat(speaker.nextAt()).isEqualTo(SECOND + 600 * MILLI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It is 10.30 now.",
                "See www.example.com now.",
                "Well... yes.",
                "\"Really?\" he said.",
                "你好。再见。",
                "a\nb.\nc",
                "no punctuation at all",
                "…",
            })
    void saysEveryCharacterOnceHoweverTheTokensAreCut(String words) {
        speaker.text(words, true, PLAIN, 0);
        var whole = speaker.advance(FOREVER);
        var other = new Speaker(10, 300 * MILLI);
        for (int i = 0; i < words.length(); i++) {
            other.text(words.substring(i, i + 1), false, PLAIN, 0);
        }
        other.text("", true, PLAIN, 0);
        assertThat(heard(whole)).isEqualTo(words);
        assertThat(other.advance(FOREVER)).isEqualTo(whole);
    }

    @Test
    void splitsAtClausesButNotWithinNumbersAndNames() {
        speaker.text("At 10.30, or 3:15; see www.example.com! \"Fine.\" Well... yes", true, PLAIN, 0);
        assertThat(clauses(speaker.advance(FOREVER)))
                .containsExactly("At 10.30,", "or 3:15;", "see www.example.com!", "\"Fine.\"", "Well...", "yes");
    }

    @Test
    void anEmptyLastTokenClosesACycleThatHasNothingLeft() {
        speaker.text("Done. ", false, PLAIN, 0);
        speaker.text("", true, PLAIN, 0);
        assertThat(clauses(speaker.advance(FOREVER))).containsExactly("Done.");
        speaker.text("", true, PLAIN, FOREVER);
        assertThat(speaker.isBusy()).isFalse();
    }

    @Test
    void aCutPurgesEverythingEvenWhatIsOpenOrProtected() {
        speaker.text("One two.", true, PLAIN, 0);
        speaker.play("https://a.example/a.mp3", SECOND, PROTECTED, 0);
        speaker.text("An open", false, PROTECTED, 0);
        speaker.advance(SECOND);
        speaker.cut(SECOND);
        speaker.text("New.", true, PLAIN, SECOND);
        assertThat(heard(speaker.advance(FOREVER))).isEqualTo("New.");
    }

    @Test
    void whatFollowsWithoutAPauseCountsAsHeardToo() {
        speaker.text("One.", true, PLAIN, 0);
        speaker.text("Two.", true, PLAIN, 0);
        speaker.text("Three.", true, PLAIN, 0);
        speaker.advance(1150 * MILLI);
        assertThat(speaker.cut(1150 * MILLI)).isEqualTo(new Cut(true, "One.Two.", "", 850));
    }

    @Test
    void whatWasHeardBeforeASilenceDoesNotCount() {
        speaker.text("One.", true, PLAIN, 0);
        speaker.advance(10 * SECOND);
        speaker.text("Two three.", true, PLAIN, 10 * SECOND);
        speaker.advance(10 * SECOND + 700 * MILLI);
        assertThat(speaker.cut(10 * SECOND + 700 * MILLI)).isEqualTo(new Cut(true, "Two", "Two", 400));
    }

    @Test
    void onlyThePieceThatIsHeardSaysWhatInterruptsIt() {
        assertThat(speaker.interruptibleBy()).isEqualTo(InterruptibleBy.NOTHING);
        speaker.text("Protected.", true, PROTECTED, 0);
        speaker.text("Plain.", true, PLAIN, 0);
        assertThat(speaker.interruptibleBy()).isEqualTo(InterruptibleBy.NOTHING);
        speaker.advance(1300 * MILLI);
        assertThat(speaker.interruptibleBy()).isEqualTo(InterruptibleBy.ANYTHING);
    }

    @Test
    void thePreemptibleUtteranceYieldsToTheNextOne() {
        speaker.text("Please hold the line.", true, PREEMPTIBLE, 0);
        assertThat(heard(speaker.advance(SECOND))).isEqualTo("Please");
        assertThat(speaker.text("Here ", false, PLAIN, SECOND)).containsExactly(new FellSilent());
        speaker.text("I am.", true, PLAIN, SECOND);
        assertThat(heard(speaker.advance(FOREVER))).isEqualTo("Here I am.");
    }

    @Test
    void theFlagIsTheOldUtterancesNotTheNewOnes() {
        speaker.text("To its end.", true, PLAIN, 0);
        speaker.advance(500 * MILLI);
        assertThat(speaker.text("Then this.", true, PREEMPTIBLE, 500 * MILLI)).isEmpty();
        assertThat(heard(speaker.advance(FOREVER))).isEqualTo(" its end.Then this.");
    }

    @Test
    void aTokenOfTheSameCycleDoesNotPreempt() {
        speaker.text("Please hold, ", false, PREEMPTIBLE, 0);
        assertThat(speaker.text("I am looking.", true, PREEMPTIBLE, 0)).isEmpty();
        assertThat(heard(speaker.advance(FOREVER))).isEqualTo("Please hold, I am looking.");
    }

    @Test
    void aRecordingPreemptsAndDigitsDoNot() {
        speaker.text("Please hold.", true, PREEMPTIBLE, 0);
        speaker.digits("12", SECOND, PLAIN, 0);
        speaker.play("https://a.example/a.mp3", SECOND, PLAIN, 0);
        assertThat(heard(speaker.advance(FOREVER))).isEqualTo("12https://a.example/a.mp3");
        speaker.text("Please hold.", true, PREEMPTIBLE, FOREVER);
        speaker.digits("12", SECOND, PLAIN, FOREVER);
        assertThat(heard(speaker.advance(2 * FOREVER))).isEqualTo("Please hold.12");
    }

    @Test
    void everythingSharesOneQueueInItsOrder() {
        speaker.text("Before", false, PLAIN, 0);
        speaker.digits("5", 200 * MILLI, PLAIN, 0);
        speaker.text(" after.", true, PLAIN, 0);
        assertThat(clauses(speaker.advance(FOREVER))).containsExactly("Before", "5", "after.");
    }

    /** However words come and whenever they are cut: what was heard is a prefix, as long as the time allows. */
    @Property(tries = 300)
    void whatWasHeardIsThePrefixThatTheTimeAllows(
            @ForAll("sentences") List<String> words,
            @ForAll @DoubleRange(min = 1, max = 5000) double charactersPerSecond,
            @ForAll @IntRange(min = 0, max = 100) int percent,
            @ForAll @IntRange(min = 1, max = 20) int steps) {
        var text = String.join(" ", words);
        var voice = new Speaker(charactersPerSecond, 320 * MILLI);
        voice.text(text, true, PLAIN, 0);
        long whole = (long) (text.length() * (double) SECOND / charactersPerSecond);
        long cutAt = 320 * MILLI + whole * percent / 100;
        for (int step = 1; step <= steps; step++) {
            voice.advance(cutAt * step / steps);
        }
        var heard = voice.cut(cutAt).heard();
        assertThat(text).startsWith(heard);
        double characters = (cutAt - 320 * MILLI) * charactersPerSecond / SECOND;
        double slack = words.size() * charactersPerSecond / SECOND + 1e-6;
        if (percent < 100) {
            assertThat((double) heard.length()).isLessThanOrEqualTo(characters + slack);
            int next = text.indexOf(' ', heard.length() + 1);
            assertThat((double) (next < 0 ? text.length() : next)).isGreaterThanOrEqualTo(characters - slack);
        }
    }

    @Provide
    Arbitrary<List<String>> sentences() {
        var letters = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12);
        var ends = Arbitraries.of("", "", "", ",", ".", "?");
        return Combinators.combine(letters, ends)
                .as((word, end) -> word + end)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    private static String heard(List<Sound> sounds) {
        var heard = new StringBuilder();
        for (var sound : sounds) {
            if (sound instanceof HeardPiece piece) {
                heard.append(piece.text());
            }
        }
        return heard.toString();
    }

    private static List<String> clauses(List<Sound> sounds) {
        var clauses = new ArrayList<String>();
        for (var sound : sounds) {
            if (sound instanceof PlayedClause clause) {
                clauses.add(clause.text());
            }
        }
        return clauses;
    }
}
