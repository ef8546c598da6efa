package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstandingTest {
    @ParameterizedTest
    @ValueSource(strings = {"hi", "Hi.", "hi!", "Hi there"})
    void hiGreetsWhenNothingWasAsked(String said) {
        var understood = read(said, null);

        assertThat(understood.best().intent()).isEqualTo(Intents.GREET);
        assertThat(understood.entity(Entities.PRIORITY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hi", "Hi.", "hy"})
    void hiIsHighWhileThePriorityIsAsked(String said) {
        var understood = read(said, Asked.PRIORITY);

        assertThat(understood.best().intent()).isEqualTo(Intents.INFORM);
        assertThat(understood.entity(Entities.PRIORITY)).hasValue("high");
    }

    @ParameterizedTest
    @EnumSource(value = Asked.class, mode = EnumSource.Mode.EXCLUDE, names = "PRIORITY")
    void hiIsNeverHighWhileSomethingElseIsAsked(Asked asked) {
        assertThat(read("hi", asked).entity(Entities.PRIORITY)).isEmpty();
    }

    @Test
    void takesADenialAndTheNewAddressFromOneUtterance() {
        var understood = read("no, use j p k at bespoken dot i o instead", Asked.YES_NO);

        assertThat(understood.answer()).isEqualTo(Answer.NO);
        assertThat(understood.best().intent()).isEqualTo(Intents.DENY);
        assertThat(understood.entity(Entities.EMAIL)).hasValue("jpk@bespoken.io");
    }

    @Test
    void takesAnAnswerAndAPriorityFromOneUtterance() {
        var understood = read("yes but it's urgent", Asked.YES_NO);

        assertThat(understood.answer()).isEqualTo(Answer.YES);
        assertThat(understood.entity(Entities.PRIORITY)).hasValue("high");
    }

    @Test
    void yeahIsAFillerWhenNothingWasAsked() {
        assertThat(read("um yeah so my laptop is slow", null).answer()).isNull();
        assertThat(read("yeah", null).answer()).isEqualTo(Answer.YES);
    }

    @Test
    void takesAnIntentWithItsDetails() {
        var understood = read("open an urgent incident for jane@example.com", null);

        assertThat(understood.best().intent()).isEqualTo("open_incident");
        assertThat(understood.entities())
                .containsEntry(Entities.EMAIL, "jane@example.com")
                .containsEntry(Entities.PRIORITY, "high");
    }

    @Test
    void reportsWhatADescriptionSoundsLikeAndLeavesItsTextAlone() {
        var text = "When I order a pizza from the intranet, Outlook says goodbye and my password is cancelled.";
        var understood = read("  " + text + " ", Asked.FREE_TEXT);

        assertThat(understood.text()).isEqualTo(text);
        assertThat(understood.guesses()).hasSizeGreaterThan(1);
    }

    @Test
    void readsKeysByWhatWasAsked() {
        assertThat(read("The caller keyed 2", Asked.PRIORITY).entity(Entities.CHOICE))
                .hasValue("2");
        assertThat(read("The caller keyed 1", Asked.CHOICE).entity(Entities.CHOICE))
                .hasValue("1");
        assertThat(read("The caller keyed 1", Asked.YES_NO).answer()).isEqualTo(Answer.YES);
        assertThat(read("The caller keyed 2", Asked.YES_NO).answer()).isEqualTo(Answer.NO);
        assertThat(read("The caller keyed 1 0 0 0 1", Asked.TICKET_NUMBER).entity(Entities.TICKET))
                .hasValue("INC0010001");
        assertThat(read("The caller keyed 4 2", null).entities()).containsOnly(Map.entry(Entities.DIGITS, "42"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[code]", "The caller keyed the code"})
    void knowsThatAHiddenCodeWasKeyed(String said) {
        assertThat(read(said, Asked.CODE).entity(Entities.CODE)).hasValue("keyed");
    }

    @Test
    void readsASpokenCode() {
        assertThat(read("it's 4 5 9 double 1 2", Asked.CODE).entity(Entities.DIGITS))
                .hasValue("459112");
        assertThat(read("twelve thirty four fifty six", Asked.CODE).entity(Entities.DIGITS))
                .hasValue("123456");
    }

    @Test
    void readsADayOnlyWhenItKnowsTheDate() {
        var today = LocalDate.of(2026, 3, 18);

        assertThat(Trained.UNDERSTANDING.read("since yesterday", null, today).entity(Entities.DATE))
                .hasValue("2026-03-17");
        assertThat(read("since yesterday", null).entity(Entities.DATE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "...", "?!"})
    void nothingSaidIsEmptyAndOutOfScope(String said) {
        var understood = read(said, null);

        assertThat(understood.isEmpty()).isTrue();
        assertThat(understood.best()).isEqualTo(new Guess(Intents.OUT_OF_SCOPE, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xqzt vrrp", "日本語", "🙂🙂", "12"})
    void isNotSureOfWhatItNeverSaw(String said) {
        var best = read(said, null).best();

        assertThat(best.confidence() < Understanding.SURE
                        || best.intent().equals(Intents.OUT_OF_SCOPE)
                        || best.intent().equals(Intents.INFORM))
                .as("%s", best)
                .isTrue();
    }

    @Test
    void trainsTheSameEachTime() {
        var again = Understanding.train(Trained.PHRASES);

        for (String said : new String[] {"my printer is on fire", "close it", "j p k at bespoken dot i o", "what"}) {
            assertThat(again.read(said, null)).isEqualTo(read(said, null));
        }
    }

    private static Understood read(String said, @Nullable Asked asked) {
        return Trained.UNDERSTANDING.read(said, asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"krr blm the so", "hrm brl tk", "fnord glorp wibble", "brrr hmm mpf"})
    void soundsThatAreNoWordsMeanNothing(String sounds) {
        assertThat(Trained.UNDERSTANDING.read(sounds, null).best().confidence()).isLessThan(Understanding.SURE);
    }
}
