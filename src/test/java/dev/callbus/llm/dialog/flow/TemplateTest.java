package dev.callbus.llm.dialog.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How values come into texts. */
class TemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{number}, {title}, {state}.|Outlook crashes.|INC1, Outlook crashes, new.",
                "{number}, {title}, {state}.|Outlook crashes|INC1, Outlook crashes, new.",
                "It says, {title}.|It is slow.|It says, It is slow.",
                "{title} That is all.|It is slow.|It is slow. That is all.",
                "{title}, {state}|Does it work?|Does it work?, new",
                "{title}|It is slow.|It is slow.",
                ". {title}|x|. x",
            })
    void aStopInTheMiddleOfASentenceIsLeftOut(String template, String title, String filled) {
        var values = Map.of("number", "INC1", "title", title, "state", "new");
        assertThat(Template.of(template).fill(place -> values.getOrDefault(place.name(), "")))
                .isEqualTo(filled);
    }
}
