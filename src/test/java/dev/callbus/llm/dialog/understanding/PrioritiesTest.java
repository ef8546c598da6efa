package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrioritiesTest {
    private final Priorities priorities = new Priorities(Trained.PHRASES.synonyms());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "low | low",
                "Medium | medium",
                "HIGH! | high",
                "it should be high | high",
                "super high | high",
                "urgent | high",
                "this is really important | high",
                "escalated | high",
                "please escalate it | high",
                "as soon as possible | high",
                "asap | high",
                "critical | high",
                "not urgent | low",
                "it isn't urgent | low",
                "it's not that important | low",
                "no rush | low",
                "it can wait | low",
                "normal | medium",
                "just normal I guess | medium",
                "the middle one | medium",
                "not high, medium | medium",
                "not low but high | high",
                "high no wait low | low",
                "alta | high",
                "no es urgente | low",
                "hi | high",
                "hi. | high",
                "Hy | high",
                "uh hi please | high",
            })
    void readsThePriorityThatIsAskedFor(String said, String means) {
        assertThat(priorities.find(said, true)).hasValue(means);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not high",
                "it's not high priority",
                "low medium or high",
                "flow",
                "hi there how are you",
                "hi I have a problem",
                "whatever",
                "",
                "I don't know"
            })
    void readsNothingThatWasNotChosen(String said) {
        assertThat(priorities.find(said, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hi",
                "hi.",
                "hai",
                "my battery is low again",
                "the high school called",
                "I deleted an important mail"
            })
    void weakWordsMeanNothingWhileItIsNotAskedFor(String said) {
        assertThat(priorities.find(said, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open an urgent ticket | high",
                "open a low priority ticket | low",
                "open an incident with priority medium | medium",
                "low | low",
                "make it high | high",
            })
    void strongWordsAndNamedPrioritiesCountAtAnyTime(String said, String means) {
        assertThat(priorities.find(said, false)).hasValue(means);
    }

    @Test
    void takesAnyPhrasesFile() {
        var none = new Priorities(Map.of());
        var odd = new Priorities(Map.of(Priorities.ALWAYS, Map.of("HIGH", List.of("", "??", "Pronto, por favor"))));

        assertThat(none.find("high", true)).isEmpty();
        assertThat(odd.find("pronto por favor", false)).hasValue("HIGH");
    }
}
