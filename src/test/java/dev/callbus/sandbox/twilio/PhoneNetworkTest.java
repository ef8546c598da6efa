package dev.callbus.sandbox.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.sandbox.twilio.ObeyedServer.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNetworkTest {
    private static final String TOKEN = "12345678901234567890123456789012";
    private static final String ACCOUNT = "AC" + "0".repeat(32);
    private static final String CALLER = "+15550001111";
    private static final String NUMBER = "+15550002222";
    private static final String VOICE = "/connectConversationRelay";
    private static final String SUBSCRIBED = "events=\"speaker-events tokens-played\"";
    private static final String LONG =
            "One two three four five six seven eight nine ten eleven twelve thirteen fourteen.";
    private static final String HANGUP = "<Response><Hangup/></Response>";

    private Vertx vertx;
    private ObeyedServer server;
    private PhoneNetwork network;
    /** Those that {@link #awaitEvent} has not taken yet. */
    private final BlockingQueue<PhoneEvent> events = new LinkedBlockingQueue<>();

    private final List<PhoneEvent> allEvents = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        server = new ObeyedServer();
        network = network(20);
    }

    @AfterEach
    void close() throws Exception {
        network.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
        server.close();
    }

    @Test
    void asksTheVoiceWebhookAsTwilioDoes() throws Exception {
        server.twiml(VOICE, HANGUP);
        var call = dial();
        var webhook = server.webhook();
        assertThat(webhook.method()).isEqualTo("POST");
        assertThat(webhook.headers()).containsEntry("Host", "voice.example.com");
        assertThat(webhook.headers().get("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(webhook.headers().get("I-Twilio-Idempotency-Token")).isNotBlank();
        assertThat(webhook.signature()).isEqualTo(webhook.dueSignature(TOKEN));
        assertThat(webhook.form())
                .containsEntry("CallSid", call.callSid())
                .containsEntry("AccountSid", ACCOUNT)
                .containsEntry("CallStatus", "ringing")
                .containsEntry("Direction", "inbound")
                .containsEntry("From", CALLER)
                .containsEntry("To", NUMBER)
                .containsKeys("ApiVersion", "CallToken", "Called", "CalledCity", "CallerZip", "ToState", "StirVerstat");
        assertThat(call.callSid()).matches("CA[0-9a-f]{32}");
        assertThat(end(call)).isEqualTo("completed");
    }

    @Test
    void showsTheServerASignatureMadeWithAnotherToken() throws Exception {
        server.twiml(VOICE, HANGUP);
        var stranger = new PhoneNetwork(vertx, PhoneNetworkOptions.lifelike(ACCOUNT, "another token", server.tunnel()));
        stranger.dial(CALLER, NUMBER).await(5, SECONDS);
        var webhook = server.webhook();
        assertThat(webhook.signature()).isNotEqualTo(webhook.dueSignature(TOKEN));
        stranger.close().await(5, SECONDS);
    }

    @Test
    void opensTheRelayWithASignedHandshakeAndASetup() throws Exception {
        server.twiml(VOICE, relay("", "<Parameter name=\"tenant\" value=\"t &amp; 1\"/>"));
        var call = dial();
        var setup = server.socket().next();
        assertThat(server.handshakeUri).isEqualTo("/conversation-relay/tok%2F1");
        assertThat(server.handshakeHost).isEqualTo("voice.example.com");
        assertThat(server.handshakeSignature)
                .isEqualTo(Hmac.sha1(TOKEN, "wss://voice.example.com/conversation-relay/tok%2F1"));
        assertThat(setup.getString("sessionId")).matches("VX[0-9a-f]{32}");
        setup.remove("sessionId");
        assertThat(setup)
                .isEqualTo(new JsonObject()
                        .put("type", "setup")
                        .put("accountSid", ACCOUNT)
                        .put("parentCallSid", "")
                        .put("callSid", call.callSid())
                        .put("from", CALLER)
                        .put("to", NUMBER)
                        .put("forwardedFrom", "")
                        .put("callType", "PSTN")
                        .put("callerName", "")
                        .put("direction", "inbound")
                        .put("callStatus", "RINGING")
                        .put("customParameters", new JsonObject().put("tenant", "t & 1")));
    }

    @Test
    void speaksTheGreetingClauseByClause() throws Exception {
        server.twiml(VOICE, relay("welcomeGreeting=\"Hello there. How can I help?\" " + SUBSCRIBED, ""));
        dial();
        var socket = server.socket();
        assertThat(socket.next().getString("type")).isEqualTo("setup");
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "on"));
        assertThat(socket.next()).isEqualTo(info("tokensPlayed", "Hello there."));
        assertThat(socket.next()).isEqualTo(info("tokensPlayed", "How can I help?"));
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "off"));
    }

    @Test
    void tellsTheServerNothingThatItDidNotSubscribeTo() throws Exception {
        server.twiml(VOICE, relay("welcomeGreeting=\"Hi.\"", ""));
        var call = dial();
        var socket = server.socket();
        awaitEvent(PhoneEvent.AgentSpeaking.class);
        awaitEvent(PhoneEvent.AgentSpeaking.class);
        call.say("Hello");
        assertThat(socket.next().getString("type")).isEqualTo("setup");
        assertThat(socket.next()).isEqualTo(prompt("Hello", true));
    }

    @Test
    void promptsAndHearsTheAnswer() throws Exception {
        server.twiml(VOICE, relay("", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        call.say("What is my balance?");
        assertThat(socket.next()).isEqualTo(prompt("What is my balance?", true));
        socket.text("Your balance is ", false).text("ten dollars. Anything", false);
        awaitHeard(" dollars.");
        assertThat(events).noneMatch(event -> event instanceof PhoneEvent.AgentHeard);
        socket.text(" else?", true);
        awaitHeard(" Anything");
        awaitHeard(" else?");
    }

    @Test
    void sendsPartialPromptsThatGrowWordByWord() throws Exception {
        server.twiml(VOICE, relay("partialPrompts=\"true\"", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        call.sayPartially("what is this");
        assertThat(socket.next()).isEqualTo(prompt("what", false));
        assertThat(socket.next()).isEqualTo(prompt("what is", false));
        assertThat(socket.next()).isEqualTo(prompt("what is this", true));
    }

    @Test
    void bargesInInTheObservedOrder() throws Exception {
        network = network(1);
        server.twiml(VOICE, relay(SUBSCRIBED, ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        socket.text(LONG, true).text("And this is never heard.", true);
        awaitHeard(" two");
        call.say("Give me a person.");
        socket.awaitInfo("agentSpeaking", "on");
        assertThat(socket.next()).isEqualTo(info("clientSpeaking", "on"));
        var fragment = socket.next();
        var interrupt = socket.next();
        assertThat(fragment.getString("name")).isEqualTo("tokensPlayed");
        assertThat(interrupt.getString("type")).isEqualTo("interrupt");
        assertThat(interrupt.getString("utteranceUntilInterrupt"))
                .startsWith("One two")
                .isEqualTo(fragment.getString("value"))
                .doesNotContain("fourteen");
        assertThat(interrupt.getInteger("durationUntilInterruptMs")).isBetween(7 * 1000 / 15, 5000);
        assertThat(socket.next()).isEqualTo(prompt("Give me a person.", true));
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "off"));
        assertThat(socket.next()).isEqualTo(info("clientSpeaking", "off"));
        assertThat(awaitEvent(PhoneEvent.AgentInterrupted.class).heard())
                .isEqualTo(interrupt.getString("utteranceUntilInterrupt"));
        assertThat(events.poll(5, SECONDS)).isInstanceOf(PhoneEvent.PromptSent.class);
        assertThat(events.poll(5, SECONDS))
                .isInstanceOfSatisfying(
                        PhoneEvent.AgentSpeaking.class,
                        speaking -> assertThat(speaking.on()).isFalse());
        socket.text("New.", true);
        socket.awaitInfo("tokensPlayed", "New.");
    }

    @Test
    void losesWhatIsSaidOverAnAgentWhoCannotBeInterrupted() throws Exception {
        network = network(2);
        server.twiml(VOICE, relay("interruptible=\"none\" dtmfDetection=\"true\"", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        socket.text("This is said, whatever the caller does, to its end.", true);
        awaitHeard("This");
        call.say("But");
        call.press("1");
        call.interrupt();
        assertThat(awaitEvent(PhoneEvent.NotHeard.class).what()).isEqualTo("speech");
        assertThat(awaitEvent(PhoneEvent.NotHeard.class).what()).isEqualTo("key");
        assertThat(awaitEvent(PhoneEvent.NotHeard.class).what()).isEqualTo("noise");
        awaitHeard(" end.");
        assertThat(socket.isQuiet()).isTrue();
    }

    @Test
    void reportsWhatIsSaidOverAnAgentWhoCannotBeInterruptedIfAsked() throws Exception {
        network = network(2);
        server.twiml(VOICE, relay("interruptible=\"none\" reportInputDuringAgentSpeech=\"speech\"", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        socket.text("This is said, whatever the caller does, to its end.", true);
        awaitHeard("This");
        call.say("But");
        assertThat(socket.next()).isEqualTo(prompt("But", true));
        awaitHeard(" end.");
    }

    @Test
    void aFrameDecidesForItselfWhetherItCanBeInterrupted() throws Exception {
        network = network(2);
        server.twiml(VOICE, relay("interruptible=\"none\"", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        socket.send(new JsonObject()
                .put("type", "text")
                .put("token", "You may cut this short, as long as it is.")
                .put("last", true)
                .put("interruptible", true));
        awaitHeard("You");
        call.interrupt();
        assertThat(socket.next("interrupt").getString("utteranceUntilInterrupt"))
                .startsWith("You");
    }

    @Test
    void bargesInByPartialPrompts() throws Exception {
        network = network(4);
        server.twiml(VOICE, relay("partialPrompts=\"true\" " + SUBSCRIBED, ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        socket.text(LONG, true);
        awaitHeard(" two");
        call.sayPartially("Stop it");
        socket.next("interrupt");
        assertThat(socket.next()).isEqualTo(prompt("Stop", false));
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "off"));
        assertThat(socket.next()).isEqualTo(prompt("Stop it", true));
        assertThat(socket.next()).isEqualTo(info("clientSpeaking", "off"));
    }

    @Test
    void interruptsWithoutAWord() throws Exception {
        network = network(4);
        server.twiml(VOICE, relay(SUBSCRIBED, ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        socket.text(LONG, true);
        awaitHeard(" two");
        assertThat(call.isAgentSpeaking()).isTrue();
        call.interrupt();
        socket.next("interrupt");
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "off"));
        assertThat(socket.next()).isEqualTo(info("clientSpeaking", "off"));
    }

    @Test
    void aKeyInterruptsWhatYieldsToKeys() throws Exception {
        network = network(4);
        server.twiml(VOICE, relay("interruptible=\"dtmf\" dtmfDetection=\"true\"", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        socket.text(LONG, true);
        awaitHeard("One");
        call.say("This is lost.");
        awaitEvent(PhoneEvent.NotHeard.class);
        call.press("5");
        assertThat(socket.next().getString("type")).isEqualTo("interrupt");
        assertThat(socket.next()).isEqualTo(new JsonObject().put("type", "dtmf").put("digit", "5"));
    }

    @Test
    void theGreetingHasItsOwnRule() throws Exception {
        network = network(4);
        server.twiml(
                VOICE,
                relay(
                        "welcomeGreeting=\"Hello and a very warm welcome to all of us.\" welcomeGreetingInterruptible=\"none\"",
                        ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        awaitHeard("Hello");
        call.say("Stop");
        assertThat(awaitEvent(PhoneEvent.NotHeard.class).what()).isEqualTo("speech");
        socket.text(LONG, true);
        awaitHeard("One");
        call.say("Stop");
        assertThat(socket.next().getString("type")).isEqualTo("interrupt");
    }

    @Test
    void aPreemptibleUtteranceYieldsWithoutAnInterrupt() throws Exception {
        network = network(4);
        server.twiml(VOICE, relay("preemptible=\"true\" " + SUBSCRIBED, ""));
        dial();
        var socket = server.socket();
        socket.next("setup");
        socket.text(LONG, true);
        awaitHeard("One");
        socket.text("Here I am.", true);
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "on"));
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "off"));
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "on"));
        assertThat(socket.next()).isEqualTo(info("tokensPlayed", "Here I am."));
    }

    @Test
    void promptsInTheLanguageThatAFrameSwitchedTo() throws Exception {
        server.twiml(VOICE, relay("language=\"en-US\" dtmfDetection=\"true\"", "<Language code=\"de-DE\"/>"));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        socket.send(new JsonObject().put("type", "language").put("transcriptionLanguage", "de-DE"));
        awaitEvent(PhoneEvent.AgentFrame.class);
        call.say("Hallo");
        assertThat(socket.next().getString("lang")).isEqualTo("de-DE");
    }

    @Test
    void digitsOfTheServerSoundInTheirTurn() throws Exception {
        server.twiml(VOICE, relay(SUBSCRIBED, ""));
        dial();
        var socket = server.socket();
        socket.next("setup");
        socket.text("Dialling.", true)
                .send(new JsonObject().put("type", "sendDigits").put("digits", "1w2#"))
                .send(new JsonObject().put("type", "play").put("source", "https://a.example/a.mp3"));
        socket.awaitInfo("tokensPlayed", "Dialling.");
        socket.awaitInfo("tokensPlayed", "1w2#");
        socket.awaitInfo("tokensPlayed", "https://a.example/a.mp3");
        assertThat(socket.next()).isEqualTo(info("agentSpeaking", "off"));
    }

    @Test
    void sendsAnythingTheTestWants() throws Exception {
        server.twiml(VOICE, relay("", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        call.sendRaw("{\"type\":\"new-in-2027\"}");
        assertThat(socket.next().getString("type")).isEqualTo("new-in-2027");
    }

    @Test
    void aHangUpBeforeTheWebhookAnswersEndsTheCall() throws Exception {
        server.answer(VOICE, webhook -> new Answer(0, "", ""));
        var dialled = network.dial(CALLER, NUMBER, this::happened);
        server.webhook();
        network.close().await(5, SECONDS);
        assertThatThrownBy(() -> dialled.await(5, SECONDS)).hasMessageContaining("ended before it was answered");
        assertThat(awaitEvent(PhoneEvent.CallEnded.class).status()).isEqualTo("completed");
    }

    @Test
    void sendsNoKeysUnlessAskedFor() throws Exception {
        server.twiml(VOICE, relay("", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        call.press("1");
        assertThat(awaitEvent(PhoneEvent.NotHeard.class).what()).isEqualTo("key");
        assertThat(socket.isQuiet()).isTrue();
    }

    @Test
    void sendsKeysOneByOneIfAskedFor() throws Exception {
        server.twiml(VOICE, relay("dtmfDetection=\"true\"", ""));
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        call.press("1#");
        assertThat(socket.next()).isEqualTo(new JsonObject().put("type", "dtmf").put("digit", "1"));
        assertThat(socket.next()).isEqualTo(new JsonObject().put("type", "dtmf").put("digit", "#"));
        assertThatThrownBy(() -> call.press("A")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hangsUpWithANormalCloseAndACompletedAction() throws Exception {
        server.twiml(VOICE, relay("", "")).twiml("/action", relay("", ""));
        var call = dial();
        var socket = server.socket();
        var setup = socket.next("setup");
        server.webhook();
        call.hangUp();
        var closing = socket.closed().await(5, SECONDS);
        assertThat(closing.code()).isEqualTo((short) 1000);
        assertThat(closing.reason()).isEqualTo("Closing websocket session");
        var action = server.webhook();
        assertThat(action.signature()).isEqualTo(action.dueSignature(TOKEN));
        assertThat(action.form())
                .containsEntry("SessionStatus", "completed")
                .containsEntry("CallStatus", "completed")
                .containsEntry("SessionId", setup.getString("sessionId"))
                .containsEntry("SessionDuration", "0")
                .doesNotContainKeys("HandoffData", "ErrorCode", "ErrorMessage");
        assertThat(end(call)).as("its TwiML is not obeyed").isEqualTo("completed");
    }

    @Test
    void endsAtOnceWithTheHandoffDataVerbatim() throws Exception {
        var handoff = "{\"reasonCode\":\"live-agent-handoff\",\"reason\":\"ünïcode & = + %\"}";
        server.twiml(VOICE, relay("", "")).twiml("/action", HANGUP);
        var call = dial();
        var socket = server.socket();
        socket.text("None of this is heard.", true)
                .send(new JsonObject().put("type", "end").put("handoffData", handoff));
        assertThat(socket.closed().await(5, SECONDS).code()).isEqualTo((short) 1000);
        server.webhook();
        var action = server.webhook();
        assertThat(action.signature()).isEqualTo(action.dueSignature(TOKEN));
        assertThat(action.form())
                .containsEntry("SessionStatus", "ended")
                .containsEntry("CallStatus", "in-progress")
                .containsEntry("HandoffData", handoff)
                .doesNotContainKey("ErrorCode");
        assertThat(end(call)).isEqualTo("completed");
        assertThat(allEvents).noneMatch(event -> event instanceof PhoneEvent.AgentHeard);
        assertThat(allEvents)
                .anyMatch(event -> event instanceof PhoneEvent.SessionEnded over && handoff.equals(over.handoffData()));
    }

    @ParameterizedTest
    @CsvSource({"server closes", "network breaks"})
    void reconnectsByTheActionOfALostSocket(String how) throws Exception {
        server.twiml(VOICE, relay("", "")).twiml("/action", relay("welcomeGreeting=\"Back again.\" " + SUBSCRIBED, ""));
        var call = dial();
        var first = server.socket();
        var setup = first.next("setup");
        server.webhook();
        if (how.equals("server closes")) {
            first.close(1011);
        } else {
            call.dropSocket();
            assertThat(first.closed().await(5, SECONDS).code()).isIn((short) 1006, null);
        }
        assertThat(server.webhook().form())
                .containsEntry("SessionStatus", "failed")
                .containsEntry("CallStatus", "in-progress")
                .containsEntry("ErrorCode", "64105")
                .containsEntry("ErrorMessage", "Websocket ended");
        var second = server.socket();
        var again = second.next("setup");
        assertThat(again.getString("callSid")).isEqualTo(setup.getString("callSid"));
        assertThat(again.getString("sessionId")).isNotEqualTo(setup.getString("sessionId"));
        assertThat(again.getString("callStatus")).isEqualTo("IN_PROGRESS");
        second.awaitInfo("tokensPlayed", "Back again.");
    }

    @Test
    void toleratesNineBadFramesInARowButNotTen() throws Exception {
        server.twiml(VOICE, relay("", "")).twiml("/action", HANGUP);
        var call = dial();
        var socket = server.socket();
        socket.next("setup");
        for (int i = 0; i < 9; i++) {
            socket.sendRaw("{\"type\":\"foo\"}");
            assertThat(socket.next())
                    .isEqualTo(new JsonObject()
                            .put("type", "error")
                            .put("description", "Invalid message received, code: 64107, {\"type\":\"foo\"}"));
        }
        socket.text("Fine.", true);
        for (int i = 0; i < 10; i++) {
            socket.sendRaw("{");
        }
        var closing = socket.closed().await(5, SECONDS);
        assertThat(closing.code()).isEqualTo((short) 1007);
        assertThat(closing.reason()).isEqualTo("Too many consecutive malformed messages.");
        server.webhook();
        assertThat(server.webhook().form())
                .containsEntry("SessionStatus", "failed")
                .containsEntry("ErrorCode", "64105")
                .containsEntry("CallStatus", "in-progress");
        end(call);
        assertThat(alerts()).hasSize(20).contains(64107).endsWith(64105);
    }

    @ParameterizedTest
    @CsvSource({"403, HTTP 403", "503, HTTP 503"})
    void aRejectedHandshakeCostsTheCall(int status, String said) throws Exception {
        server.handshakeStatus = status;
        server.twiml(VOICE, relay("", ""));
        assertThatThrownBy(this::dial).hasMessageContaining("64102").hasMessageContaining(said);
        server.webhook();
        assertThat(awaitEvent(PhoneEvent.CallEnded.class).status()).isEqualTo("failed");
        assertThat(alerts()).containsExactly(64102);
        assertThat(server.hasNoWebhookFor(200)).as("the action is not told").isTrue();
    }

    @Test
    void neverConnectsToAnotherHost() throws Exception {
        server.twiml(VOICE, relay("", "").replace("wss://voice.example.com", "wss://evil.example.com"));
        assertThatThrownBy(this::dial).hasMessageContaining("64102");
        server.twiml(VOICE, "<Response><Redirect>https://evil.example.com/x</Redirect></Response>");
        assertThatThrownBy(this::dial).hasMessageContaining("11200");
        assertThatThrownBy(() -> new Tunnel(URI.create("https://a.example"), "10.0.0.1", 80))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | text/xml         | <Response/>            | 11200
            404 | text/xml         | <Response/>            | 11200
            302 | text/xml         | <Response/>            | 11200
            200 | application/json | {}                     | 12300
            200 | text/xmlish      | <Response/>            | 12300
            200 | text/xml         | I am no XML            | 12100
            200 | text/xml         | <Response><Sing/></Response> | 12200
            """)
    void givesUpOnABadAnswer(int status, String type, String body, int code) throws Exception {
        server.answer(VOICE, webhook -> new Answer(status, type, body));
        assertThatThrownBy(this::dial).hasMessageContaining(String.valueOf(code));
        assertThat(awaitEvent(PhoneEvent.CallEnded.class).status()).isEqualTo("failed");
        assertThat(alerts()).containsExactly(code);
        server.webhook();
        assertThat(server.hasNoWebhookFor(200)).as("there is no second attempt").isTrue();
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswerInTime() throws Exception {
        network = new PhoneNetwork(
                vertx, options(20).withTimes(PhoneTimes.lifelike().withWebhookLimit(Duration.ofMillis(200))));
        server.answer(VOICE, webhook -> new Answer(0, "", ""));
        assertThatThrownBy(this::dial).hasMessageContaining("11205").hasMessageContaining("200 ms");
        server.webhook();
        assertThat(server.hasNoWebhookFor(200)).as("there is no second attempt").isTrue();
    }

    @Test
    void givesUpOnAServerThatIsNotThere() throws Exception {
        var nowhere = new Tunnel(server.tunnel().publicUrl(), "127.0.0.1", freePort());
        network = new PhoneNetwork(vertx, PhoneNetworkOptions.lifelike(ACCOUNT, TOKEN, nowhere));
        assertThatThrownBy(this::dial).hasMessageContaining("11205");
    }

    @Test
    void obeysVerbAfterVerb() throws Exception {
        server.twiml(
                        VOICE,
                        "<Response><Say>Wait.</Say><Pause length=\"1\"/><Redirect method=\"GET\">/next?a=1</Redirect></Response>")
                .twiml("/next", "<Response><Dial action=\"after\"><Number>+15550009999</Number></Dial></Response>")
                .twiml(
                        "/after",
                        "<Response><Enqueue workflowSid=\"WW1\" action=\"/queued\"><Task>{\"a\":1}</Task></Enqueue></Response>")
                .twiml("/queued", "<Response><Say>Nobody hears this.</Say></Response>");
        var call = dial();
        server.webhook();
        var next = server.webhook();
        assertThat(next.method()).isEqualTo("GET");
        assertThat(next.signature()).isEqualTo(next.dueSignature(TOKEN));
        assertThat(next.form()).containsEntry("a", "1").containsEntry("CallStatus", "in-progress");
        assertThat(server.webhook().form()).containsEntry("DialCallStatus", "no-answer");
        assertThat(server.webhook().form())
                .containsEntry("QueueResult", "hangup")
                .containsEntry("CallStatus", "completed");
        assertThat(end(call)).isEqualTo("completed");
        assertThat(allEvents.stream()
                        .filter(event ->
                                event instanceof PhoneEvent.HandedOver || event instanceof PhoneEvent.AgentHeard)
                        .map(event -> switch (event) {
                            case PhoneEvent.Dialled dialled -> "dial " + dialled.to();
                            case PhoneEvent.Enqueued enqueued -> "queue " + enqueued.to() + " " + enqueued.task();
                            case PhoneEvent.AgentHeard heard -> heard.word();
                            default -> "";
                        }))
                .containsExactly("Wait.", "dial +15550009999", "queue WW1 {\"a\":1}");
    }

    @Test
    void goesOnWithTheNextVerbIfThereIsNoAction() throws Exception {
        server.twiml(
                VOICE,
                relay("", "").replace(" action=\"/action\"", "").replace("</Response>", "<Say>Bye.</Say></Response>"));
        var call = dial();
        server.socket().send(new JsonObject().put("type", "end"));
        awaitHeard("Bye.");
        assertThat(end(call)).isEqualTo("completed");
    }

    @Test
    void aRejectedCallIsNotAnswered() throws Exception {
        server.twiml(VOICE, "<Response><Reject reason=\"busy\"/></Response>");
        assertThatThrownBy(this::dial).hasMessageContaining("rejected");
        assertThat(awaitEvent(PhoneEvent.CallEnded.class).status()).isEqualTo("busy");
    }

    @Test
    void whatComesAfterTheHangUpIsNotDone() throws Exception {
        network = network(4);
        server.twiml(VOICE, "<Response><Say>" + LONG + "</Say><Redirect>/next</Redirect></Response>");
        var call = dial();
        call.hangUp();
        assertThat(end(call)).isEqualTo("completed");
        server.webhook();
        assertThat(server.hasNoWebhookFor(2000)).isTrue();
    }

    @Test
    void aLateListenerGetsWhatItMissed() throws Exception {
        server.twiml(VOICE, HANGUP);
        var call = network.dial(CALLER, NUMBER).await(5, SECONDS);
        call.ended().await(5, SECONDS);
        call.onEvent(this::happened);
        assertThat(awaitEvent(PhoneEvent.WebhookAnswered.class).status()).isEqualTo(200);
        var ended = awaitEvent(PhoneEvent.CallEnded.class);
        assertThat(ended.at()).isPositive();
    }

    @Test
    void hangsUpEveryCallWhenItCloses() throws Exception {
        server.twiml(VOICE, relay("", "")).twiml("/action", HANGUP);
        var call = dial();
        var socket = server.socket();
        network.close().await(5, SECONDS);
        assertThat(socket.closed().await(5, SECONDS).code()).isEqualTo((short) 1000);
        assertThat(call.ended().isComplete()).isTrue();
    }

    private static String relay(String attributes, String children) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Connect action=\"/action\">"
                + "<ConversationRelay url=\"wss://voice.example.com/conversation-relay/tok%2F1\" " + attributes + ">"
                + children + "</ConversationRelay></Connect></Response>";
    }

    private PhoneCall dial() throws Exception {
        return network.dial(CALLER, NUMBER, this::happened).await(5, SECONDS);
    }

    private PhoneNetwork network(double speed) {
        return new PhoneNetwork(vertx, options(speed));
    }

    private PhoneNetworkOptions options(double speed) {
        return PhoneNetworkOptions.lifelike(ACCOUNT, TOKEN, server.tunnel()).faster(speed);
    }

    private static String end(PhoneCall call) throws Exception {
        return call.ended().await(5, SECONDS).status();
    }

    private List<Integer> alerts() {
        return allEvents.stream()
                .filter(PhoneEvent.Alert.class::isInstance)
                .map(event -> ((PhoneEvent.Alert) event).code())
                .toList();
    }

    private void awaitHeard(String word) throws InterruptedException {
        var heard = awaitEvent(PhoneEvent.AgentHeard.class);
        while (!heard.word().equals(word)) {
            heard = awaitEvent(PhoneEvent.AgentHeard.class);
        }
    }

    private void happened(PhoneEvent event) {
        allEvents.add(event);
        events.add(event);
    }

    /** Takes events up to the next of this kind. */
    private <E extends PhoneEvent> E awaitEvent(Class<E> kind) throws InterruptedException {
        while (true) {
            var event = events.poll(5, SECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " happened");
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    private static JsonObject info(String name, String value) {
        return new JsonObject().put("type", "info").put("name", name).put("value", value);
    }

    private static JsonObject prompt(String words, boolean last) {
        return new JsonObject()
                .put("type", "prompt")
                .put("voicePrompt", words)
                .put("lang", "en-US")
                .put("last", last);
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
