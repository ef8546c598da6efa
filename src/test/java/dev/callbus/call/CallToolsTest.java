package dev.callbus.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.asset.AgentContext;
import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.ToolManifest;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ModelChoice;
import dev.callbus.tool.ToolOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tools and operators make a call do by itself. Names that begin with a letter and a number cite a defect. */
class CallToolsTest {
    private static final RequestId FIRST = new RequestId(1, 1);
    private static final AgentContext SALES =
            new AgentContext("sales", "Sell things.", new ModelChoice("local", "small"));

    @Test
    void keysMediaAndLanguagesReachTheWireBeforeTheAnswerThatFollows() {
        var call = CallScript.call().prompt("Go on").calls(FIRST, "a", "b", "c");
        call.returns(FIRST, "a", new ToolOutcome.SendDigits("1"))
                .returns(FIRST, "b", new ToolOutcome.PlayMedia("https://media.example.com/a.mp3", 1, null, null))
                .returns(FIRST, "c", new ToolOutcome.SwitchLanguage("es-ES", "es-ES"))
                .answers("Hecho.");
        assertThat(call.wire()).containsExactly("DIGITS 1", "PLAY", "LANGUAGE es-ES", "Hecho.|", ".");
    }

    @Test
    void c10_threeToolsAtOnceLeadToOneAnswer() {
        var call = CallScript.call().prompt("Go on").calls(FIRST, "a", "b", "c");
        call.returns(FIRST, "c").returns(FIRST, "a");
        assertThat(call.asks()).hasSize(1);
        call.returns(FIRST, "b").answers("Done.");
        assertThat(call.asks()).hasSize(2);
        assertThat(call.wire()).containsExactly("Done.|", ".");
    }

    @Test
    void theModelIsToldToAnswerInTheNewLanguage() {
        var call = CallScript.call().prompt("Spanish please").calls(FIRST, "a");
        call.returns(FIRST, "a", new ToolOutcome.SwitchLanguage("es-ES", null));
        assertThat(instructions(call)).contains("It is now held in the language es-ES: answer in it.");
    }

    @Test
    void anActionThatComesAfterTheCallerSpokeIsNotCarriedOutAndTheModelKnows() {
        var call = CallScript.call().prompt("Press one").calls(FIRST, "a").prompt("No, wait");
        call.returns(FIRST, "a", new ToolOutcome.SendDigits("1"));
        assertThat(call.wire()).isEmpty();
        assertThat(call.history()).anyMatch(line -> line.contains("Not carried out: the caller spoke first."));
    }

    @Test
    void c7_anotherContextKeepsTheCallsFactsAndTheConversation() {
        var call = CallScript.call().prompt("I want to buy").calls(FIRST, "a");
        call.returns(FIRST, "a", new ToolOutcome.ChangeContext(SALES, "Wants to buy a printer."));
        var asked = call.asks().getLast();
        assertThat(instructions(call)).startsWith("Sell things.").contains("# This call", "The person called us.");
        assertThat(call.history())
                .containsExactly(
                        "user: I want to buy",
                        "assistant: [a]",
                        "tool: {\"from\":\"a\"}",
                        "system: Context handoff summary: Wants to buy a printer.");
        assertThat(asked.model()).isEqualTo(SALES.model());
        assertThat(asked.tools().key()).isEqualTo("tools");
    }

    @Test
    void c7_anOperatorMayChangeOnlyTheToolsOrOnlyTheContext() {
        var call = CallScript.call().prompt("Hi").answers("Hello.");
        call.on(new CallProtocol.Reassign(null, ToolManifest.of("few", List.of("end-call"))));
        call.prompt("And now?");
        assertThat(call.asks().getLast().tools().key()).isEqualTo("few");
        assertThat(instructions(call)).startsWith("Be helpful.");
        call.answers("Well.").on(new CallProtocol.Reassign(SALES, null)).prompt("So?");
        assertThat(call.asks().getLast().tools().key()).isEqualTo("few");
        assertThat(instructions(call)).startsWith("Sell things.");
        assertThat(call.history())
                .containsExactly("user: Hi", "assistant: Hello.", "user: And now?", "assistant: Well.", "user: So?");
    }

    @Test
    void aBriefedModelSpeaksAboutTheNews() {
        var call = CallScript.call()
                .on(new CallProtocol.Brief("The ticket was closed."))
                .answers("Good news.");
        assertThat(call.wire()).containsExactly("Good news.|", ".");
        assertThat(call.history()).containsExactly("system: The ticket was closed.", "assistant: Good news.");
    }

    @Test
    void c14_inListenModeNoTextLeavesAndToolsRun() {
        var call =
                listening().prompt("Press one for sales").says(FIRST, "I will ").calls(FIRST, "a");
        call.returns(FIRST, "a", new ToolOutcome.SendDigits("1")).answers("I pressed one.");
        assertThat(call.wire()).containsExactly("DIGITS 1");
        assertThat(call.history())
                .containsExactly("user: Press one for sales", "assistant: [a]", "tool: {\"from\":\"a\"}");
    }

    @Test
    void c14_inListenModeNobodyIsAskedWhetherHeIsThereAndFailuresAreSilent() {
        var call = listening().pass(Duration.ofMinutes(5)).prompt("Please hold").pass(Duration.ofSeconds(3));
        call.fails(call.lastRequest()).pass(Duration.ofMinutes(5));
        assertThat(call.wire()).isEmpty();
    }

