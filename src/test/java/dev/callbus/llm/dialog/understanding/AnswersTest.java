package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes", "Yes.", "yeah", "yep", "Yup!", "uh yes please", "sure", "of course", "that's right",
                        "That is correct.",
                "please do", "indeed", "absolutely", "go ahead", "uh huh", "mm hmm", "okay", "fine", "yeah no problem",
                        "why not",
                "sí", "claro que sí", "I think so", "right", "no yeah", "spot on", "sorry yes"
            })
    void knowsAYes(String said) {
        assertThat(Answers.find(said, true)).isEqualTo(new Answers.Read(Answer.YES, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "No.",
                "nope",
                "nah",
                "no thanks",
                "not really",
                "um no",
                "sorry no",
                "no sorry",
                "I don't think so",
                "not that one",
                "don't use that one",
                "that's not right",
                "wrong",
                "no way",
                "absolutely not",
                "of course not",
                "yeah no",
                "negative",
                "no gracias",
                "please don't"
            })
    void knowsANo(String said) {
        assertThat(Answers.find(said, true)).isEqualTo(new Answers.Read(Answer.NO, true));
    }

    @Test
    void knowsAnAnswerBeforeSomethingElse() {
        assertThat(Answers.find("yes but make it urgent", true)).isEqualTo(new Answers.Read(Answer.YES, false));
        assertThat(Answers.find("no, use bob@example.com instead", true)).isEqualTo(new Answers.Read(Answer.NO, false));
        assertThat(Answers.find("no I want to talk to a human", false)).isEqualTo(new Answers.Read(Answer.NO, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not sure",
                "I don't know",
                "no sound on my computer",
                "no internet",
                "never mind",
                "nobody answers",
                "okay so my email is bob@example.com",
                "great big problem",
                "maybe",
                "I don't have my phone",
                "not working",
                "the printer",
                "no funciona"
            })
    void knowsWhatIsNoAnswer(String said) {
        assertThat(Answers.find(said, true)).isNull();
    }

    @Test
    void praiseIsAnAnswerOnlyToAQuestion() {
        assertThat(Answers.find("great", true)).isEqualTo(new Answers.Read(Answer.YES, true));
        assertThat(Answers.find("great", false)).isNull();
    }
}
