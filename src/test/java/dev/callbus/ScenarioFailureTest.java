package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.scenario.Outcome;
import dev.callbus.scenario.Scenario.Place;
import dev.callbus.scenario.file.ScenarioFiles;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told when a server doesn't do what a scenario expects: each kind of expectation can fail, and says why. */
class ScenarioFailureTest {
    private static final String GIVEN = """
            name: One that fails
            given:
              model:
                answers:
                  - One two three four five six seven eight nine ten.
                  - {say: Let me look., call: lookup-customer}
                  - I know you now.
                  - {call: send-verification, arguments: {channel: sms}}
                  - The code is on its way.
                  - Good that you know it.
                  - {call: end-call, arguments: {conversationSummary: done}}
                  - Goodbye.
            steps:
              - caller: Count for me.
            """;

    private static Scenarios scenarios;

    @BeforeAll
    static void begin() {
        scenarios = new Scenarios();
    }

    @AfterAll
    static void end() {
        scenarios.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            agent: Eleven                                | the agent says "Eleven"                           | the caller heard "One two three
            agent: {exactly: One two three}              | the agent says exactly "One two three"            | the caller heard "One two three four five
            agent: {matches: 'q+'}                       | the agent says something like q+                  | the caller heard "One two
            agent: {never: help desk}                    | the agent never says "help desk"                  | he said it
            agent: {silent: 3s}                          | the agent says nothing for 3.0 s                  | the caller heard "One
            tool: lookup-customer                        | the tool lookup-customer is called                | no tool was called
            tool: {name: end-call, times: 1}             | the tool end-call is called 1 time                | no tool was called
            sms: {code: remember}                        | a message to the caller's phone within 15.0 s     | none came
            sms: {times: 2}                              | 2 messages to the caller's phone                  | 0 messages
            history: [{caller: Count}]                   | caller: Count                                     | caller: Count for me.
            state: {grant: granted}                      | a verified caller                                 | no right code was given
            state: {call: ended}                         | the call ends within 60.0 s                       | it is up
            state: {rows: {table: incident, count: 0}}   | 0 records in incident                             | records
            state: {rows: {table: sys_user, where: {user_name: alex.morgan}, fields: {first_name: Eve}}} | {first_name=Eve} in sys_user | {first_name=Alex}
            state: {rows: {table: nothing}}              | a table nothing in ServiceNow                     | there is no table nothing
            ends: end-call                               | the call ends within 60.0 s                       | it is up
            never_logged: [Count for me]                 | "Count for me" is nowhere                         | it is in what the model is sent
            interrupt: {at: eleven}                      | the agent says "eleven" and goes on               | the caller heard "One two
            interrupt: {after_words: 30}                 | the agent speaks more than 30 words               | the caller heard "One two
            """)
    void whatIsNotAsExpectedIsTold(String step, String expected, String got) {
        var failure = failure(GIVEN + "  - " + step + "\n  - agent: {never: zzz}\n");
        assertThat(failure.expected()).contains(expected);
        assertThat(failure.got()).contains(got);
        assertThat(failure.place()).isEqualTo(new Place("test.yaml", 15));
    }

    @Test
    void whatComesTooLateIsNoted() {
        var failure = failure(GIVEN + "  - agent: ten\n    within: 1s\n");
        assertThat(failure.expected()).isEqualTo("the agent says \"ten\" within 1.0 s");
        assertThat(failure.got()).matches("it began after \\d\\.\\d s");
    }

    @Test
    void whatIsSaidInAnotherOrderIsNotAsExpected() {
        var failure = failure(GIVEN + "  - agent: four five\n  - agent: two three\n");
        assertThat(failure.place().line()).isEqualTo(16);
        assertThat(failure.got()).contains("\"six seven");
    }

    @Test
    void neverHoldsAlsoForWhatIsSaidLater() {
        var failure =
                failure(GIVEN + "  - agent: {never: Let me look}\n  - caller: Who am I?\n  - agent: I know you\n");
        assertThat(failure.place().line()).isEqualTo(15);
        assertThat(failure.got()).isEqualTo("he said it");
    }

    @Test
    void aWrongArgumentIsNotTheCall() {
        var steps = "  - caller: a\n  - caller: b\n  - tool: {name: send-verification, arguments: {channel: call}}\n";
        var failure = failure(GIVEN + steps);
        assertThat(failure.expected()).isEqualTo("the tool send-verification with {\"channel\":\"call\"} is called");
        assertThat(failure.got()).contains("lookup-customer {}", "send-verification {\"channel\":\"sms\"}");
    }

    @Test
    void anotherReasonToEndIsTold() {
        var failure = failure(GIVEN + "  - hang_up\n  - ends: end-call\n");
        assertThat(failure.expected()).isEqualTo("the call ends with end-call");
        assertThat(failure.got()).isEqualTo("it ended with channel-lost");
    }

    @Test
    void aCallThatIsOverIsNotUp() {
        var steps = "  - caller: a\n  - caller: b\n  - caller: c\n  - caller: d\n  - agent: Goodbye\n  - silence: 9s\n"
                + "  - state: {call: up}\n";
        assertThat(failure(GIVEN + steps).got()).isEqualTo("it ended with end-call");
    }

    @Test
    void nobodySpeaksAfterTheEnd() {
        var steps = "  - caller: a\n  - caller: b\n  - caller: c\n  - caller: d\n  - agent: Goodbye\n  - silence: 9s\n"
                + "  - caller: e\n";
        var failure = failure(GIVEN + steps);
        assertThat(failure.expected()).isEqualTo("the caller can say anything");
        assertThat(failure.got()).isEqualTo("the call is over");
    }

    @Test
    void aCodeIsNotShownWhereItTurnsUp() {
        var steps = "  - caller: a\n  - caller: b\n  - sms: {code: remember}\n  - caller: x {code} y\n"
                + "  - agent: The code {code}\n";
        var failure = failure(GIVEN + steps);
        assertThat(failure.expected()).isEqualTo("the agent says \"The code ••••••\"");
        assertThat(failure.conversation()).anyMatch(line -> line.endsWith("caller  x •••••• y"));
        assertThat(failure.text()).doesNotContainPattern("\\b\\d{6}\\b");
    }

    @ParameterizedTest
    @CsvSource({
        "call began, the log",
        "helpDeskContext, what is shown of the bus",
        "Count for me, what the model is sent",
        "closed_complete, ServiceNow's table interaction"
    })
    void whatIsNeverToBeLoggedIsFoundWhereverItIs(String text, String place) {
        var failure = failure(GIVEN + "  - agent: ten\n  - never_logged: [\"" + text + "\"]\n  - hang_up\n");
        assertThat(failure.expected()).isEqualTo("\"" + text + "\" is nowhere");
        assertThat(failure.got()).isEqualTo("it is in " + place);
        assertThat(failure.place().line()).isEqualTo(16);
    }

    @Test
    void aFailureShowsTheConversationAndTheBus() {
        var failure = failure(GIVEN + "  - agent: Eleven\n");
        assertThat(failure.conversation())
                .anyMatch(line -> line.matches(" +\\d+\\.\\d s  agent   Hello, this is the IT help desk.*"))
                .anyMatch(line -> line.matches(" +\\d+\\.\\d s  caller  Count for me\\."));
        assertThat(failure.bus())
                .hasSizeLessThanOrEqualTo(61)
                .anyMatch(line -> line.contains("call       ──> llm        Generate[3 messages"))
                .anyMatch(line -> line.contains("llm        ──> call       \"One two three four"))
                .anyMatch(line -> line.contains("Prompt[text=•"))
                .noneMatch(line -> line.contains("Count for me"));
    }

    @Test
    void aServerThatDoesNotStartIsTold() {
        var failure = failure("name: a\ngiven: {agent: {context: nobody}}\nsteps:\n  - agent: a\n");
        assertThat(failure.expected()).isEqualTo("a world as it is given");
        assertThat(failure.got()).contains("nobody");
    }

    @Test
    void aRecordThatServiceNowDoesNotTakeIsTold() {
        var failure = failure("name: a\ngiven: {users: [{shoe_size: 9}]}\nsteps:\n  - agent: a\n");
        assertThat(failure.got()).contains("there is no field shoe_size in sys_user");
    }

    private static Outcome.Failure failure(String yaml) {
        var outcome = scenarios.play(ScenarioFiles.parse("test.yaml", yaml).getFirst());
        return Objects.requireNonNull(outcome.failure(), "it passed");
    }
}
