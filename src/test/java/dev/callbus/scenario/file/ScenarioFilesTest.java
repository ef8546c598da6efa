package dev.callbus.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.scenario.Given;
import dev.callbus.scenario.Scenario;
import dev.callbus.scenario.Scenario.Place;
import dev.callbus.scenario.ScenarioException;
import dev.callbus.scenario.Step;
import dev.callbus.scenario.ToolStub;
import dev.callbus.scenario.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of scenario files, and what is refused. */
class ScenarioFilesTest {
    @Test
    void allOfAScenarioIsRead() {
        var scenario = read("""
                name: All of it
                description: What a file may hold
                tags: [one, two]
                cites: https://example.com
                given:
                  from: "+15550002345"
                  agent: {context: other, silence: 8s}
                  config: {verify.codeLength: 4}
                  servicenow:
                    - table: incident
                      fields: {short_description: Broken}
                  users: [{user_name: eve}]
                  tools: [{name: send-sms, returns: {ok: true}}]
                  chaos: servicenow-down
                steps:
                  - agent: Hello
                    within: 1500ms
                  - caller: {says: Hi, now: true}
                """);
        assertThat(scenario.place()).isEqualTo(new Place("test.yaml", 1));
        assertThat(scenario.tags()).containsExactly("one", "two");
        assertThat(scenario.cites()).containsExactly("https://example.com");
        var given = scenario.given();
        assertThat(given.from()).isEqualTo("+15550002345");
        assertThat(given.agent().silence()).isEqualTo(Duration.ofSeconds(8));
        assertThat(given.config().strip()).isEqualTo("'verify.codeLength': '4'");
        assertThat(given.rows())
                .containsExactly(
                        new Given.Row("sys_user", Map.of("user_name", "eve")),
                        new Given.Row("incident", Map.of("short_description", "Broken")));
        assertThat(given.tools().getFirst().stub()).isEqualTo(new ToolStub("{\"ok\":true}", null, Duration.ZERO));
        assertThat(given.chaos()).extracting(Step.Chaos::trouble).containsExactly(Trouble.SERVICENOW_DOWN);
        assertThat(scenario.steps())
                .containsExactly(
                        new Step.Hears(16, new Step.Contains("Hello"), Duration.ofMillis(1500)),
                        new Step.Says(18, "Hi", true));
    }

    @Test
    void everyKindOfStepIsRead() {
        var steps = read("""
                name: Steps
                steps:
                  - caller: Hi
                  - dtmf: 12#
                  - silence: 2m
                  - interrupt: {after_words: 2}
                  - interrupt: {at: word, says: Stop}
                  - partial: I ne
                  - chaos: {trouble: model-429, times: 3}
                  - agent: {exactly: Yes.}
                  - agent: {matches: '(?<ticket>INC\\d+)'}
                  - agent: {never: [no, nope]}
                  - agent: {silent: 3s}
                  - tool: {name: create, arguments: {a: {b: 2}, c: "{ticket}"}, times: 1, fails: No, delays: 1s}
                  - sms: {code: remember, says: code}
                  - sms: {times: 0}
                  - history: [{caller: Hi}, {tool: x}]
                  - history: {ends: [{agent: Yes}]}
                  - state: {grant: none, call: up, rows: {table: incident, where: {a: b}, count: 2, fields: {c: ''}}}
                  - never_logged: ["{code}"]
                  - hang_up
                  - ends: channel-lost
                """).steps();
        assertThat(steps)
                .containsExactly(
                        new Step.Says(3, "Hi", false),
                        new Step.Presses(4, "12#", false),
                        new Step.KeepsSilent(5, Duration.ofMinutes(2)),
                        new Step.Interrupts(6, 2, null, null),
                        new Step.Interrupts(7, null, "word", "Stop"),
                        new Step.SaysPartially(8, "I ne"),
                        new Step.Chaos(9, Trouble.MODEL_429, 3),
                        new Step.Hears(10, new Step.Equals("Yes."), null),
                        new Step.Hears(11, new Step.Finds("(?<ticket>INC\\d+)"), null),
                        new Step.NeverHears(12, "no"),
                        new Step.NeverHears(12, "nope"),
                        new Step.HearsNothing(13, Duration.ofSeconds(3)),
                        new Step.CallsTool(
                                14,
                                "create",
                                "{\"a\":{\"b\":2},\"c\":\"{ticket}\"}",
                                1,
                                new ToolStub(null, "No", Duration.ofSeconds(1)),
                                null),
                        new Step.GetsMessage(15, new Step.Contains("code"), "code", null, null),
                        new Step.GetsMessage(16, null, null, 0, null),
                        new Step.HasHistory(
                                17,
                                List.of(
                                        new Step.Remembered(Step.Voice.CALLER, "Hi"),
                                        new Step.Remembered(Step.Voice.TOOL, "x")),
                                true),
                        new Step.HasHistory(18, List.of(new Step.Remembered(Step.Voice.AGENT, "Yes")), false),
                        new Step.HasGrant(19, false),
                        new Step.IsUp(19),
                        new Step.HasRows(19, "incident", Map.of("a", "b"), 2, Map.of("c", "")),
                        new Step.NeverLogs(20, List.of("{code}")),
                        new Step.HangsUp(21),
                        new Step.HasEnded(22, "channel-lost", null));
    }

