package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INC0010001 | INC0010001",
                "what about inc0010001? | INC0010001",
                "INC 001 0001 | INC0010001",
                "I N C zero zero one zero zero zero one | INC0010001",
                "i n c oh oh one oh oh oh one | INC0010001",
                "inc 1 0 0 0 1 | INC0010001",
                "ink ten thousand and one | INC0010001",
                "ticket number ten thousand and one | INC0010001",
                "incident number 10,001 | INC0010001",
                "ticket ten thousand twenty three | INC0010023",
                "it's incident number uh one double zero one two | INC0010012",
                "ticket 10001 please | INC0010001",
                "incident number 5 | INC0000005",
                "INC-0010001 | INC0010001",
            })
    void readsTheNumberOfATicket(String said, String means) {
        assertThat(Tickets.find(said, false).map(Found::value)).hasValue(means);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I have two tickets",
                "open a ticket priority 1",
                "my phone number is 5551234567",
                "my employee number is 48213",
                "the ink is empty",
                "ticket number",
                "INC",
                "INC0000000",
                "inc 123456789012"
            })
    void readsNothingElse(String said) {
        assertThat(Tickets.find(said, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10001 | INC0010001",
                "one zero zero zero one | INC0010001",
                "it's one zero zero zero one | INC0010001",
                "7 | INC0000007"
            })
    void digitsAreEnoughWhileItIsAskedFor(String said, String means) {
        assertThat(Tickets.find(said, true).map(Found::value)).hasValue(means);
        assertThat(Tickets.find(said, false)).isEmpty();
    }
}
