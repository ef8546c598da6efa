package dev.callbus.call;

import static dev.callbus.call.CallSettingsFixture.APOLOGY;
import static dev.callbus.call.CallSettingsFixture.FILLER;
import static dev.callbus.call.CallSettingsFixture.HANDOFF;
import static dev.callbus.call.CallSettingsFixture.LOST_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.llm.ChatMessage;
import dev.callbus.tool.ToolOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a call does, input by input. Names that begin with a letter and a number cite a defect of an earlier system. */
class CallTest {
    private static final ToolOutcome.EndCall END =
            new ToolOutcome.EndCall("end-call", "Ending the call", Map.of("conversationSummary", "All well."));

    @Test
    void streamsEachDeltaAndClosesTheTalkCycleOnce() {
        var call = CallScript.call().prompt("one").answers("re", "ply:", "one");
        assertThat(call.wire()).containsExactly("re|", "ply:|", "one|", ".");
    }

    @Test
    void c2_whatTheAgentSaidIsPartOfTheHistory() {
        var call = CallScript.call().prompt("one").answers("re", "ply:", "one").prompt("two");
        assertThat(call.history()).containsExactly("user: one", "assistant: reply:one", "user: two");
        assertThat(call.asks().getLast().messages()).isEqualTo(call.messages());
    }

    @Test
    void c2_theGreetingIsPartOfTheHistory() {
        var call = new CallScript(CallSettingsFixture.settings(), "Hello.").prompt("Hi");
        assertThat(call.history()).containsExactly("assistant: Hello.", "user: Hi");
    }

    @Test
    void c3_anInterruptStopsTheAnswerAndCutsTheHistoryToWhatWasHeard() {
        var call = CallScript.call().prompt("Which printer?");
        var old = call.lastRequest();
        call.says(old, "Your balance ", "is ten dollars. ", "Anything else").interrupt("your balance is");
        assertThat(call.of(CallEffect.CancelModel.class)).containsExactly(new CallEffect.CancelModel(old));
        call.forget().says(old, "?").finishes(old);
        assertThat(call.wire()).isEmpty();
        assertThat(call.history()).containsExactly("user: Which printer?", "assistant: Your balance is");
    }

    @Test
    void c3_aPromptRightAfterTheInterruptDoesNotReviveTheOldStream() {
        var call = CallScript.call().prompt("first");
        var old = call.lastRequest();
        call.says(old, "s0 ", "s1 ", "s2 ", "s3 ").interrupt("s0 s1").prompt("second");
        var fresh = call.lastRequest();
        call.says(old, "s4 ", "s5 ")
                .says(fresh, "new ")
                .says(old, "s6 ")
                .says(fresh, "answer")
                .finishes(fresh);
        call.finishes(old);
        assertThat(call.wire()).containsExactly("s0|", " s1|", " s2|", " s3|", ".", "new|", " answer|", ".");
        assertThat(call.history())
                .containsExactly("user: first", "assistant: s0 s1", "user: second", "assistant: new answer");
    }

    @Test
    void c3_anInterruptAfterTheAnswerWasSentCutsIt() {
        var call = CallScript.call().prompt("Tell me").answers("One. Two. ", "Three. Four.");
        call.pass(Duration.ofMillis(600)).interrupt("One. Two.");
        assertThat(call.history()).containsExactly("user: Tell me", "assistant: One. Two.");
    }

    @Test
    void c3_anAnswerOfWhichNothingWasHeardLeavesTheHistory() {
        var call = CallScript.call()
                .prompt("Tell me")
                .answers("One.")
                .interrupt("")
                .prompt("Wait");
        assertThat(call.history()).containsExactly("user: Tell me\nWait");
    }

    @Test
    void aPromptSupersedesARunningTurn() {
        var call = CallScript.call().prompt("first");
        var old = call.lastRequest();
        call.prompt("second");
        assertThat(call.of(CallEffect.CancelModel.class)).containsExactly(new CallEffect.CancelModel(old));
        call.says(old, "stale").answers("fresh");
        assertThat(call.wire()).containsExactly("fresh|", ".");
    }

    @Test
    void c4_anInterruptCancelsAPendingEnd() {
        var call = CallScript.call().prompt("Bye").calls(new RequestId(1, 1), "end-call");
        call.returns(new RequestId(1, 1), "end-call", END).answers("Goodbye, have a nice day.");
        call.interrupt("Goodbye,").prompt("Wait, don't hang up").answers("I'm still here.");
        call.pass(Duration.ofSeconds(10));
        assertThat(call.wire()).doesNotContain("END end-call");
    }

