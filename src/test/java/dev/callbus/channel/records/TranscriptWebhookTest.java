package dev.callbus.channel.records;

import static dev.callbus.channel.records.RecordsRig.CALL;
import static dev.callbus.channel.records.RecordsRig.TRANSCRIPTS;
import static dev.callbus.channel.records.RecordsRig.available;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.sandbox.twilio.rest.RecordedCall;
import dev.callbus.sandbox.twilio.rest.TranscribedCall;
import dev.callbus.sandbox.twilio.rest.TranscribedCall.Sentence;
import dev.callbus.servicenow.ServiceNowProtocol.AddToCall;
import dev.callbus.servicenow.ServiceNowProtocol.Added;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A transcript on its way from Twilio to a ticket. */
class TranscriptWebhookTest {
    private static final List<Sentence> TALK = List.of(
            new Sentence(1, "How can I help?"),
            new Sentence(2, "My printer is on fire."),
            new Sentence(2, "Please hurry."));

    private RecordsRig rig;
    private RecordedCall recorded;
    private TranscribedCall transcript;

    @BeforeEach
    void start() throws Exception {
        rig = new RecordsRig();
        recorded = RecordedCall.of(CALL, 42, null);
        rig.recordings.add(recorded);
        transcript = keep(recorded.sid(), "", TALK);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void theNewsOfATranscriptFilesWhatWasSaidUnderTheRecordingsCall() throws Exception {
        var answer = rig.json(TRANSCRIPTS, available(transcript.sid()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(new JsonObject()
                        .put("success", true)
                        .put("message", "Transcript added to ticket INC0010001")
                        .put("ticketNumber", "INC0010001")
                        .put("callSid", CALL));
        var filed = rig.filed.getFirst();
        assertThat(filed.callSid()).isEqualTo(CALL);
        assertThat(filed.key()).isEqualTo("transcript-" + transcript.sid());
        assertThat(filed.file()).isNull();
        assertThat(filed.note())
                .startsWith("=== CALL TRANSCRIPT ===\nCall SID: " + CALL + "\nTranscript SID: " + transcript.sid())
                .contains("Duration: 42 seconds", "Language: en-US")
                .contains("Agent: How can I help?\nCustomer: My printer is on fire. Please hurry.\n")
                .endsWith("=== END OF TRANSCRIPT ===");
    }

    @Test
    void aTranscriptOfACallItselfOrOrderedForACallIsFiledUnderIt() throws Exception {
        var direct = keep(CALL, "", TALK);
        var ordered = keep("", CALL, TALK);
        var recordingGone = keep("RE" + "0".repeat(32), CALL, TALK);
        for (var each : List.of(direct, ordered, recordingGone)) {
            assertThat(rig.json(TRANSCRIPTS, available(each.sid())).body().getString("callSid"))
                    .isEqualTo(CALL);
        }
        assertThat(rig.filed).hasSize(3);
    }

    @Test
    void allPagesOfALongTranscriptAreFiled() throws Exception {
        var sentences = IntStream.range(0, 2300)
                .mapToObj(i -> new Sentence(1 + i % 2, "Line " + i % 1000 + "."))
                .toList();
        var longOne = keep(CALL, "", sentences);
        assertThat(rig.json(TRANSCRIPTS, available(longOne.sid())).status()).isEqualTo(200);
        assertThat(rig.filed.getFirst().note().lines().filter(line -> line.contains("Line ")))
                .hasSize(2300);
    }

    @Test
    void whatNobodyWouldReadIsCutOff() throws Exception {
        var endless = keep(CALL, "", List.of(new Sentence(2, "and so on ".repeat(10_000))));
        assertThat(rig.json(TRANSCRIPTS, available(endless.sid())).status()).isEqualTo(200);
        assertThat(rig.filed.getFirst().note()).hasSizeBetween(60_000, 61_000).contains("\n(shortened)\n");
    }

    @Test
    void aTranscriptOfNoCallIsLoggedOnly() throws Exception {
        var foreign = keep("", "my key", TALK);
        var answer = rig.json(TRANSCRIPTS, available(foreign.sid()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().getString("action")).isEqualTo("logged_only");
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void otherEventsAndAccountsFileNothing() throws Exception {
        var other = rig.json(TRANSCRIPTS, available(transcript.sid()).put("event_type", "something_else"));
        assertThat(other.status()).isEqualTo(200);
        var foreign = available(transcript.sid()).put("account_sid", "AC" + "b".repeat(32));
        assertThat(rig.json(TRANSCRIPTS, foreign).status()).isEqualTo(403);
        foreign.remove("account_sid");
        assertThat(rig.json(TRANSCRIPTS, foreign).status()).isEqualTo(403);
        assertThat(rig.json(TRANSCRIPTS, available("GT/../x")).status()).isEqualTo(400);
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void aTranscriptThatCanNotBeReadIsAnError() throws Exception {
        var expected = new JsonObject()
                .put("success", false)
                .put("error", "Internal server error processing transcript webhook");
        var missing = rig.json(TRANSCRIPTS, available("GT" + "0".repeat(32)));
        assertThat(missing.status()).isEqualTo(500);
        assertThat(missing.body()).isEqualTo(expected);
        rig.intelligence.faults().failNext(9, 500);
        assertThat(rig.json(TRANSCRIPTS, available(transcript.sid())).body()).isEqualTo(expected);
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void repeatedNewsFileOnce() throws Exception {
        var first = rig.json(TRANSCRIPTS, available(transcript.sid()));
        assertThat(rig.json(TRANSCRIPTS, available(transcript.sid()))).isEqualTo(first);
        assertThat(rig.filed).hasSize(1);
    }

    @Test
    void theTextItselfIsTakenAsFormAndAsJson() throws Exception {
        var form = Map.of(
                "CallSid", CALL,
                "TranscriptText", "Agent: Hello\nCaller: Hi",
                "From", "+15551230001",
                "CallDuration", "61",
                "CallStartTime", "2026-11-21T10:00:00Z");
        var asForm = rig.form(TRANSCRIPTS, form);
        assertThat(asForm.body().getString("message")).isEqualTo("Transcript added to ticket INC0010001");
        var asJson = rig.json(
                TRANSCRIPTS,
                new JsonObject(new HashMap<>(form))
                        .put("CallSid", "CA" + "2".repeat(32))
                        .put("CallDuration", 61));
        assertThat(asJson.status()).isEqualTo(200);
        assertThat(rig.filed)
                .extracting(AddToCall::note)
                .allSatisfy(note -> assertThat(note)
                        .contains("Duration: 61 seconds", "Start: 2026-11-21T10:00:00Z", "Agent: Hello\nCaller: Hi")
                        .doesNotContain("555123"));
        assertThat(rig.filed.get(0).key()).isEqualTo(rig.filed.get(1).key()).startsWith("transcript-");
    }

    @ParameterizedTest
    @CsvSource({"CallSid,x", "TranscriptText,x", "Unrelated,x"})
    void missingFieldsAreNamed(String only, String value) throws Exception {
        var answer = rig.form(TRANSCRIPTS, Map.of(only, value));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo(new JsonObject()
                        .put("success", false)
                        .put("error", "Missing required fields: CallSid or TranscriptText"));
    }

    @ParameterizedTest
    @CsvSource({
        "CONFLICT,500,Failed to update ticket: no",
        "BAD_REQUEST,500,Failed to update ticket: no",
        "UNAVAILABLE,500,Failed to update ServiceNow ticket",
        "BAD_GATEWAY,500,Failed to update ServiceNow ticket",
        "INTERNAL,500,Failed to update ServiceNow ticket",
        "NOT_FOUND,200,"
    })
    void eachAnswerOfServiceNowHasItsOwn(Failure failure, int status, String error) throws Exception {
        rig.serviceNow = Future.failedFuture(new BusException(failure, "no"));
        var answer = rig.json(TRANSCRIPTS, available(transcript.sid()));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().getString("error")).isEqualTo(error);
        assertThat(answer.body().getString("callSid")).isEqualTo(CALL);
        if (status == 200) {
            assertThat(answer.body().getString("message"))
                    .isEqualTo("Transcript received but no associated ticket found");
            assertThat(answer.body().getString("action")).isEqualTo("logged_only");
        }
    }

    @Test
    void whereThereIsNoTicketTheInteractionRecordIsNamed() throws Exception {
        rig.serviceNow = Future.succeededFuture(new Added(null, false));
        var answer = rig.json(TRANSCRIPTS, available(transcript.sid()));
        assertThat(answer.body().getString("message")).isEqualTo("Transcript added to the call's interaction record");
        assertThat(answer.body().getValue("ticketNumber")).isNull();
    }

    @Test
    void s2_whatIsNotSignedIsRefused() throws Exception {
        var body = available(transcript.sid()).encode();
        var signedElse = RecordsRig.sign("https://voice.example.com" + TRANSCRIPTS);
        assertThat(rig.send(TRANSCRIPTS, "application/json", body, null).status())
                .isEqualTo(403);
        assertThat(rig.send(TRANSCRIPTS, "application/json", body, signedElse).status())
                .isEqualTo(403);
        var target = TRANSCRIPTS + "?bodySHA256=" + "0".repeat(64);
        assertThat(rig.send(target, "application/json", body, RecordsRig.sign("https://voice.example.com" + target))
                        .status())
                .isEqualTo(403);
        assertThat(rig.form(TRANSCRIPTS, Map.of("CallSid", CALL, "TranscriptText", "x"), null)
                        .status())
                .isEqualTo(403);
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void s12_noCodeAndNoNumberReachesNotesOrLogs() throws Exception {
        var said = List.of(
                new Sentence(2, "It is 8 4-1 7 3 9."),
                new Sentence(2, "or 731"),
                new Sentence(2, "904, call me at +1 (555) 123-0001"),
                new Sentence(1, "Thanks."),
                new Sentence(2, "55"));
        var codes = keep(CALL, "", said);
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var seen = new ListAppender<ILoggingEvent>();
        var before = root.getLevel();
        seen.start();
        root.addAppender(seen);
        root.setLevel(Level.INFO);
        try {
            assertThat(rig.json(TRANSCRIPTS, available(codes.sid())).status()).isEqualTo(200);
            rig.serviceNow = Future.failedFuture(new BusException(Failure.BAD_GATEWAY, "no"));
            rig.form(TRANSCRIPTS, Map.of("CallSid", CALL, "TranscriptText", "841739", "From", "+15551230001"));
        } finally {
            root.setLevel(before);
            root.detachAppender(seen);
        }
        assertThat(rig.filed.getFirst().note())
                .contains("It is ••••. or ••••, call me at ••••")
                .contains("Customer: ••••");
        assertThat(rig.filed.getLast().note()).doesNotContain("841739");
        assertThat(seen.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getFormattedMessage())
                        .doesNotContain("841739", "731", "5551230001", RecordsRig.TOKEN));
    }

    private TranscribedCall keep(String sourceSid, String customerKey, List<Sentence> sentences) {
        var kept = TranscribedCall.of(sourceSid, customerKey, 42, sentences);
        rig.intelligence.add(kept);
        return kept;
    }
}
