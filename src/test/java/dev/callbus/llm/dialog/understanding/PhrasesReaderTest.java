package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesReaderTest {
    @Test
    void keepsPhrasesAsTheyAreWritten() throws PhrasesException {
        var phrases = PhrasesReader.parse(
                "p.yaml",
                "intents:\n  deny: [no, 1]\n  affirm:\n    - yes\nsynonyms:\n  priority:\n    high: [urgent]\n");

        assertThat(phrases.intents()).containsEntry("deny", List.of("no", "1")).containsEntry("affirm", List.of("yes"));
        assertThat(phrases.synonyms().get("priority")).containsEntry("high", List.of("urgent"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | p.yaml:1: is empty.",
                "'intents:\n  a: [x]'                 | p.yaml:1: has fewer than two intents.",
                "'intents:\n  a: [x]\n  b: y'         | p.yaml:3: b has no list of phrases.",
                "'intents:\n  a: [x]\n  b: []'        | p.yaml:3: b has no list of phrases.",
                "'intents:\n  a: [x]\n  b: [[y]]'     | p.yaml:3: b has a phrase that is no text.",
                "'intents:\n  a: [x]\n  a: [y]'       | p.yaml:3: a is written twice.",
                "'intents: 5'                         | p.yaml:1: intents is no mapping.",
                "'intents:\n  a: [x]\nwords: [y]'     | p.yaml:3: has the unknown section words.",
                "'intents:\n  a: [x'                  | p.yaml:2: is not YAML",
            })
    void saysWhereAndWhatIsWrong(String yaml, String message) {
        assertThatThrownBy(() -> PhrasesReader.parse("p.yaml", yaml))
                .isInstanceOf(PhrasesException.class)
                .hasMessageStartingWith(message)
                .message()
                .matches("(?s)p\\.yaml:\\d+: .+\\. [A-Z].+");
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatThrownBy(() -> PhrasesReader.read(Path.of("no-such.yaml")))
                .isInstanceOf(PhrasesException.class)
                .hasMessageStartingWith("no-such.yaml:1: can't be read");
    }
}
