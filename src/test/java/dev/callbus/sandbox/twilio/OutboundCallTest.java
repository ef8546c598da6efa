package dev.callbus.sandbox.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.sandbox.twilio.Callee.Reaction;
import dev.callbus.sandbox.twilio.ObeyedServer.Answer;
import dev.callbus.sandbox.twilio.ObeyedServer.Webhook;
import dev.callbus.sandbox.twilio.OutboundCall.Detection;
import dev.callbus.sandbox.twilio.OutboundCall.Progress;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that the account places on the sandbox's phone network, and what it does to calls that are up. */
class OutboundCallTest {
    private static final String TOKEN = "12345678901234567890123456789012";
    private static final String ACCOUNT = "AC" + "0".repeat(32);
    private static final String NUMBER = "+15550002222";
    private static final String PHONE = "+15550003333";
    private static final URI DOCUMENT = URI.create(ObeyedServer.PUBLIC_URL + "/document?tenant=a");
    private static final URI ELSEWHERE = URI.create(ObeyedServer.PUBLIC_URL + "/elsewhere");
    private static final OutboundCall.Callback STATUS =
            new OutboundCall.Callback(URI.create(ObeyedServer.PUBLIC_URL + "/status?tenant=a"), "POST");
    private static final Progress ALL = new Progress(STATUS, Set.of("initiated", "ringing", "answered", "completed"));
    private static final OutboundCall.Callback DETECTED =
            new OutboundCall.Callback(URI.create(ObeyedServer.PUBLIC_URL + "/detected"), "POST");
    private static final String HANGUP = "<Response><Hangup/></Response>";
    private static final String WAIT = "<Response><Pause length=\"600\"/></Response>";
    private static final String LONG =
            "One two three four five six seven eight nine ten eleven twelve thirteen fourteen.";
    private static final String RELAY = "<Response><Connect action=\"/action\">"
            + "<ConversationRelay url=\"wss://voice.example.com/relay\"/></Connect></Response>";

