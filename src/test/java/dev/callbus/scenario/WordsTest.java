package dev.callbus.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How what is heard is compared with what is expected. */
class WordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hello, this is the IT help desk.         | this is the it help desk
            Its number is I N C 0 0 1 0 0 0 1.       | number is INC0010001
            Its number is I N C, 0 0 1, 0 0 0 1.     | INC0010001
            Wi-Fi works                              | wifi
            I’m sorry                                | I'm sorry
            write to dana@example.com                | dana@example.com
            """)
    void caseAndPunctuationAndSpacesDontCount(String heard, String expected) {
        assertThat(Words.find(heard, expected)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            You have two tickets.        | ticket
            It is understood.            | stood
            one two                      | two one
            I'm                          | im
            a 4 digit code               | code a
            nothing at all               | nothing at all else
            """)
    void wordsAreWhole(String heard, String expected) {
        assertThat(Words.find(heard, expected)).isEmpty();
    }

    @Test
    void theFirstPlaceCounts() {
        assertThat(Words.find("yes. Yes, YES!", "yes yes")).contains(new Words.Span(0, 8));
    }

    @Test
    void noWordsAreFoundNowhere() {
        assertThat(Words.find("anything", "…")).isEmpty();
    }
}
