package dev.callbus.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.bus.BusException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ticket numbers and telephone numbers as people say and write them, and levels of priority. */
class SpokenFormsTest {
    private final PhoneNumbers numbers = new PhoneNumbers("US");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INC0010023",
                "inc0010023",
                "inc 0 0 1 0 0 2 3",
                "I N C zero zero one oh oh two three",
                "INC-001-0023",
                " INC #0010023 "
            })
    void readsTicketNumbers(String speech) {
        assertThat(TicketNumber.of(speech).text()).isEqualTo("INC0010023");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INC",
                "12345",
                "INC1234",
                "INC9^ORnumberISNOTEMPTY",
                "INC0010023=",
                "LONGPREFIX12345",
                "İNC00100"
            })
    void s8RefusesWhatIsNoTicketNumber(String speech) {
        assertThatThrownBy(() -> TicketNumber.of(speech))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("no ticket number");
    }

    @ParameterizedTest
    @CsvSource({
        "+15550001111,+15550001111",
        "(555) 000-1111,+15550001111",
        "+49 (0)30 1234 5678,+493012345678",
        "+61 467 123 456,+61467123456"
    })
    void normalisesTelephoneNumbersEvenIfNobodyHasThem(String written, String number) {
        assertThat(numbers.normalised(written)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ext. 12",
                "5550111",
                "anonymous",
                "+266696687",
                "+86282452253",
                "garbage 12345678901234567890"
            })
    void s9NoNumberIsMadeOfNothing(String written) {
        assertThat(numbers.normalised(written)).isEmpty();
    }

    @Test
    void looksForEndingsInUsualGroups() {
        assertThat(PhoneNumbers.endings("+15550001111"))
                .contains("01111", "00 1111", "00-1111", "00.1111", "01 111", "11 11")
                .hasSize(10)
                .allMatch(ending -> ending.replaceAll("[^0-9]", "").length() >= 4);
    }

    @Test
    void levelsYieldThePriority() {
        for (int priority = 1; priority <= 5; priority++) {
            for (var urgency : List.of(1, 2, 3)) {
                var levels = Levels.of(priority, urgency);
                assertThat(levels.impact() + levels.urgency() - 1).isEqualTo(priority);
                assertThat(levels.impact()).isBetween(1, 3);
                assertThat(levels.urgency()).isBetween(1, 3);
            }
            var levels = Levels.of(priority, null);
            assertThat(levels.impact() + levels.urgency() - 1).isEqualTo(priority);
        }
    }
}
