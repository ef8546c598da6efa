package dev.callbus.channel.relay;

import static dev.callbus.channel.relay.TestTwilio.attributes;
import static dev.callbus.channel.relay.TestTwilio.callSid;
import static dev.callbus.channel.relay.TestTwilio.only;
import static dev.callbus.channel.relay.TestTwilio.parse;
import static dev.callbus.channel.relay.TestTwilio.verbs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.call.CallProtocol;
import dev.callbus.config.TwilioSettings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionWebhookTest {
    private static final String CALL = callSid(1);
    private static final String SESSION = "VX" + CALL.substring(2);
    private static final String PERSON = "{\"reasonCode\":\"live-agent-handoff\",\"reason\":\"asked\"}";

    private @Nullable RelayRig rig;

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            completed | completed   |                                          |
            completed | in-progress |                                          |
            ended     | completed   | {"reasonCode":"live-agent-handoff"}      |
            failed    | completed   |                                          |
            ended     | in-progress | {"reasonCode":"end-call"}                | Hangup
            ended     | in-progress | {"reasonCode":"unresponsive"}            | Hangup
            ended     | in-progress | {"reasonCode":"node-stopping"}           | Hangup
            ended     | in-progress | {"reasonCode":"something-else"}          | Hangup
            ended     | in-progress | {"reasonCode":5}                         | Hangup
            ended     | in-progress | {}                                       | Hangup
            ended     | in-progress |                                          | Hangup
            ended     | in-progress | {"reasonCode":"live-agent-handoff        | Hangup
            ended     | in-progress | ["live-agent-handoff"]                   | Hangup
            ended     | in-progress | "live-agent-handoff"                     | Hangup
            ended     | in-progress | {"reasonCode":"live-agent-handoff"}      | Enqueue
            failed    | in-progress |                                          | Connect
            strange   | in-progress |                                          | Hangup
                      | in-progress |                                          | Hangup
            """)
    void c8_answersEveryOutcomeByItsReason(
            @Nullable String status, String callStatus, @Nullable String handoffData, @Nullable String verb) {
        var answer = start("WW1", "+15550009999").action(status == null ? "" : status, callStatus, handoffData);
        assertThat(verbs(answer)).isEqualTo(verb == null ? java.util.List.of() : java.util.List.of(verb));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectAction", "/api/action", "/handoff"})
    void answersAtEveryPath(String path) {
        var answer = start(null, null).rig().post(path, Map.of("CallSid", CALL, "SessionStatus", "ended"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(verbs(answer.body())).containsExactly("Hangup");
    }

    @Test
    void queuesACallerWhoWantsAPersonWithWhatIsKnownOfHim() {
        var handoff = """
                {"reasonCode":"live-agent-handoff","reason":"wants <a> person","callSummary":"It's 5 o'clock & \\"late\\"",
                 "ticketNumber":"INC1","incident_sys_id":"abc","nested":{"a":1},"number":5,"sentiment":["x"],
                 "callSid":"CAforged","from":"+1forged","password":"secret"}""";
        var answer = start("WW1", "+15550009999").action("ended", "in-progress", handoff);
        var enqueue = only(parse(answer), "Enqueue");
        assertThat(attributes(enqueue))
                .isEqualTo(Map.of("workflowSid", "WW1", "action", "https://voice.example.com/connectAction"));
        assertThat(new JsonObject(only(enqueue, "Task").getTextContent()).getMap())
                .isEqualTo(Map.of(
                        "reasonCode", "live-agent-handoff",
                        "reason", "wants <a> person",
                        "callSummary", "It's 5 o'clock & \"late\"",
                        "ticketNumber", "INC1",
                        "incident_sys_id", "abc",
                        "callSid", CALL,
                        "from", "+15550001111",
                        "to", "+15550002222",
                        "direction", "inbound"));
    }

    @Test
    void shortensWhatIsTooLongForATask() {
        var handoff = new JsonObject().put("reasonCode", "live-agent-handoff").put("callSummary", "ü".repeat(9000));
        var answer = start("WW1", null).action("ended", "in-progress", handoff.encode());
        var task = new JsonObject(only(only(parse(answer), "Enqueue"), "Task").getTextContent());
        assertThat(task.getString("callSummary")).isEqualTo("ü".repeat(1000));
    }

    @Test
    void dialsAPersonWhereThereIsNoWorkflow() {
        var answer = start(null, "+15550009999").action("ended", "in-progress", PERSON);
        assertThat(verbs(answer)).containsExactly("Dial");
        var dial = only(parse(answer), "Dial");
        assertThat(attributes(dial))
                .isEqualTo(Map.of(
                        "timeout",
                        "30",
                        "callerId",
                        "+15550002222",
                        "action",
                        "https://voice.example.com/connectAction"));
        assertThat(only(dial, "Number").getTextContent()).isEqualTo("+15550009999");
    }

    @ParameterizedTest
    @CsvSource({
        "DialCallStatus, completed, false",
        "DialCallStatus, no-answer, true",
        "DialCallStatus, busy, true",
        "DialCallStatus, failed, true",
        "QueueResult, bridged, false",
        "QueueResult, hangup, false",
        "QueueResult, queue-full, true",
        "QueueResult, system-error, true",
    })
    void tellsACallerWhoReachedNobody(String name, String value, boolean nobody) {
        var answer = start(null, "+15550009999").rig().post("/connectAction", Map.of("CallSid", CALL, name, value));
        if (nobody) {
            assertSays(answer.body(), Announcements.ENGLISH.nobody());
        } else {
            assertThat(verbs(answer.body())).containsExactly("Hangup");
        }
    }

    @Test
    void saysSoWhereNobodyCanTakeOver() {
        var answer = start(null, null).action("ended", "in-progress", PERSON);
        assertSays(answer, Announcements.ENGLISH.nobody());
    }

    @Test
    void connectsABrokenCallAgainOnceWithAnApologyInsteadOfTheGreeting() {
        var test = start(null, null);
        var first = test.rig().ring(CALL);
        test.connectAndBreak(first, SESSION);
        var again = test.action("failed", "in-progress", null);
        var relay = only(only(parse(again), "Connect"), "ConversationRelay");
        assertThat(relay.getAttribute("welcomeGreeting")).isEqualTo(Announcements.ENGLISH.again());
        assertThat(relay.getAttribute("events")).isEqualTo("speaker-events tokens-played");
        assertThat(relay.getAttribute("url")).isNotEqualTo(test.relayUrl(first));

        test.connectAndBreak(again, "VX2");
        assertThat(test.rig().opens)
                .last()
                .satisfies(open ->
                        assertThat(open.profile().relay().welcomeGreeting()).isEqualTo(Announcements.ENGLISH.again()));
        var last = test.session("VX2", "failed");
        assertSays(last, Announcements.ENGLISH.broken());
        assertThat(test.rig().tickets.count()).isZero();
        assertThat(verbs(test.rig().ring(CALL))).containsExactly("Hangup");
    }

    @Test
    void connectsABrokenCallOfANodeThatRestarted() {
        var test = start(null, null);
        assertThat(verbs(test.action("failed", "in-progress", null))).containsExactly("Connect");
        assertThat(test.rig().choices).hasValue(1);
        assertThat(test.rig().tickets.count()).isEqualTo(1);
    }

    @Test
    void apologisesWhereABrokenCallCannotBeConnectedAgain() {
        var test = start(null, null);
        test.rig().choice = call -> Future.failedFuture(new BusException(Failure.BUSY, "draining"));
        assertSays(test.action("failed", "in-progress", null), Announcements.ENGLISH.broken());
    }

    @Test
    void aReplayedActionHasNoSecondEffect() {
        var test = start(null, null);
        test.connectAndBreak(test.rig().ring(CALL), SESSION);
        var first = test.action("failed", "in-progress", null);
        assertThat(test.action("failed", "in-progress", null)).isEqualTo(first);
        var form = Map.of("CallSid", CALL, "SessionStatus", "failed", "CallStatus", "in-progress");
        var token = Map.of("I-Twilio-Idempotency-Token", "t1");
        var second = test.rig().post("/connectAction", form, token).body();
        assertThat(test.rig().post("/api/action", form, token).body()).isEqualTo(second);
        assertSays(second, Announcements.ENGLISH.broken());
    }

    @Test
    void s14_aReplayedActionOfAnOldSessionLeavesTheNewOneAlone() {
        var test = start(null, null);
        test.connectAndBreak(test.rig().ring(CALL), SESSION);
        var again = test.action("failed", "in-progress", null);
        var phone = test.rig().phone(TestTwilio.socketPath(again));
        phone.send(new JsonObject(RelayRig.setup(CALL)).put("sessionId", "VX2").encode());
        phone.send("{\"type\":\"prompt\",\"voicePrompt\":\"back\"}");
        test.nextUntil(CallProtocol.Prompt.class);
        assertThat(test.action("failed", "in-progress", null)).isEqualTo(again);
        var strange = test.rig()
                .post("/connectAction", Map.of("CallSid", CALL, "SessionId", "VX9", "SessionStatus", "failed"));
        assertThat(verbs(strange.body())).containsExactly("Hangup");
        phone.send("{\"type\":\"prompt\",\"voicePrompt\":\"still here\"}");
        assertThat(test.rig().next()).isEqualTo(new CallProtocol.Prompt("still here", "", true));
        assertThat(test.rig().tickets.count()).isEqualTo(1);
    }

    @Test
    void takesDownACallWhoseSocketDiedWithoutAWord() {
        var test = start(null, null);
        var phone = test.rig().call(CALL);
        test.action("failed", "in-progress", null);
        assertThat(test.rig().next()).isEqualTo(new CallProtocol.ChannelLost("session failed"));
        assertThat(phone.hears().getString("type")).isEqualTo("end");
        assertThat(test.rig().channel.holdings().listeners()).isZero();
    }

    @Test
    void closesTheTicketOfACallThatIsOver() {
        var test = start(null, null);
        test.rig().ring(CALL);
        assertThat(test.rig().tickets.count()).isEqualTo(1);
        test.action("completed", "completed", null);
        assertThat(test.rig().tickets.count()).isZero();
        assertThat(verbs(test.rig().ring(CALL))).containsExactly("Hangup");
    }

    private static void assertSays(String twiml, String words) {
        assertThat(verbs(twiml)).containsExactly("Say", "Hangup");
        assertThat(only(parse(twiml), "Say").getTextContent()).isEqualTo(words);
    }

    private ActionWebhookTest start(@Nullable String workflowSid, @Nullable String handoffNumber) {
        TwilioSettings twilio = TestTwilio.settings(workflowSid, handoffNumber);
        rig = new RelayRig(twilio, RelayTimes.STANDARD);
        return this;
    }

    private RelayRig rig() {
        if (rig == null) {
            throw new IllegalStateException("not started");
        }
        return rig;
    }

    private String action(String status, String callStatus, @Nullable String handoffData) {
        var form = new HashMap<String, String>();
        form.put("CallSid", CALL);
        form.put("From", "+15550001111");
        form.put("To", "+15550002222");
        form.put("Direction", "inbound");
        form.put("CallStatus", callStatus);
        form.put("SessionId", SESSION);
        form.put("SessionStatus", status);
        form.put("SessionDuration", "12");
        if (handoffData != null) {
            form.put("HandoffData", handoffData);
        }
        return post(form);
    }

    private String session(String sessionId, String status) {
        return post(
                Map.of("CallSid", CALL, "CallStatus", "in-progress", "SessionId", sessionId, "SessionStatus", status));
    }

    private String post(Map<String, String> form) {
        var answer = rig().post("/connectAction", form);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    /** Carries a session until its socket breaks. */
    private void connectAndBreak(String twiml, String sessionId) {
        var phone = rig().phone(TestTwilio.socketPath(twiml));
        phone.send(
                new JsonObject(RelayRig.setup(CALL)).put("sessionId", sessionId).encode());
        phone.send("{\"type\":\"prompt\",\"voicePrompt\":\"hi\"}");
        nextUntil(CallProtocol.Prompt.class);
        RelayRig.done(phone.socket.close((short) 1007));
        nextUntil(CallProtocol.ChannelLost.class);
        RelayRig.done(rig().hangUp(CALL));
    }

    private void nextUntil(Class<?> type) {
        while (!type.isInstance(rig().next())) {
            // what comes before is not looked at
        }
    }

    private String relayUrl(String twiml) {
        return only(only(parse(twiml), "Connect"), "ConversationRelay").getAttribute("url");
    }
}
