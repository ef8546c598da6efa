package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "415 555 2671 | +14155552671",
                "my number is (415) 555-2671. | +14155552671",
                "+44 20 7946 0018 | +442079460018",
                "plus four four two zero seven nine four six zero zero one eight | +442079460018",
                "four one five five five five two six seven one | +14155552671",
                "four one five triple five two six seven one | +14155552671",
                "011 44 20 7946 0018 | +442079460018",
            })
    void readsTelephoneNumbers(String said, String means) {
        assertThat(Phones.find(said, "US").map(Found::value)).hasValue(means);
    }

    @ParameterizedTest
    @ValueSource(strings = {"48213", "INC0010001", "one two three", "1234567890123456789", "none", ""})
    void readsNothingElse(String said) {
        assertThat(Phones.find(said, "US")).isEmpty();
    }
}
