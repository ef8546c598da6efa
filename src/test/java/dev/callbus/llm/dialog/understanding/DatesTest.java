package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    /** A Wednesday. */
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 18);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "today | 2026-03-18",
                "since this morning | 2026-03-18",
                "it stopped yesterday | 2026-03-17",
                "last night | 2026-03-17",
                "the day before yesterday | 2026-03-16",
                "since Monday | 2026-03-16",
                "on wednesday | 2026-03-18",
                "last wednesday | 2026-03-11",
                "last friday | 2026-03-13",
                "last week | 2026-03-11",
                "last month | 2026-02-18",
                "two days ago | 2026-03-16",
                "a week ago | 2026-03-11",
                "a couple of weeks ago | 2026-03-04",
                "3 days ago | 2026-03-15",
                "March 3rd | 2026-03-03",
                "march third | 2026-03-03",
                "the third of March | 2026-03-03",
                "the 3rd of march 2025 | 2025-03-03",
                "march twenty first | 2025-03-21",
                "December 24, 2025 | 2025-12-24",
                "december 24 | 2025-12-24",
                "2026-01-31 | 2026-01-31",
                "1/31/26 | 2026-01-31",
                "2/3 | 2026-02-03",
                "ayer | 2026-03-17",
                "el tres de marzo | 2026-03-03",
            })
    void readsADay(String said, LocalDate means) {
        assertThat(Dates.find(said, TODAY)).hasValue(means);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "february 31", "13/45/2026", "may I ask", "march", "in a minute", "9999-99-99", "ago ago"})
    void readsNothingElse(String said) {
        assertThat(Dates.find(said, TODAY)).isEmpty();
    }
}
