package dev.callbus.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.scenario.Given;
import dev.callbus.scenario.Scenario;
import dev.callbus.scenario.ScenarioException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which steps and beginnings are refused, and what is said about them. */
class StepFaultsTest {
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

    private static Scenario read(String text) {
        return ScenarioFiles.parse("test.yaml", text).getFirst();
    }

    private static String fault(String text) {
        var exception = catchThrowableOfType(ScenarioException.class, () -> ScenarioFiles.parse("test.yaml", text));
        assertThat(exception).as("it was accepted").isNotNull();
        return exception.faults().getFirst();
    }
}
