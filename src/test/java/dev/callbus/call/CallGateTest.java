package dev.callbus.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.Sensitive;
import dev.callbus.config.Secret;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import dev.callbus.servicenow.CallRecord;
import dev.callbus.servicenow.Customer;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.verify.Challenge;
import dev.callbus.verify.Grant;
import dev.callbus.verify.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Codes that a call keeps to itself, and what a right one opens. Names that begin with a letter and a number cite a defect. */
class CallGateTest {
    private static final RequestId FIRST = new RequestId(1, 1);
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Seal SEAL = new Seal(new Secret("a key for tests"));
    private static final Challenge CHALLENGE = SEAL.challenge("CA1", "sys1", "VE1", 6, START, Duration.ofMinutes(10));
    private static final Grant GRANT = SEAL.grant("CA1", "sys1", START, Duration.ofMinutes(30));
    private static final Customer ALEX = new Customer("sys1", "Alex", "Alex Morgan", List.of(), 2);
    private static final Customer BO = new Customer("sys2", "Bo", "Bo Berg", List.of(), 0);

    @Test
    void c18_aKeyedCodeIsCheckedAtItsLastDigitAndReachesNoModel() {
        var call = challenged().keys("482913");
        assertThat(check(call).standing().code()).isEqualTo(new Sensitive("482913"));
        assertThat(call.history())
                .endsWith(
                        "user: The caller keyed the code",
                        "assistant: [check-verification]",
                        "tool: {\"status\":\"still running\"}");
        assertThat(call.messages().toString()).doesNotContain("482913", "4 8 2");
    }

    @Test
    void s12_aSpokenCodeIsCheckedAndReachesNoModel() {
        var call = challenged().prompt("Sure, it's four eight two nine one three");
        assertThat(check(call).standing().code()).isEqualTo(new Sensitive("482913"));
        assertThat(call.messages().toString()).contains("[code]").doesNotContain("four eight", "nine one");
        call.prompt("I said 482913!");
        assertThat(call.messages().toString()).doesNotContain("482913");
    }

    @Test
    void theModelSpeaksAboutTheVerdictAndIsOfferedMoreThan() {
        var call = challenged().keys("482913");
        assertThat(call.asks().getLast().verified()).isFalse();
        admit(call);
        assertThat(call.asks().getLast().verified()).isTrue();
        call.answers("Thank you.");
        assertThat(call.history()).endsWith("assistant: Thank you.");
    }

    @Test
    void aGrantIsKeptThoughTheCallerSpokeMeanwhile() {
        var call = challenged().keys("482913");
        var run = check(call);
        call.prompt("Hello? Did you get it?");
        returned(call, run, new ToolOutcome.Admitted(GRANT));
        call.answers("Yes.").prompt("Good.");
        assertThat(call.asks().getLast().verified()).isTrue();
    }

    @Test
    void aGrantThatHasRunOutOpensNothing() {
        var call = challenged().keys("482913");
        admit(call);
        call.answers("Thank you.").on(new CallProtocol.Note("x")).pass(Duration.ofMinutes(1));
        assertThat(SEAL.isGood(GRANT, "CA1", START.plus(Duration.ofMinutes(31))))
                .isFalse();
        var late = identified();
        late.calls(late.lastRequest(), "check-verification");
        returned(
                late,
                run(late, "check-verification"),
                new ToolOutcome.Admitted(SEAL.grant("CA1", "sys1", START, Duration.ofSeconds(5))));
        late.answers("Good.").pass(Duration.ofSeconds(6)).prompt("My tickets?");
        assertThat(late.asks().getLast().verified()).isFalse();
    }

    @Test
    void aCodeThatIsKeyedBeforeItsSendingIsReportedWaitsForIt() {
        var call = identified();
        var request = call.lastRequest();
        call.calls(request, "send-verification").keys("482913");
        assertThat(call.messages().toString()).doesNotContain("4 8 2", "482913");
        assertThat(names(call)).doesNotContain("check-verification");
        call.returns(request, "send-verification", new ToolOutcome.Challenged(CHALLENGE));
        assertThat(check(call).standing().code()).isEqualTo(new Sensitive("482913"));
    }

    @Test
    void aCodeGoesToItsCheckOnlyAndOnce() {
        var call = identified();
        var request = call.lastRequest();
        call.calls(request, "send-verification").keys("482913");
        var other = call.lastRequest();
        call.calls(other, "lookup-customer");
        assertThat(run(call, "lookup-customer").standing().code()).isNull();
        call.returns(request, "send-verification", new ToolOutcome.Challenged(CHALLENGE));
        var run = check(call);
        returned(call, run);
        call.calls(call.lastRequest(), "check-verification");
        assertThat(check(call).standing().code()).isNull();
    }

    @Test
    void tooFewDigitsAreNoCodeAndStayHiddenAllTheSame() {
        var call = challenged().keys("4829#");
        assertThat(names(call)).doesNotContain("check-verification");
        assertThat(call.messages().toString())
                .contains("not as many as the code has")
                .doesNotContain("4829", "4 8 2 9");
    }