    @Test
    void c11_endFollowsTheWordsBeforeIt() {
        var call = CallScript.call().prompt("Bye").calls(new RequestId(1, 1), "end-call");
        call.returns(new RequestId(1, 1), "end-call", END).answers("Good", "bye.");
        assertThat(call.wire()).containsExactly("Good|", "bye.|", ".");
        call.pass(Duration.ofMillis(700));
        assertThat(call.wire()).last().isEqualTo(".");
        call.pass(Duration.ofSeconds(2));
        assertThat(call.wire()).last().isEqualTo("END end-call");
        assertThat(call.frames().getLast())
                .isEqualTo(new CallProtocol.End(
                        new Handoff("end-call", "Ending the call", Map.of("conversationSummary", "All well."))));
    }

    @Test
    void c11_endWaitsForTheReportedEndOfSpeech() {
        var call = CallScript.call().info("agentSpeaking", "on").info("agentSpeaking", "off");
        call.prompt("Bye").calls(new RequestId(1, 1), "end-call").returns(new RequestId(1, 1), "end-call", END);
        call.answers("Goodbye.").info("agentSpeaking", "on").pass(Duration.ofSeconds(3));
        assertThat(call.wire()).doesNotContain("END end-call");
        call.info("tokensPlayed", "Goodbye.");
        assertThat(call.wire()).doesNotContain("END end-call");
        call.info("agentSpeaking", "off");
        assertThat(call.wire()).last().isEqualTo("END end-call");
    }

    @Test
    void c11_endComesEvenIfTheEndOfSpeechIsNeverReported() {
        var call = CallScript.call().info("agentSpeaking", "on").info("agentSpeaking", "off");
        call.prompt("Bye").calls(new RequestId(1, 1), "end-call").returns(new RequestId(1, 1), "end-call", END);
        call.answers("Goodbye.").info("agentSpeaking", "on").pass(Duration.ofSeconds(8));
        assertThat(call.wire()).last().isEqualTo("END end-call");
    }

    @Test
    void aCallThatEndsWithoutWordsOfTheModelSaysGoodbyeAllTheSame() {
        var silent = CallScript.call().prompt("Bye").calls(new RequestId(1, 1), "end-call");
        silent.returns(new RequestId(1, 1), "end-call", END).answers();
        silent.pass(Duration.ofSeconds(5));
        assertThat(silent.wire()).containsExactly("Goodbye..", "END end-call");
        var failing = CallScript.call().prompt("Bye").calls(new RequestId(1, 1), "end-call");
        failing.returns(new RequestId(1, 1), "end-call", END).fails(new RequestId(1, 2));
        failing.pass(Duration.ofSeconds(5));
        assertThat(failing.wire()).containsExactly("Goodbye..", "END end-call");
    }

    @Test
    void nothingFollowsEnd() {
        var call = CallScript.call().prompt("Bye").calls(new RequestId(1, 1), "end-call");
        call.returns(new RequestId(1, 1), "end-call", END).answers("Goodbye.").pass(Duration.ofSeconds(5));
        call.forget()
                .prompt("Hello?")
                .interrupt("")
                .info("agentSpeaking", "off")
                .pass(Duration.ofMinutes(5));
        assertThat(call.of(CallEffect.class)).isEmpty();
    }

    @Test
    void c9_aToolThatFailsIsAResultThatTheModelSpeaksAbout() {
        var call = CallScript.call().prompt("Do it").calls(new RequestId(1, 1), "broken");
        call.on(new CallInput.ToolReturned(
                new RequestId(1, 1), "id-broken", new ToolOutcome(false, "{\"success\":false}", List.of())));
        assertThat(call.history()).containsExactly("user: Do it", "assistant: [broken]", "tool: {\"success\":false}");
        call.answers("That didn't work.");
        assertThat(call.wire()).containsExactly("That didn't work.|", ".");
    }

    @Test
    void c10_parallelToolCallsLeadToOneAnswer() {
        var call = CallScript.call().prompt("Both").calls(new RequestId(1, 1), "a", "b");
        assertThat(call.of(CallEffect.RunTool.class)).hasSize(2);
        call.returns(new RequestId(1, 1), "b");
        assertThat(call.asks()).hasSize(1);
        call.returns(new RequestId(1, 1), "a");
        assertThat(call.asks()).hasSize(2);
        assertThat(call.history())
                .containsExactly("user: Both", "assistant: [a, b]", "tool: {\"from\":\"a\"}", "tool: {\"from\":\"b\"}");
        call.answers("Both done.");
        assertThat(call.wire()).containsExactly("Both done.|", ".");
    }

