package dev.callbus.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedCodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"123456", "123456#", " 12 34 56. ", "123-456", "1, 2, 3, 4, 5, 6", "１２３４５６"})
    void isTheDigitsThatWereKeyedOrSaid(String text) {
        assertThat(KeyedCode.of(text, 6)).map(KeyedCode::digits).contains("123456");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "12345", "1234567", "12345a", "my code is 123456", "one two three"})
    void isNothingElse(String text) {
        assertThat(KeyedCode.of(text, 6)).isEmpty();
    }

    @Test
    void doesNotPrintItself() {
        assertThat(new KeyedCode("123456").toString()).doesNotContain("1");
    }
}
