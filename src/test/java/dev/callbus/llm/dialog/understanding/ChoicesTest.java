package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoicesTest {
    private static final List<String> OPTIONS = List.of("Use the laptop", "Use the phone", "Talk to a person");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0",
                "one | 0",
                "the first | 0",
                "the first one | 0",
                "press one | 0",
                "I'd like option two please | 1",
                "number 3 | 2",
                "the last one | 2",
                "The caller keyed 1 | 0",
                "The caller keyed 3 # | 2",
                "the second | 1",
                "uh the phone | 1",
                "I want to talk to a person | 2",
                "laptop | 0",
                "la segunda | 1",
            })
    void readsTheOption(String said, int index) {
        assertThat(Choices.of(said, OPTIONS)).hasValue(index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4",
                "zero",
                "The caller keyed 9",
                "The caller keyed 1 2 3",
                "neither",
                "not the phone",
                "the laptop or the phone",
                "banana"
            })
    void readsNothingElse(String said) {
        assertThat(Choices.of(said, OPTIONS)).isEmpty();
    }
}