    @Test
    void c15_aTurnWithToolsHasOneLastFrame() {
        var call = CallScript.call().prompt("Go");
        call.says(new RequestId(1, 1), "Let me look.").calls(new RequestId(1, 1), "a");
        call.returns(new RequestId(1, 1), "a").calls(new RequestId(1, 2), "a");
        call.returns(new RequestId(1, 2), "a").answers("Found", " it.");
        assertThat(call.wire()).containsExactly("Let me look.|", " Found|", " it.|", ".");
    }

    @Test
    void c16_partialPromptsAreNotAnswered() {
        var call = CallScript.call().partial("my").partial("my printer").prompt("my printer is broken");
        assertThat(call.asks()).hasSize(1);
        assertThat(call.history()).containsExactly("user: my printer is broken");
    }

    @Test
    void aToolResultThatComesAfterAnInterruptIsKeptAsAFact() {
        var call = CallScript.call().prompt("Create it").calls(new RequestId(1, 1), "create");
        call.interrupt("").prompt("And hurry");
        assertThat(call.history())
                .containsExactly(
                        "user: Create it",
                        "assistant: [create]",
                        "tool: {\"status\":\"still running\"}",
                        "user: And hurry");
        call.forget().returns(new RequestId(1, 1), "create");
        assertThat(call.asks()).isEmpty();
        assertThat(call.history()).contains("tool: {\"from\":\"create\"}");
    }

    @Test
    void anEndThatWasDecidedInAnInterruptedTurnDoesNotHappen() {
        var call = CallScript.call().prompt("Bye").calls(new RequestId(1, 1), "end-call");
        call.interrupt("").returns(new RequestId(1, 1), "end-call", END).pass(Duration.ofSeconds(15));
        assertThat(call.wire()).isEmpty();
    }

    @Test
    void c25_toolRoundsAreBoundedAndTheModelThenHasToSpeak() {
        var call = CallScript.call().prompt("Loop");
        for (int round = 1; round <= 3; round++) {
            assertThat(call.asks().getLast().tools().names()).isNotEmpty();
            call.calls(new RequestId(1, round), "a").returns(new RequestId(1, round), "a");
        }
        assertThat(call.asks().getLast().tools().names()).isEmpty();
        call.forget().calls(new RequestId(1, 4), "a");
        assertThat(call.wire()).containsExactly(APOLOGY + ".");
        assertThat(call.of(CallEffect.RunTool.class)).isEmpty();
    }

    @Test
    void c25_theHistoryIsBoundedAndLosesWholeExchanges() {
        var call = CallScript.call();
        for (int i = 0; i < 50; i++) {
            call.prompt("Question " + i + " " + "x".repeat(100)).answers("Answer " + i + " " + "y".repeat(100));
            call.pass(Duration.ofSeconds(20));
        }
        assertThat(call.history().stream().mapToInt(String::length).sum()).isBetween(3000, 5500);
        assertThat(call.history().getFirst()).startsWith("user: ");
        assertThat(call.history().getLast()).startsWith("assistant: Answer 49");
    }

    @Test
    void c1_aModelThatFailsLeadsToASpokenApologyAndTheCallGoesOn() {
        var call = CallScript.call().prompt("Hello");
        call.fails(call.lastRequest());
        assertThat(call.wire()).containsExactly(APOLOGY + ".");
        call.forget().prompt("Again").answers("Fine.");
        assertThat(call.wire()).containsExactly("Fine.|", ".");
    }

    @Test
    void anAnswerThatBreaksOffSaysSoInTheSameTalkCycle() {
        var call = CallScript.call().prompt("Hello");
        call.says(call.lastRequest(), "The printer").fails(call.lastRequest());
        assertThat(call.wire()).containsExactly("The printer|", " " + LOST_THREAD + ".");
        assertThat(call.history()).containsExactly("user: Hello", "assistant: The printer " + LOST_THREAD);
    }

    @Test
    void severalFailuresInARowHandTheCallerOver() {
        var call = CallScript.call();
        for (int i = 0; i < 3; i++) {
            call.prompt("Hello").fails(call.lastRequest());
        }
        assertThat(call.wire()).containsExactly(APOLOGY + ".", APOLOGY + ".", HANDOFF + ".");
        call.pass(Duration.ofSeconds(10));
        assertThat(call.wire()).last().isEqualTo("END live-agent-handoff");
    }

    @Test
    void anEmptyAnswerCountsAsAFailure() {
        var call = CallScript.call().prompt("Hello");
        call.finishes(call.lastRequest());
        assertThat(call.wire()).containsExactly(APOLOGY + ".");
    }