    @Test
    void whoHasProvedToBeSomebodyStaysThat() {
        var call = challenged().keys("482913");
        admit(call);
        var again = call.lastRequest();
        call.calls(again, "lookup-customer")
                .returns(again, "lookup-customer", new ToolOutcome.Identified(null, Standing.Source.CLAIM));
        assertThat(call.asks().getLast().verified()).isTrue();
    }

    @Test
    void anotherCustomerVoidsTheChallengeOfTheOneBefore() {
        var call = challenged();
        var request = new RequestId(2, 1);
        call.prompt("I am somebody else").calls(request, "lookup-customer");
        call.returns(request, "lookup-customer", new ToolOutcome.Identified(null, Standing.Source.CLAIM));
        call.calls(call.lastRequest(), "check-verification");
        assertThat(run(call, "check-verification").standing().challenge()).isNull();
    }

    @Test
    void aGrantOfSomebodyElseThanTheCallIsWithIsNotTaken() {
        var call = challenged().keys("482913");
        var run = check(call);
        var request = new RequestId(3, 1);
        call.prompt("I am somebody else").calls(request, "lookup-customer");
        call.returns(request, "lookup-customer", new ToolOutcome.Identified(BO, Standing.Source.CLAIM));
        returned(call, run, new ToolOutcome.Admitted(GRANT));
        assertThat(call.prompt("My tickets").asks().getLast().verified()).isFalse();
    }

    @Test
    void aCodeThatWasSentToOneCustomerProvesNothingOfAnother() {
        var call = identified();
        var request = call.lastRequest();
        call.calls(request, "lookup-customer", "send-verification");
        call.returns(request, "lookup-customer", new ToolOutcome.Identified(BO, Standing.Source.CLAIM));
        call.returns(request, "send-verification", new ToolOutcome.Challenged(CHALLENGE));
        var run = check(call.keys("482913"));
        assertThat(run.standing().challenge()).isNull();
        assertThat(run.standing().customer()).isEqualTo(BO);
    }

    @Test
    void theSameLineLookedUpAgainKeepsTheCodeThatIsOnItsWay() {
        var call = challenged();
        var request = call.lastRequest();
        call.calls(request, "lookup-customer")
                .returns(request, "lookup-customer", new ToolOutcome.Identified(ALEX, Standing.Source.LINE));
        assertThat(check(call.keys("482913")).standing().challenge()).isEqualTo(CHALLENGE);
    }

    @Test
    void aCodeOfACustomerBeforeStaysHidden() {
        var call = challenged();
        var request = call.lastRequest();
        call.calls(request, "lookup-customer")
                .returns(request, "lookup-customer", new ToolOutcome.Identified(null, Standing.Source.NONE));
        assertThat(call.keys("482913").messages().toString()).doesNotContain("482913", "4 8 2");
    }

    @Test
    void aCodeIsStillAwaitedWhenASecondSendingIsRefused() {
        var call = challenged();
        var request = call.lastRequest();
        call.calls(request, "send-verification");
        refused(call, request, "id-send-verification");
        assertThat(check(call.keys("482913")).standing())
                .extracting(Standing::challenge, Standing::code)
                .containsExactly(CHALLENGE, new Sensitive("482913"));
    }

    @Test
    void digitsStayHiddenWhileAnyOfSeveralSendingsRuns() {
        var call = identified();
        var request = call.lastRequest();
        call.on(new CallInput.Model(
                request,
                new ModelEvent.ToolCalls(
                        List.of(
                                new ToolCall("one", "send-verification", "{}", null),
                                new ToolCall("two", "send-verification", "{}", null)),
                        null)));
        refused(call, request, "one");
        assertThat(call.keys("482913").messages().toString()).doesNotContain("482913", "4 8 2");
        call.on(new CallInput.ToolReturned(
                request, "two", new ToolOutcome(true, "{}", List.of(new ToolOutcome.Challenged(CHALLENGE)))));
        assertThat(check(call).standing().code()).isEqualTo(new Sensitive("482913"));
    }

    @Test
    void aCodeWhoseSendingWasNotConfirmedStaysHidden() {
        var call = identified();
        var request = call.lastRequest();
        call.calls(request, "send-verification");
        refused(call, request, "id-send-verification", new ToolOutcome.CodeUnderway());
        assertThat(call.keys("482913").messages().toString()).doesNotContain("482913", "4 8 2");
    }

    @Test
    void digitsOfACodeStayHiddenAlsoWhenItIsNoLongerAwaited() {
        var call = identified();
        var request = call.lastRequest();
        call.calls(request, "send-verification").keys("4829");
        refused(call, request, "id-send-verification");
        call.pass(Duration.ofSeconds(3));
        assertThat(call.messages().toString()).contains("no code is awaited").doesNotContain("4829", "4 8 2");
        assertThat(names(call)).doesNotContain("check-verification");
    }

