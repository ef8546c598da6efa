package dev.callbus.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.scenario.Scenario;
import dev.callbus.scenario.ScenarioException;
import dev.callbus.scenario.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rasa's conversation tests as scenarios. */
class RasaImportTest {
    private static final String DOMAIN = """
            responses:
              utter_greet:
                - text: Hallo! I'm your IT Helpdesk Assistant.
              utter_ask:
                - text: "Is {email} your   address?"
              utter_picture:
                - image: a.png
            """;

    @Test
    void theSixConversationsOfTheHelpDeskAreScenarios() throws Exception {
        var file = Path.of("src", "test", "resources", "rasa", "test_conversations.md");
        var scenarios = scenarios(RasaImport.scenarios(file.toString(), Files.readString(file), ""));
        assertThat(scenarios)
                .extracting(Scenario::name)
                .containsExactly(
                        "bot challenge",
                        "out of scope",
                        "greet then open incident",
                        "password issue opens the form",
                        "greet then email problem",
                        "email problem interrupted by help");
        assertThat(scenarios).allSatisfy(scenario -> assertThat(scenario.tags()).containsExactly("rasa"));
        assertThat(said(scenarios.get(3))).containsExactly("I forgot my password");
        assertThat(said(scenarios.getLast())).containsExactly("I have a problem with my email", "help");
        assertThat(heard(scenarios.get(2))).hasSize(3);
    }

    @Test
    void responsesHaveTheWordsOfTheDomain() {
        var yaml = RasaImport.scenarios("a.md", """
                ## one
                * greet: hi
                  - utter_greet
                * inform: [j@b.io](email) and [high]{"entity": "priority"}
                  - utter_ask
                  - utter_picture
                  - slot{"email": "j@b.io"}
                """, DOMAIN);
        var scenario = scenarios(yaml).getFirst();
        assertThat(said(scenario)).containsExactly("hi", "j@b.io and high");
        assertThat(heard(scenario))
                .containsExactly(
                        new Step.Contains("Hallo! I'm your IT Helpdesk Assistant."),
                        new Step.Contains("your address?"),
                        new Step.Finds("\\S"));
        assertThat(yaml).contains("# intent inform", "# slot{\"email\": \"j@b.io\"}");
    }

    @Test
    void testCasesOfRasaThreeAreScenarios() {
        var yaml = RasaImport.scenarios("e2e.yml", """
                fixtures: []
                test_cases:
                  - test_case: it's one
                    steps:
                      - user: "hello: you"
                      - utter: utter_greet
                      - user: more
                        assertions:
                          - flow_started: transfer
                          - bot_uttered: {text_matches: "Which .*"}
                          - bot_uttered: {utter_name: utter_greet}
                      - bot: Anything else?
                      - slot_was_set: [{a: b}]
                      - user: no
                """, DOMAIN);
        var scenario = scenarios(yaml).getFirst();
        assertThat(scenario.name()).isEqualTo("it's one");
        assertThat(said(scenario)).containsExactly("hello: you", "more", "no");
        assertThat(heard(scenario))
                .containsExactly(
                        new Step.Contains("Hallo! I'm your IT Helpdesk Assistant."),
                        new Step.Finds("Which .*"),
                        new Step.Contains("Hallo! I'm your IT Helpdesk Assistant."),
                        new Step.Contains("Anything else?"),
                        new Step.Finds("\\S"));
        assertThat(yaml).contains("# flow_started transfer", "# slot_was_set [{a=b}]");
    }

    @Test
    void storiesOfRasaTwoAreScenarios() {
        var yaml = RasaImport.scenarios("stories.yml", """
                stories:
                  - story: one
                    steps:
                      - user: |
                          open [incident](thing)
                        intent: open
                      - action: open_form
                      - active_loop: open_form
                      - action: utter_greet
                  - story: one
                    steps:
                      - user: hi
                        intent: greet
                """, DOMAIN);
        var scenarios = scenarios(yaml);
        assertThat(scenarios).extracting(Scenario::name).containsExactly("one", "one (2)");
        assertThat(said(scenarios.getFirst())).containsExactly("open incident");
        assertThat(yaml).contains("# open_form", "# active_loop open_form");
    }

    @Test
    void whatIsNoneOfRasasFilesIsRefused() {
        assertThatThrownBy(() -> RasaImport.scenarios("a.md", "just words", ""))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("a.md:1: \"just words\" is no line of a story. Begin it with \"## \", \"* \" or \"- \".");
        assertThatThrownBy(() -> RasaImport.scenarios("a.md", "* greet: hi", ""))
                .hasMessageContaining("a.md:1: a line stands before any story");
        assertThatThrownBy(() -> RasaImport.scenarios("a.md", "## one\n* greet", ""))
                .hasMessageContaining("a.md:2: the intent greet has no words");
        assertThatThrownBy(() -> RasaImport.scenarios("a.yml", "intents: [a]", ""))
                .hasMessageContaining("a.yml:1: there is no conversation of Rasa's in it");
        assertThatThrownBy(() -> RasaImport.scenarios("a.yml", "stories: [{story: a}]", ""))
                .hasMessageContaining("has no \"steps\"");
    }

    private static List<Scenario> scenarios(String yaml) {
        return ScenarioFiles.parse("imported.yaml", yaml);
    }

    private static List<String> said(Scenario scenario) {
        return scenario.steps().stream()
                .filter(Step.Says.class::isInstance)
                .map(step -> ((Step.Says) step).words())
                .toList();
    }

    private static List<Step.Match> heard(Scenario scenario) {
        return scenario.steps().stream()
                .filter(Step.Hears.class::isInstance)
                .map(step -> ((Step.Hears) step).match())
                .toList();
    }
}