    @Test
    void c22_aSlowAnswerIsBridgedByAFillerInTheSameTalkCycle() {
        var call = CallScript.call().prompt("Hello").pass(Duration.ofMillis(1499));
        assertThat(call.wire()).isEmpty();
        call.pass(Duration.ofMillis(1));
        assertThat(call.wire()).hasSize(1);
        call.answers("Here ", "it is.");
        assertThat(call.wire()).hasSize(4).last().isEqualTo(".");
        assertThat(call.wire().get(1)).isEqualTo(" Here|");
    }

    @Test
    void aFillerIsSpokenWhileAToolIsSlow() {
        var call = CallScript.call().prompt("Look").calls(new RequestId(1, 1), "slow");
        call.pass(Duration.ofSeconds(2));
        assertThat(call.wire()).hasSize(1).first().asString().endsWith("|");
    }

    @Test
    void aModelThatIsMuteForTooLongIsGivenUp() {
        var call = CallScript.call().prompt("Hello").pass(Duration.ofSeconds(20));
        assertThat(call.of(CallEffect.CancelModel.class)).hasSize(1);
        assertThat(call.wire()).last().asString().endsWith(APOLOGY + ".");
    }

    @Test
    void c5_c17_silenceIsCountedFromTheEndOfSpeech() {
        var settings = CallSettingsFixture.settings(
                new SilenceSettings(true, Duration.ofSeconds(2), List.of("Still there?", "Just checking?")));
        var call = new CallScript(settings, "");
        call.pass(Duration.ofMillis(1950));
        assertThat(call.wire()).isEmpty();
        call.pass(Duration.ofMillis(100));
        assertThat(call.wire()).containsExactly("Still there?.");
        call.info("agentSpeaking", "on").pass(Duration.ofSeconds(1)).info("tokensPlayed", "Still there?");
        call.info("agentSpeaking", "off").pass(Duration.ofMillis(1950));
        assertThat(call.wire()).hasSize(1);
        call.pass(Duration.ofMillis(100));
        assertThat(call.wire()).hasSize(2);
        call.info("agentSpeaking", "on").info("tokensPlayed", "Just checking?").info("agentSpeaking", "off");
        call.pass(Duration.ofMillis(2050));
        assertThat(call.wire()).last().isEqualTo("END unresponsive");
    }

    @Test
    void whoeverStaysSilentIsToldThatTheCallEndsAndMayStillSpeak() {
        var settings = CallSettingsFixture.settings(
                new SilenceSettings(true, Duration.ofSeconds(2), List.of(), "I can't hear you. Goodbye."));
        var silent = new CallScript(settings, "").pass(Duration.ofMillis(2050));
        assertThat(silent.wire()).containsExactly("I can't hear you. Goodbye..");
        silent.info("agentSpeaking", "on").info("tokensPlayed", "I can't hear you. Goodbye.");
        silent.info("agentSpeaking", "off").pass(Duration.ofSeconds(1));
        assertThat(silent.wire()).last().isEqualTo("END unresponsive");

        var late = new CallScript(settings, "").pass(Duration.ofMillis(2050));
        late.info("agentSpeaking", "on").prompt("I am here!").info("agentSpeaking", "off");
        late.pass(Duration.ofSeconds(1));
        assertThat(late.wire()).noneMatch(frame -> frame.startsWith("END"));
        assertThat(late.of(CallEffect.AskModel.class)).hasSize(1);
    }

    @Test
    void c17_silenceDoesNotCountWhileTheAgentThinksOrSpeaks() {
        var call = CallScript.call().prompt("Tell me a story");
        assertThat(call.runs(CallTimer.SILENCE)).isFalse();
        call.answers("word ".repeat(100)).pass(Duration.ofSeconds(30));
        assertThat(call.runs(CallTimer.SILENCE)).isFalse();
        call.pass(Duration.ofSeconds(10));
        assertThat(call.runs(CallTimer.SILENCE)).isTrue();
        assertThat(call.wire()).doesNotContain("Still there?.");
    }

    @Test
    void c17_onlyPromptInterruptAndDtmfResetTheSilence() {
        var call = CallScript.call().pass(Duration.ofMillis(19_500));
        call.info("roundTripDelayMs", "20").on(new CallProtocol.Fault("code: 64107"));
        call.pass(Duration.ofMillis(600));
        assertThat(call.wire()).containsExactly("Still there?.");
        var pressed = CallScript.call().pass(Duration.ofMillis(19_500)).on(new CallProtocol.Dtmf("1"));
        pressed.pass(Duration.ofMillis(2_100)).answers("One.").forget().pass(Duration.ofSeconds(18));
        assertThat(pressed.wire()).isEmpty();
        pressed.pass(Duration.ofSeconds(4));
        assertThat(pressed.wire()).containsExactly("Still there?.");
    }