    @Test
    void aHeldCodeIsDroppedWhenNoneWasSent() {
        var call = identified();
        var request = call.lastRequest();
        call.calls(request, "send-verification").keys("482913");
        refused(call, request, "id-send-verification");
        var next = call.lastRequest();
        call.calls(next, "send-verification").returns(next, "send-verification", new ToolOutcome.Challenged(CHALLENGE));
        assertThat(names(call)).doesNotContain("check-verification");
    }

    @Test
    void digitsAreOrdinaryInputAgainOnceTheCallerIsVerified() {
        var call = challenged().keys("482913");
        admit(call);
        call.answers("Thank you.").keys("42#");
        assertThat(call.history()).endsWith("user: The caller keyed 4 2 #");
    }

    @Test
    void aCallThatIsBeingHungUpChecksNoCode() {
        var call = identified();
        var request = call.lastRequest();
        call.calls(request, "send-verification").keys("482913");
        call.on(new CallProtocol.HangUp("Bye.", new Handoff(Handoff.NODE_STOPPING, "stop")));
        call.returns(request, "send-verification", new ToolOutcome.Challenged(CHALLENGE));
        assertThat(names(call)).doesNotContain("check-verification");
    }

    @Test
    void toolsOfOneRoundSeeWhatWasKnownBeforeIt() {
        var call = challenged();
        var request = call.lastRequest();
        call.calls(request, "check-verification", "create-servicenow-ticket");
        returned(call, check(call), new ToolOutcome.Admitted(GRANT));
        assertThat(run(call, "create-servicenow-ticket").standing().grant()).isNull();
    }

    @Test
    void digitsWithoutAnyCodeOnItsWayAreOrdinaryInput() {
        var call = CallScript.call().keys("42#");
        assertThat(call.history()).containsExactly("user: The caller keyed 4 2 #");
    }

    @Test
    void aCallThatIsHungUpIsFiledWithWhatWasSaidAndHeard() {
        var call = challenged().keys("482913");
        admit(call);
        var request = call.lastRequest();
        call.calls(request, "get-servicenow-ticket")
                .returns(
                        request,
                        "get-servicenow-ticket",
                        new ToolOutcome.Concerns(new Standing.Concern("INC0010001", "inc1")));
        call.answers("It is in progress.").on(new CallProtocol.ChannelLost("hung up"));
        var filed = call.of(CallEffect.File.class).getFirst().call();
        assertThat(filed.customer()).isEqualTo("sys1");
        assertThat(filed.tickets()).containsExactly("inc1");
        assertThat(filed.reason()).isEqualTo("channel-lost");
        assertThat(filed.transcript())
                .extracting(CallRecord.Line::text)
                .containsExactly("Tickets", "The caller keyed the code", "It is in progress.");
    }

    @Test
    void anUnverifiedCallIsFiledUnderNobodysName() {
        var call = CallScript.call().prompt("Hi").calls(FIRST, "lookup-customer");
        call.returns(FIRST, "lookup-customer", new ToolOutcome.Identified(ALEX, Standing.Source.LINE));
        call.on(new CallProtocol.ChannelLost("hung up"));
        assertThat(call.of(CallEffect.File.class).getFirst().call().customer()).isNull();
    }

    /** A call to whose caller a code is on its way. */
    private static CallScript challenged() {
        var call = identified();
        var request = call.lastRequest();
        return call.calls(request, "send-verification")
                .returns(request, "send-verification", new ToolOutcome.Challenged(CHALLENGE));
    }

    /** A call from the line of Alex, with the model about to answer. */
    private static CallScript identified() {
        return CallScript.call()
                .prompt("Tickets")
                .calls(FIRST, "lookup-customer")
                .returns(FIRST, "lookup-customer", new ToolOutcome.Identified(ALEX, Standing.Source.LINE));
    }

    private static void admit(CallScript call) {
        returned(call, check(call), new ToolOutcome.Admitted(GRANT));
    }

    private static void returned(CallScript call, CallEffect.RunTool run, ToolOutcome.Action... actions) {
        call.on(new CallInput.ToolReturned(
                run.request(), run.call().id(), new ToolOutcome(actions.length > 0, "{}", List.of(actions))));
    }

    private static void refused(CallScript call, RequestId request, String callId, ToolOutcome.Action... actions) {
        call.on(new CallInput.ToolReturned(request, callId, new ToolOutcome(false, "{}", List.of(actions))));
    }

    private static CallEffect.RunTool check(CallScript call) {
        return run(call, "check-verification");
    }

    private static CallEffect.RunTool run(CallScript call, String tool) {
        return Objects.requireNonNull(call.of(CallEffect.RunTool.class).stream()
                .filter(run -> run.call().name().equals(tool))
                .reduce((before, last) -> last)
                .orElse(null));
    }

    private static List<String> names(CallScript call) {
        return call.of(CallEffect.RunTool.class).stream()
                .map(run -> run.call().name())
                .toList();
    }
}