    @Test
    void c14_theToolSwitchesListenModeBothWays() {
        var call = CallScript.call().prompt("Be quiet").calls(FIRST, "a");
        call.returns(FIRST, "a", new ToolOutcome.ListenMode(true)).answers("As you wish.");
        assertThat(call.wire()).isEmpty();
        call.prompt("Speak again").calls(new RequestId(2, 1), "b");
        call.returns(new RequestId(2, 1), "b", new ToolOutcome.ListenMode(false))
                .answers("Here I am.");
        assertThat(call.wire()).containsExactly("Here I am.|", ".");
    }

    @Test
    void aCycleThatIsOpenWhenListenModeBeginsIsClosedOnce() {
        var call = CallScript.call().prompt("Be quiet").says(FIRST, "Well, ").calls(FIRST, "a");
        call.returns(FIRST, "a", new ToolOutcome.ListenMode(true)).answers("nothing");
        assertThat(call.wire()).containsExactly("Well,|", ".");
    }

    @Test
    void c17_silenceDetectionIsSwitchedOffAndBeginsAnewWhenSwitchedOn() {
        var call = CallScript.call()
                .pass(Duration.ofSeconds(15))
                .prompt("Let me look")
                .calls(FIRST, "a");
        call.returns(FIRST, "a", new ToolOutcome.SilenceDetection(false)).answers("Take your time.");
        call.forget().pass(Duration.ofMinutes(10));
        assertThat(call.wire()).isEmpty();
        assertThat(call.runs(CallTimer.SILENCE)).isFalse();
        call.prompt("Found it").calls(new RequestId(2, 1), "b");
        call.returns(new RequestId(2, 1), "b", new ToolOutcome.SilenceDetection(true))
                .answers("Good.");
        call.forget().pass(Duration.ofSeconds(19));
        assertThat(call.wire()).isEmpty();
        call.pass(Duration.ofSeconds(3));
        assertThat(call.wire()).containsExactly("Still there?.");
    }

    @Test
    void silenceDetectionCanBeSwitchedOnInACallThatBeganWithoutIt() {
        var off = CallSettingsFixture.settings(new SilenceSettings(false, Duration.ofSeconds(5), List.of("Hm?")));
        var call = new CallScript(off, "").prompt("Watch me").calls(FIRST, "a");
        call.returns(FIRST, "a", new ToolOutcome.SilenceDetection(true)).answers("I do.");
        call.forget().pass(Duration.ofSeconds(7));
        assertThat(call.wire()).containsExactly("Hm?.");
    }

    @Test
    void c18_keysReachTheModelAsOneInputAtTheHash() {
        var call = CallScript.call().keys("42#");
        assertThat(call.asks()).hasSize(1);
        assertThat(call.history()).containsExactly("user: The caller keyed 4 2 #");
    }

    @Test
    void c18_keysReachTheModelAfterAPause() {
        var call = CallScript.call().keys("4").pass(Duration.ofMillis(1900)).keys("2");
        call.pass(Duration.ofMillis(1900));
        assertThat(call.asks()).isEmpty();
        call.pass(Duration.ofMillis(200));
        assertThat(call.history()).containsExactly("user: The caller keyed 4 2");
        assertThat(call.runs(CallTimer.KEYPAD)).isFalse();
    }

    @Test
    void c18_wordsAfterKeysComeWithThem() {
        var call = CallScript.call().keys("42").prompt("that is my number");
        assertThat(call.runs(CallTimer.KEYPAD)).isFalse();
        assertThat(call.asks()).hasSize(1);
        assertThat(call.history()).containsExactly("user: The caller keyed 4 2\nthat is my number");
    }

    @Test
    void aCallerWhoKeysIsNotAskedWhetherHeIsThere() {
        var call = CallScript.call().pass(Duration.ofMillis(19_500)).keys("1").pass(Duration.ofMillis(1500));
        assertThat(call.runs(CallTimer.SILENCE)).isFalse();
        assertThat(call.wire()).isEmpty();
    }

    @Test
    void keysDuringAnAnswerThatEndsTheCallKeepTheCall() {
        var end = new ToolOutcome.EndCall("end-call", "Ending the call", java.util.Map.of());
        var call = CallScript.call().prompt("Bye").calls(FIRST, "end-call").returns(FIRST, "end-call", end);
        call.answers("Goodbye then.").keys("0#").answers("Still here.").pass(Duration.ofSeconds(10));
        assertThat(call.wire()).doesNotContain("END end-call");
    }

    @Test
    void inWritingTheEndComesAtOnceAndTheLastTurnSaysSo() {
        var opening =
                new SupervisorProtocol.Open(CallSettingsFixture.setup(), CallSettingsFixture.profile(), Medium.TEXT);
        var call = new CallScript(opening, CallSettingsFixture.settings().forText(), "").prompt("Bye");
        call.calls(FIRST, "end-call")
                .returns(FIRST, "end-call", new ToolOutcome.EndCall("end-call", "Over", java.util.Map.of()))
                .answers("Goodbye.");
        assertThat(call.wire()).containsExactly("Goodbye.|", ".", "END end-call");
        assertThat(call.of(CallEffect.Announce.class))
                .anyMatch(event -> event.event() instanceof CallEvent.TurnEnded ended && ended.last());
        assertThat(instructions(call)).contains("It is a conversation in writing.");
    }

    private static CallScript listening() {
        var profile = CallSettingsFixture.profile();
        var quiet = new AgentProfile(profile.context(), profile.manifest(), profile.relay(), profile.silence(), true);
        return new CallScript(
                new SupervisorProtocol.Open(CallSettingsFixture.setup(), quiet), CallSettingsFixture.settings(), "");
    }

    private static String instructions(CallScript call) {
        return ((ChatMessage.Instructions) call.messages().getFirst()).text();
    }
}
