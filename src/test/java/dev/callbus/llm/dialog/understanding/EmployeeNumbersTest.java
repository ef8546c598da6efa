package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmployeeNumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my employee number is 48213 | 48213",
                "employee id four eight two one three | 48213",
                "employee i d is E 4 8 2 1 3 | E48213",
                "badge number e48213 | E48213",
                "my staff number's 1 2 3 4 | 1234",
            })
    void readsTheNumberOfAnEmployee(String said, String means) {
        assertThat(EmployeeNumbers.find(said, false).map(Found::value)).hasValue(means);
    }

    @Test
    void digitsAreEnoughWhileItIsAskedFor() {
        assertThat(EmployeeNumbers.find("it's 4 8 2 1 3", true).map(Found::value))
                .hasValue("48213");
        assertThat(EmployeeNumbers.find("it's 4 8 2 1 3", false)).isEmpty();
        assertThat(EmployeeNumbers.find("I have 2", true)).isEmpty();
    }
}