    private final List<Webhook> passedOver = new ArrayList<>();
    private final BlockingQueue<PhoneCall> picked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private Vertx vertx;
    private ObeyedServer server;
    private PhoneNetwork network;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        server = new ObeyedServer();
        network = new PhoneNetwork(vertx, options());
        network.register(PHONE, phone(new Reaction.PicksUp(Duration.ofSeconds(1), false)));
    }

    @AfterEach
    void close() throws Exception {
        network.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
        server.close();
    }

    @Test
    void asksTheDocumentOnceSomebodyPicksUp() throws Exception {
        server.twiml("/document", HANGUP);
        var call = network.place(asking());
        var webhook = webhook("/document");
        assertThat(webhook.method()).isEqualTo("POST");
        assertThat(webhook.uri()).isEqualTo("/document?tenant=a");
        assertThat(webhook.signature()).isEqualTo(webhook.dueSignature(TOKEN));
        assertThat(webhook.form())
                .containsEntry("CallSid", call.callSid())
                .containsEntry("AccountSid", ACCOUNT)
                .containsEntry("Direction", "outbound-api")
                .containsEntry("CallStatus", "in-progress")
                .containsEntry("From", NUMBER)
                .containsEntry("To", PHONE)
                .doesNotContainKeys("AnsweredBy", "CallToken", "StirVerstat", "SequenceNumber");
        assertThat(status(line())).isEqualTo("completed");
        assertThat(call.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(call.dialled()).isBeforeOrEqualTo(call.started());
        assertThat(call.started()).isBeforeOrEqualTo(call.ended());
    }

    @Test
    void reportsTheWholeWayNumberedAndSigned() throws Exception {
        server.twiml("/document", HANGUP);
        var call = network.place(asking().withProgress(ALL));
        var reports = reports(4);
        assertThat(reports)
                .extracting(report -> report.form().get("CallStatus"))
                .containsExactly("initiated", "ringing", "in-progress", "completed");
        for (var report : reports) {
            assertThat(report.method()).isEqualTo("POST");
            assertThat(report.signature()).isEqualTo(report.dueSignature(TOKEN));
            assertThat(report.form())
                    .containsEntry("CallSid", call.callSid())
                    .containsEntry("Direction", "outbound-api")
                    .containsEntry("CallbackSource", "call-progress-events");
            var time = String.valueOf(report.form().get("Timestamp"));
            assertThat(time).matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} \\+0000");
            assertThat(Duration.between(
                                    ZonedDateTime.parse(time, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant(),
                                    Instant.now())
                            .abs())
                    .isLessThan(Duration.ofMinutes(1));
        }
        assertThat(reports.subList(0, 3))
                .allSatisfy(report -> assertThat(report.form()).doesNotContainKeys("CallDuration", "Duration"));
        assertThat(reports.getLast().form()).containsEntry("CallDuration", "0").containsEntry("Duration", "0");
    }

    @Test
    void reportsOnlyWhatIsAskedForInTheWayAskedFor() throws Exception {
        server.twiml("/document", HANGUP);
        network.place(asking().withProgress(
                        new Progress(new OutboundCall.Callback(STATUS.url(), "GET"), Set.of("answered"))));
        var report = webhook("/status");
        assertThat(report.method()).isEqualTo("GET");
        assertThat(report.form()).containsEntry("SequenceNumber", "2").containsEntry("tenant", "a");
        assertThat(report.signature()).isEqualTo(report.dueSignature(TOKEN));
        line().ended().await(5, SECONDS);
        network.close().await(5, SECONDS);
        assertThat(all("/status")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"busy", "no-answer", "failed"})
    void reportsACallThatNobodyTakes(String status) throws Exception {
        network.register(
                PHONE,
                phone(
                        switch (status) {
                            case "busy" -> new Reaction.IsBusy();
                            case "no-answer" -> new Reaction.Rings();
                            default -> new Reaction.IsUnreachable();
                        }));
        var call = network.place(asking().withProgress(ALL).withTimeout(Duration.ofSeconds(4)));
        var reports = reports(3);
        assertThat(reports)
                .extracting(report -> report.form().get("CallStatus"))
                .containsExactly("initiated", "ringing", status);
        assertThat(reports.getLast().form()).containsEntry("CallDuration", "0").containsEntry("Duration", "0");
        assertThat(call.status().wire()).isEqualTo(status);
        assertThat(call.started()).isNull();
        assertThat(picked).isEmpty();
        network.close().await(5, SECONDS);
        assertThat(all("/document")).isEmpty();
    }

    @Test
    void nobodyIsThereAfterTheTimeout() throws Exception {
        network.register(PHONE, phone(new Reaction.PicksUp(Duration.ofSeconds(4), false)));
        network.place(
                asking().withProgress(new Progress(STATUS, Set.of("completed"))).withTimeout(Duration.ofSeconds(4)));
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "no-answer");
        assertThat(picked).isEmpty();
    }

    @Test
    void aCallIsCanceledWhileItIsQueued() throws Exception {
        network = new PhoneNetwork(vertx, options().withTimes(options().times().withCallInterval(Duration.ofHours(1))));
        network.register(PHONE, phone(new Reaction.Rings()));
        var first = network.place(asking());
        var call = network.place(asking().withProgress(ALL));
        assertThat(first.queued()).isZero();
        assertThat(call.queued()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(call.status()).isEqualTo(CallStatus.QUEUED);
        assertThat(call.dialled()).isNull();
        network.cancel(call.callSid()).await(5, SECONDS);
        assertThat(call.status()).isEqualTo(CallStatus.CANCELED);
        assertThat(webhook("/status").form())
                .containsEntry("CallStatus", "canceled")
                .containsEntry("SequenceNumber", "0")
                .containsEntry("CallDuration", "0");
    }

    @Test
    void aCallIsCanceledOrEndedWhileItRings() throws Exception {
        network.register(PHONE, phone(new Reaction.PicksUp(Duration.ofSeconds(599), false)));
        var ringing = asking().withProgress(ALL).withTimeout(Duration.ofSeconds(600));
        var canceled = network.place(ringing);
        reports(2);
        network.cancel(canceled.callSid()).await(5, SECONDS);
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "canceled");
        var ended = network.place(ringing);
        reports(2);
        network.end(ended.callSid()).await(5, SECONDS);
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "completed");
        assertThat(picked).isEmpty();
    }

    @Test
    void changesACallOnlyInAStateThatAdmitsIt() throws Exception {
        server.twiml("/document", WAIT);
        network.register("+15550004444", () -> new Reaction.Rings());
        var ringing = network.place(OutboundCall.asking(DOCUMENT, NUMBER, "+15550004444")
                .withProgress(new Progress(STATUS, Set.of("ringing"))));
        webhook("/status");
        refuses(() -> network.redirect(ringing.callSid(), HANGUP).await(5, SECONDS));
        var answered = network.place(asking());
        webhook("/document");
        refuses(() -> network.cancel(answered.callSid()).await(5, SECONDS));
        assertThat(answered.status()).isEqualTo(CallStatus.IN_PROGRESS);
        network.end(answered.callSid()).await(5, SECONDS);
        assertThat(status(line())).isEqualTo("completed");
        refuses(() -> network.end(answered.callSid()).await(5, SECONDS));
        refuses(() -> network.redirect(answered.callSid(), ELSEWHERE, "POST").await(5, SECONDS));
        assertThatThrownBy(() -> network.end("CA" + "0".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theCalleeTalksThroughTheRelay() throws Exception {
        server.twiml("/document", RELAY).twiml("/action", HANGUP);
        var call = network.place(asking());
        var socket = server.socket();
        var setup = socket.next("setup");
        assertThat(setup.getString("direction")).isEqualTo("outbound-api");
        assertThat(setup.getString("callStatus")).isEqualTo("IN_PROGRESS");
        assertThat(setup.getString("callSid")).isEqualTo(call.callSid());
        assertThat(setup.getString("to")).isEqualTo(PHONE);
        var line = line();
        var heard = new LinkedBlockingQueue<String>();
        line.onEvent(event -> {
            if (event instanceof PhoneEvent.AgentHeard word) {
                heard.add(word.word());
            }
        });
        line.say("Who is there?");
        assertThat(socket.next("prompt").getString("voicePrompt")).isEqualTo("Who is there?");
        socket.text("Callbus.", true);
        assertThat(heard.poll(5, SECONDS)).isEqualTo("Callbus.");
        line.hangUp();
        assertThat(webhook("/action").form())
                .containsEntry("SessionStatus", "completed")
                .containsEntry("CallStatus", "completed");
        assertThat(status(line)).isEqualTo("completed");
    }

    @Test
    void obeysADocumentOfItsOwn() throws Exception {
        network.place(OutboundCall.obeying("<Response><Say>Hello.</Say></Response>", NUMBER, PHONE));
        assertThat(heardOn(line())).containsExactly("Hello.");
        assertThatThrownBy(() ->
                        new OutboundCall(PHONE, NUMBER, DOCUMENT, "POST", HANGUP, null, null, Duration.ZERO, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, human",
        "false, true, human",
        "true, false, machine_start",
        "true, true, machine_end_beep",
    })
    void theDocumentWaitsForABlockingDetection(boolean machine, boolean untilEnd, String answeredBy) throws Exception {
        server.twiml("/document", HANGUP);
        network.register(PHONE, phone(new Reaction.PicksUp(Duration.ofSeconds(1), machine)));
        var call = network.place(asking().withDetection(new Detection.Blocking(untilEnd)));
        assertThat(webhook("/document").form()).containsEntry("AnsweredBy", answeredBy);
        assertThat(call.answeredBy()).isEqualTo(answeredBy);
    }

    @ParameterizedTest
    @CsvSource({"false, false, human", "true, false, machine_start", "true, true, machine_end_beep"})
    void theDocumentDoesNotWaitForADetectionBesideIt(boolean machine, boolean untilEnd, String answeredBy)
            throws Exception {
        server.twiml("/document", WAIT);
        network.register(PHONE, phone(new Reaction.PicksUp(Duration.ofSeconds(1), machine)));
        var call = network.place(asking().withDetection(new Detection.Beside(untilEnd, DETECTED)));
        assertThat(server.webhook().form())
                .containsEntry("CallStatus", "in-progress")
                .doesNotContainKey("AnsweredBy");
        var detected = server.webhook();
        assertThat(detected.path()).isEqualTo("/detected");
        assertThat(detected.signature()).isEqualTo(detected.dueSignature(TOKEN));
        assertThat(detected.form()).containsOnlyKeys("AccountSid", "CallSid", "AnsweredBy", "MachineDetectionDuration");
        assertThat(detected.form())
                .containsEntry("CallSid", call.callSid())
                .containsEntry("AnsweredBy", answeredBy)
                .containsEntry("MachineDetectionDuration", "2000");
        assertThat(call.status()).isEqualTo(CallStatus.IN_PROGRESS);
    }

    @Test
    void aDetectionBesideTheDocumentNeedsNoCallback() throws Exception {
        server.twiml("/document", HANGUP);
        network.place(asking().withDetection(new Detection.Beside(false, null)));
        assertThat(webhook("/document").form()).doesNotContainKey("AnsweredBy");
        assertThat(status(line())).isEqualTo("completed");
    }

    @Test
    void anAnsweredCallWithoutADocumentIsCompletedWithAnAlert() throws Exception {
        server.answer("/document", webhook -> new Answer(500, "text/plain", ""));
        network.place(asking().withProgress(ALL));
        var line = line();
        assertThat(status(line)).isEqualTo("completed");
        assertThat(reports(4).getLast().form()).containsEntry("CallStatus", "completed");
        assertThatThrownBy(() -> heardOn(line)).hasMessageContaining("HTTP 500");
    }

    @Test
    void dialsKeysBeforeTheDocumentAndDetectsNothing() throws Exception {
        server.twiml("/document", HANGUP);
        var call = network.place(asking().withDigits("wW12#").withDetection(new Detection.Blocking(false)));
        var document = webhook("/document");
        assertThat(keys.poll()).isEqualTo("wW12#");
        assertThat(document.form()).doesNotContainKey("AnsweredBy");
        assertThat(call.answeredBy()).isNull();
    }

    @Test
    void aRelayIsClosedNormallyBeforeTheCallGoesOnElsewhere() throws Exception {
        server.twiml("/connectConversationRelay", RELAY).twiml("/elsewhere", WAIT);
        var call = network.dial(PHONE, NUMBER).await(5, SECONDS);
        var socket = server.socket();
        socket.next("setup");
        network.redirect(call.callSid(), ELSEWHERE, "GET").await(5, SECONDS);
        assertThat(socket.closed().await(5, SECONDS).code()).isEqualTo((short) 1000);
        var elsewhere = webhook("/elsewhere");
        assertThat(elsewhere.method()).isEqualTo("GET");
        assertThat(elsewhere.form()).containsEntry("CallStatus", "in-progress").containsEntry("Direction", "inbound");
        assertThat(elsewhere.signature()).isEqualTo(elsewhere.dueSignature(TOKEN));
        network.end(call.callSid()).await(5, SECONDS);
        assertThat(status(call)).isEqualTo("completed");
        assertThat(all("/action")).as("the session's action").isEmpty();
    }

    @Test
    void aRelayGivesWayToADocument() throws Exception {
        server.twiml("/document", RELAY);
        var call = network.place(asking());
        var socket = server.socket();
        socket.next("setup");
        network.redirect(call.callSid(), "<Response><Say>Goodbye.</Say></Response>")
                .await(5, SECONDS);
        assertThat(socket.closed().await(5, SECONDS).code()).isEqualTo((short) 1000);
        assertThat(heardOn(line())).containsExactly("Goodbye.");
    }

    @Test
    void aRelayThatIsEndedFromOutsideTellsItsAction() throws Exception {
        server.twiml("/document", RELAY).twiml("/action", HANGUP);
        var call = network.place(asking().withProgress(ALL));
        var socket = server.socket();
        socket.next("setup");
        network.end(call.callSid()).await(5, SECONDS);
        assertThat(call.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(socket.closed().await(5, SECONDS).code()).isEqualTo((short) 1000);
        assertThat(webhook("/action").form()).containsEntry("CallStatus", "completed");
        assertThat(reports(4).getLast().form()).containsEntry("CallStatus", "completed");
    }

    @Test
    void aRelayThatIsNotUpYetIsGivenUp() throws Exception {
        server.twiml("/document", RELAY);
        var call = network.place(asking());
        var line = line();
        line.onEvent(event -> {
            if (event instanceof PhoneEvent.WebhookAnswered) {
                network.redirect(call.callSid(), "<Response><Say>Goodbye.</Say></Response>");
            }
        });
        assertThat(server.socket().closed().await(5, SECONDS).code()).isEqualTo((short) 1000);
        assertThat(heardOn(line)).containsExactly("Goodbye.");
    }

    @Test
    void anAnswerThatComesAfterARedirectionChangesNothing() throws Exception {
        network = new PhoneNetwork(
                vertx, options().withTimes(options().times().withWebhookLimit(Duration.ofMillis(100))));
        network.register(PHONE, phone(new Reaction.PicksUp(Duration.ofSeconds(1), false)));
        server.answer("/document", webhook -> new Answer(0, "", ""));
        var call = network.place(asking());
        webhook("/document");
        network.redirect(call.callSid(), "<Response><Say>" + LONG + "</Say></Response>")
                .await(5, SECONDS);
        var line = line();
        assertThat(heardOn(line)).containsExactly(LONG);
        assertThat(status(line)).isEqualTo("completed");
    }

    @Test
    void aRedirectionDuringTheDetectionIsNotUndone() throws Exception {
        server.twiml("/document", HANGUP);
        var call = network.place(asking().withProgress(new Progress(STATUS, Set.of("answered")))
                .withDetection(new Detection.Blocking(false)));
        webhook("/status");
        network.redirect(call.callSid(), "<Response><Say>" + LONG + "</Say></Response>")
                .await(5, SECONDS);
        assertThat(heardOn(line())).containsExactly(LONG);
        assertThat(all("/document")).isEmpty();
    }

    @Test
    void aRedirectionOutrunsTheActionThatIsUnderWay() throws Exception {
        server.twiml("/document", RELAY).answer("/action", webhook -> new Answer(0, "", ""));
        var call = network.place(asking());
        server.socket().send(new JsonObject().put("type", "end"));
        webhook("/action");
        network.redirect(call.callSid(), WAIT).await(5, SECONDS);
        var line = line();
        line.hangUp();
        assertThat(status(line)).isEqualTo("completed");
    }

    @Test
    void aCallerWhoRingsIsCanceled() throws Exception {
        server.answer("/connectConversationRelay", webhook -> new Answer(0, "", ""));
        var dialled = network.dial(PHONE, NUMBER);
        webhook("/connectConversationRelay");
        var call = network.records().getFirst();
        assertThat(call.status()).isEqualTo(CallStatus.RINGING);
        network.cancel(call.callSid()).await(5, SECONDS);
        assertThatThrownBy(() -> dialled.await(5, SECONDS)).hasMessageContaining("ended before it was answered");
        assertThat(call.status()).isEqualTo(CallStatus.CANCELED);
        assertThat(network.find(call.callSid())).contains(call);
    }

    @Test
    void otherNumbersArePolite() throws Exception {
        server.twiml("/document", RELAY).twiml("/action", HANGUP);
        network.registerOthers(Callee.polite(Duration.ofSeconds(2)));
        network.place(OutboundCall.asking(DOCUMENT, NUMBER, "+15550009999").withProgress(ALL));
        server.socket().next("setup");
        assertThat(reports(4).getLast().form()).containsEntry("CallStatus", "completed");
    }

    @Test
    void reportsCallsThatEndWhenTheNetworkCloses() throws Exception {
        server.twiml("/document", WAIT);
        network.place(asking().withProgress(new Progress(STATUS, Set.of("completed"))));
        webhook("/document");
        network.close().await(5, SECONDS);
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "completed");
    }

    private static OutboundCall asking() {
        return OutboundCall.asking(DOCUMENT, NUMBER, PHONE);
    }

    private PhoneNetworkOptions options() {
        return PhoneNetworkOptions.lifelike(ACCOUNT, TOKEN, server.tunnel()).faster(20);
    }

    private Callee phone(Reaction reaction) {
        return new Callee() {
            @Override
            public Reaction ring() {
                return reaction;
            }

            @Override
            public void hearKeys(String dialled) {
                keys.add(dialled);
            }

            @Override
            public void talk(PhoneCall line) {
                picked.add(line);
            }
        };
    }

    /** The line that was picked up last. */
    private PhoneCall line() throws InterruptedException {
        @Nullable PhoneCall line = picked.poll(5, SECONDS);
        if (line == null) {
            throw new AssertionError("nobody picked up");
        }
        return line;
    }

    /** What the callee hears until the call is over, without alerts. */
    private static List<String> heardOn(PhoneCall line) throws Exception {
        line.ended().await(5, SECONDS);
        var events = new LinkedBlockingQueue<PhoneEvent>();
        line.onEvent(events::add);
        var heard = new ArrayList<String>();
        while (true) {
            switch (events.poll(5, SECONDS)) {
                case PhoneEvent.AgentHeard word -> heard.add(word.word());
                case PhoneEvent.Alert alert -> throw new AssertionError(alert.message());
                case PhoneEvent.CallEnded ended -> {
                    return heard;
                }
                case null -> throw new AssertionError("the call did not end");
                default -> {
                    // no matter here
                }
            }
        }
    }

    private static String status(PhoneCall line) throws Exception {
        return line.ended().await(5, SECONDS).status();
    }

    private static void refuses(ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOf(IllegalStateException.class);
    }

    /** The next webhook at this path; others are kept. */
    private Webhook webhook(String path) throws InterruptedException {
        for (var i = 0; i < passedOver.size(); i++) {
            if (passedOver.get(i).path().equals(path)) {
                return passedOver.remove(i);
            }
        }
        var webhook = server.webhook();
        while (!webhook.path().equals(path)) {
            passedOver.add(webhook);
            webhook = server.webhook();
        }
        return webhook;
    }

    /** The next reports, which may overtake each other, by their numbers. */
    private List<Webhook> reports(int count) throws InterruptedException {
        var reports = new ArrayList<Webhook>();
        for (var i = 0; i < count; i++) {
            reports.add(webhook("/status"));
        }
        reports.sort(Comparator.comparing(OutboundCallTest::number));
        assertThat(reports)
                .extracting(OutboundCallTest::number)
                .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
        return reports;
    }

    private static int number(Webhook report) {
        return Integer.parseInt(report.form().getOrDefault("SequenceNumber", "-1"));
    }

    /** All webhooks at this path that have come and were not taken. */
    private List<Webhook> all(String path) {
        passedOver.addAll(server.untaken());
        return passedOver.stream()
                .filter(webhook -> webhook.path().equals(path))
                .toList();
    }
}
