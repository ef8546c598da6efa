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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            caler: Hi                                 | there is no step "caler". Did you mean "caller"?
            Hi                                        | a step is only "Hi". Write "- caller: words"
            {caller: Hi, agent: Yes}                  | a step has several things in it: caller, agent. Begin a line
            {within: 2s}                              | a step has nothing in it.
            {caller: Hi, within: 2s}                  | "within" says nothing about "caller". Put it below
            {agent: {never: a}, within: 2s}           | "within" says nothing about "never". Leave it out.
            {agent: Hi, within: 2}                    | within is "2". Write a time with its unit, such as 500ms
            {caller: {says: Hi, nov: true}}           | there is no key "nov" in caller. Did you mean "now"?
            {caller: {says: Hi, now: perhaps}}        | now is "perhaps". Write true or false.
            {caller: {now: true}}                     | caller has no "says". Add "says:" below it.
            {caller: [a]}                             | caller is no mapping.
            caller:                                   | caller is no mapping.
            caller: ''                                | caller has no text.
            dtmf: 12a                                 | no telephone has the keys "12a". Write digits, * and #.
            silence: long                             | silence is "long". Write a time
            interrupt: {says: Hi}                     | it isn't clear when the caller interrupts.
            interrupt: {at: a, after_words: 2}        | it isn't clear when the caller interrupts.
            interrupt: {after_words: 0}               | after_words is "0". Write a whole number from 1 to 1000.
            {hang_up: false}                          | the caller doesn't hang up. Leave the step out.
            chaos: model-hung                         | nothing breaks as "model-hung". Did you mean "model-hangs"?
            chaos: kill-node                          | "kill-node" needs several nodes, and a scenario has one. Leave it out; it comes with the cluster.
            chaos: {trouble: model-429, times: 0}     | times is "0".
            agent: {says: a, never: b}                | an agent step has 2 keys.
            agent: {matches: '('}                     | "(" is no regular expression
            agent: hello {cod}                        | no step before remembers {cod}. Did you mean {to}?
            caller: '{from:loud}'                     | {from} has no form "loud".
            tool: a b                                 | "a b" is no tool's name.
            tool: {arguments: {a: b}}                 | tool has no "name".
            tool: {name: a, arguments: b}             | arguments is no mapping.
            tool: {name: a, returns: {}, fails: no}   | a tool can't both return something and fail. Keep one of the two.
            tool: {name: a, times: 0, delays: 1s}     | a tool that is never called does nothing.
            {tool: {name: a, times: 1}, within: 1s}   | a number of times is counted at once.
            sms: {}                                   | an sms step has no keys.
            sms: {code: Code}                         | "Code" is no name.
            history: []                               | history is an empty list.
            history: [{bot: a}]                       | there is no key "bot" in history. Did you mean "tool"?
            history: [{caller: a, agent: b}]          | a message has 2 keys.
            state: {}                                 | the state is not described.
            state: {grant: yes}                       | no grant is "yes". Write granted or none.
            state: {call: over}                       | no call is "over". Write up or ended
            state: {rows: {count: 1}}                 | rows has no "table".
            state: {rows: {table: a, count: 0, fields: {b: c}}} | no record has fields.
            ends: end_call                            | no call ends with "end_call". Did you mean "end-call"?
            """)
    void faultyStepsAreRefusedWithPlaceAndRemedy(String step, String complaint) {
        assertThat(fault("name: a\nsteps:\n  - agent: Hello\n  - " + step + "\n"))
                .startsWith("test.yaml:4: ")
                .contains(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            form: a                                    | there is no key "form" in given. Did you mean "from"?
            from: '555'                                | "555" is no telephone number. Write it as +15550001111, or anonymous.
            agent: {contxt: a}                         | there is no key "contxt" in agent. Did you mean "context"?
            agent: {silence: 8}                        | silence is "8".
            config: {verify.codeLenght: 4}             | verify.codeLength
            config: {verify.codeLength: 40}            | verify.codeLength is "40",
            config: {verify: {codeLength: 4}}          | verify is a section. Write the whole path
            model: {}                                  | OK
            model: {script: a, answers: [b]}           | a model has script and answers. Keep one of them.
            model: {script: 'rules: 3'}                | the model's script is no good: test.yaml:3 script
            model: {file: nowhere.yaml}                | the script nowhere.yaml can't be read.
            model: {answers: [{call: a}, {call: a}]}   | the tool a is called twice in one turn.
            model: {answers: [{arguments: {a: 1}}]}    | an answer has no "call".
            model: {answers: []}                       | answers is an empty list.
            model: {dies_after_turn: soon}             | dies_after_turn is "soon".
            servicenow: [{fields: {a: b}}]             | servicenow has no "table".
            servicenow: [{table: a, fields: b}]        | fields is no mapping.
            tools: [{name: a}]                         | the tool does what it always does.
            tools: [{name: a, times: 2, returns: b}]   | there is no key "times" in tools.
            chaos: [fire]                              | nothing breaks as "fire".
            """)
    void faultyBeginningsAreRefused(String given, String complaint) {
        var text = "name: a\ngiven:\n  " + given + "\nsteps:\n  - agent: Hello\n";
        if (complaint.equals("OK")) {
            assertThat(read(text).given().model()).isEqualTo(Given.Model.CONFIGURED);
        } else {
            assertThat(fault(text)).startsWith("test.yaml:3: ").contains(complaint);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - caller: a                                | the call is over before this step
            - agent: a                                 | the call is over before this step
            - dtmf: '1'                                | the call is over before this step
            - state: {call: up}                        | the call is over before this step
            """)
    void nothingIsSaidAfterTheEnd(String step, String complaint) {
        assertThat(fault("name: a\nsteps:\n  - agent: Hello\n  - ends: any\n  " + step + "\n"))
                .startsWith("test.yaml:5: " + complaint)
                .endsWith("Move it before the step that ends the call.");
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