    @Test
    void c17_theCallerSpeakingStopsTheClockWithoutResettingIt() {
        var call = CallScript.call().pass(Duration.ofSeconds(10)).info("clientSpeaking", "on");
        assertThat(call.runs(CallTimer.SILENCE)).isFalse();
        call.pass(Duration.ofMinutes(1)).info("clientSpeaking", "off").pass(Duration.ofSeconds(9));
        assertThat(call.wire()).isEmpty();
        call.pass(Duration.ofSeconds(1));
        assertThat(call.wire()).containsExactly("Still there?.");
    }

    @Test
    void remindersArePartOfTheHistory() {
        var call = CallScript.call().prompt("Hi").answers("Hello.").pass(Duration.ofSeconds(30));
        assertThat(call.history()).containsExactly("user: Hi", "assistant: Hello. Still there?");
    }

    @Test
    void withoutSilenceDetectionNoTimerRuns() {
        var settings = CallSettingsFixture.settings(new SilenceSettings(false, Duration.ofSeconds(2), List.of()));
        var call = new CallScript(settings, "").pass(Duration.ofMinutes(10));
        assertThat(call.runs(CallTimer.SILENCE)).isFalse();
        assertThat(call.wire()).isEmpty();
    }

    @Test
    void c27_aSecondSetupChangesNothing() {
        var call = CallScript.call().forget();
        call.on(CallSettingsFixture.setup());
        assertThat(call.of(CallEffect.class)).isEmpty();
        assertThat(call.messages()).hasSize(1);
    }

    @Test
    void c6_everyRequestBeginsWithTheInstructions() {
        var call = CallScript.call().prompt("one").answers("a").prompt("two");
        assertThat(call.asks())
                .allSatisfy(
                        ask -> assertThat(ask.messages().getFirst())
                                .isInstanceOfSatisfying(
                                        ChatMessage.Instructions.class,
                                        first -> assertThat(first.text())
                                                .startsWith(
                                                        "Be helpful.\n\n# This call\n- It began on Saturday 21 November 2026")));
    }

    @Test
    void hangUpSaysGoodbyeAndThenEnds() {
        var call = CallScript.call().prompt("Hello");
        call.says(call.lastRequest(), "Well")
                .on(new CallProtocol.HangUp("Goodbye.", new Handoff(Handoff.NODE_STOPPING, "Stopping")));
        assertThat(call.wire()).containsExactly("Well|", ".", "Goodbye..");
        call.prompt("What?").pass(Duration.ofSeconds(5));
        assertThat(call.wire()).last().isEqualTo("END node-stopping");
        assertThat(call.asks()).hasSize(1);
    }

    @Test
    void anOperatorsWordsReplaceTheAnswerAndAreRemembered() {
        var call = CallScript.call().prompt("Hello");
        call.says(call.lastRequest(), "Well").on(new CallProtocol.Say("This is Ann speaking."));
        call.on(new CallProtocol.Note("Ann took over."));
        assertThat(call.wire()).containsExactly("Well|", ".", "This is Ann speaking..");
        assertThat(call.history())
                .containsExactly("user: Hello", "assistant: Well This is Ann speaking.", "system: Ann took over.");
    }

    @Test
    void aLostChannelEndsTheCallAndStopsTheModel() {
        var call = CallScript.call().prompt("Hello");
        call.forget().on(new CallProtocol.ChannelLost("closed"));
        assertThat(call.of(CallEffect.CancelModel.class)).hasSize(1);
        assertThat(call.wire()).isEmpty();
        assertThat(call.of(CallEffect.Close.class)).hasSize(1);
    }

    @Test
    void toolCallsWithoutOrWithEqualIdsGetIdsOfTheirOwn() {
        var call = CallScript.call().prompt("Go");
        call.calls(call.lastRequest(), "same", "same");
        var runs = call.of(CallEffect.RunTool.class);
        assertThat(runs.stream().map(run -> run.call().id())).doesNotHaveDuplicates();
    }

    @Test
    void aFillerThatWasCutOffIsCutInTheHistoryToo() {
        var call =
                CallScript.call().prompt("Hello").pass(Duration.ofMillis(1500)).interrupt("One");
        assertThat(call.wire()).containsExactly(FILLER + "|", ".");
        assertThat(call.history()).containsExactly("user: Hello", "assistant: One");
    }
}