    @Test
    void aScenarioExpectsSomething() {
        assertThat(fault("name: a\nsteps:\n  - caller: Hi\n")).contains("the scenario expects nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            steps: [{agent: a}]                        | test.yaml:1: the document has no "name". Add "name:" below it.
            name: a                                    | test.yaml:1: the document has no "steps".
            nam: a                                     | test.yaml:1: there is no key "nam" in the document. Did you mean "name"?
            [a]                                        | test.yaml:1: the document is no mapping.
            {name: a, name: b}                         | test.yaml:1: "name" is given twice. Keep one of the two.
            '{name: a'                                 | test.yaml:1: this is not YAML
            {name: a, steps: b}                        | test.yaml:1: steps is no list.
            """)
    void faultyDocumentsAreRefused(String text, String complaint) {
        assertThat(fault(text)).startsWith(complaint);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        var exception = catchThrowableOfType(
                ScenarioException.class,
                () -> ScenarioFiles.parse(
                        "test.yaml",
                        "name: a\nsteps: 1\n---\nname: b\nsteps:\n- agent: ok\n---\nname: b\nsteps: []\n"));
        assertThat(exception.faults())
                .containsExactly(
                        "test.yaml:2: steps is no list. Write its items as lines that begin with \"- \".",
                        "test.yaml:8: there is another scenario \"b\" at test.yaml:4. Rename one of them.");
    }

    @Test
    void whatAFileGivesCountsForAllThatFollow() {
        var scenarios = ScenarioFiles.parse("test.yaml", """
                given: {from: "+15550009999", config: {verify.codeLength: 4}}
                ---
                name: a
                steps: [{agent: a}]
                ---
                name: b
                given: {from: "+15550008888"}
                steps: [{agent: a}]
                """);
        assertThat(scenarios.getFirst().given().from()).isEqualTo("+15550009999");
        assertThat(scenarios.getLast().given().from()).isEqualTo("+15550008888");
        assertThat(scenarios.getLast().given().config()).contains("codeLength");
    }

    @Test
    void answersBecomeAScript() {
        var script = read("""
                name: a
                given:
                  model:
                    answers: [One., {say: Two., call: end-call, arguments: {a: 1}}, Three., Four.]
                    dies_after_turn: 2
                steps: [{agent: a}]
                """).given().model();
        assertThat(script.diesAfterTurn()).isEqualTo(2);
        assertThat(script.script())
                .contains("{\"when\":{\"turn\":1},\"say\":\"One.\"}")
                .contains("{\"when\":{\"turn\":2},\"say\":\"Two.\",\"call\":{")
                .contains("{\"when\":{\"turn\":2,\"tool\":\"end-call\"},\"say\":\"Three.\"}")
                .contains("{\"when\":{\"turn\":3},\"say\":\"Four.\"}");
    }

    @Test
    void directoriesAreReadInTheOrderOfTheirNames(@TempDir Path directory) throws Exception {
        Files.createDirectory(directory.resolve("b"));
        Files.writeString(directory.resolve("b/two.yml"), "name: two\nsteps: [{agent: a}]\n");
        Files.writeString(directory.resolve("a.yaml"), "name: one\nsteps: [{agent: a}]\n");
        Files.writeString(directory.resolve("notes.txt"), "nothing");
        assertThat(ScenarioFiles.read(List.of(directory)))
                .extracting(Scenario::name)
                .containsExactly("one", "two");
    }

    @Test
    void noScenarioIsRefused(@TempDir Path directory) {
        assertThatThrownBy(() -> ScenarioFiles.read(List.of(directory)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("there is no scenario. Write one, or name other files.");
        assertThatThrownBy(() -> ScenarioFiles.read(List.of(directory.resolve("gone.yaml"))))
                .hasMessageContaining("gone.yaml: the file can't be read.");
    }

    private static Scenario read(String text) {
        return ScenarioFiles.parse("test.yaml", text).getFirst();
    }

    private static String fault(String text) {
        var exception = catchThrowableOfType(ScenarioException.class, () -> ScenarioFiles.parse("test.yaml", text));
        assertThat(exception).as("it was accepted").isNotNull();
        return exception.faults().getFirst();
    }
}
