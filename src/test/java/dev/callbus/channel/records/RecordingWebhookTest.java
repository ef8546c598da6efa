package dev.callbus.channel.records;

import static dev.callbus.channel.records.RecordsRig.ACCOUNT;
import static dev.callbus.channel.records.RecordsRig.CALL;
import static dev.callbus.channel.records.RecordsRig.RECORDINGS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.channel.records.RecordsRig.Answer;
import dev.callbus.sandbox.twilio.rest.RecordedCall;
import dev.callbus.sandbox.twilio.rest.Sound;
import dev.callbus.servicenow.ServiceNowProtocol.AddToCall;
import dev.callbus.servicenow.ServiceNowProtocol.Added;
import dev.callbus.servicenow.ServiceNowProtocol.CallFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording on its way from Twilio to a ticket. */
class RecordingWebhookTest {
    private static final Buffer MP3 = Buffer.buffer("ID3 the sound of a call ".repeat(100));

    private RecordsRig rig;
    private RecordedCall recorded;

    @BeforeEach
    void start() throws Exception {
        rig = new RecordsRig();
        recorded = RecordedCall.of(CALL, 42, new Sound(MP3, 1));
        rig.recordings.add(recorded);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        assertThat(RecordsRig.leftovers()).isEmpty();
    }

    @Test
    void twiliosReportFilesTheSoundByItsSid() throws Exception {
        var answer = report();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().getMap())
                .containsEntry("success", true)
                .containsEntry("message", "Recording information added to ticket INC0010001")
                .containsEntry("ticketNumber", "INC0010001")
                .containsEntry("callSid", CALL)
                .containsEntry("recordingSid", recorded.sid())
                .containsEntry("recordingUrl", url(recorded.sid()) + ".mp3")
                .containsEntry("attached", true);
        var filed = rig.filed.getFirst();
        assertThat(filed.callSid()).isEqualTo(CALL);
        assertThat(filed.key()).isEqualTo("recording-" + recorded.sid());
        assertThat(filed.note())
                .startsWith("=== CALL RECORDING ===\n")
                .contains("Call SID: " + CALL, "Recording SID: " + recorded.sid(), "Duration: 42 seconds");
        var attachment = rig.attachments.getFirst();
        var name = "call_recording_" + recorded.sid() + "_42s.mp3";
        assertThat(filed.file()).isEqualTo(new CallFile(attachment.path(), name, "audio/mpeg"));
        assertThat(attachment.permissions()).isEqualTo("rw-------");
        assertThat(attachment.hash()).isEqualTo(RecordsRig.hash(MP3.getBytes()));
    }

    @Test
    void theSameAsJsonIsFiledTheSame() throws Exception {
        var body = new JsonObject(new HashMap<>(rig.recording(recorded.sid(), "AccountSid", "")));
        var answer = rig.json(RECORDINGS, body.put("RecordingDuration", 42));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().getString("ticketNumber")).isEqualTo("INC0010001");
    }

    @Test
    void repeatedReportsFileOnce() throws Exception {
        var first = report();
        var second = report();
        assertThat(second).isEqualTo(first);
        assertThat(rig.filed).hasSize(1);
    }

    @Test
    void aReportThatFailedMayComeAgainUnderTheSameKey() throws Exception {
        rig.serviceNow = failed(Failure.UNAVAILABLE);
        assertThat(report().status()).isEqualTo(500);
        rig.serviceNow = Future.succeededFuture(new Added("INC0010001", true));
        assertThat(report().status()).isEqualTo(200);
        assertThat(rig.filed.stream().map(AddToCall::key).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CallSid", "RecordingSid", "RecordingUrl"})
    void aMissingFieldIsNamed(String field) throws Exception {
        var answer = rig.form(RECORDINGS, rig.recording(recorded.sid(), field, ""));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo(new JsonObject()
                        .put("success", false)
                        .put("error", "Missing required fields: CallSid, RecordingSid, or RecordingUrl"));
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void aRecordingThatGoesOnIsNotFetched() throws Exception {
        var answer = rig.form(RECORDINGS, rig.recording(recorded.sid(), "RecordingStatus", "in-progress"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(new JsonObject()
                        .put("success", true)
                        .put("message", "Recording status is in-progress, will process when completed")
                        .put("recordingSid", recorded.sid())
                        .put("callSid", CALL));
        assertThat(rig.filed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CONFLICT,Failed to update ticket: no",
        "BAD_REQUEST,Failed to update ticket: no",
        "UNAVAILABLE,Failed to update ServiceNow ticket with recording",
        "BUSY,Failed to update ServiceNow ticket with recording",
        "BAD_GATEWAY,Failed to update ServiceNow ticket with recording",
        "INTERNAL,Failed to update ServiceNow ticket with recording"
    })
    void whatServiceNowDoesNotTakeIsAnErrorAndItsFileIsDeleted(Failure failure, String error) throws Exception {
        rig.serviceNow = failed(failure);
        var answer = report();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body().getBoolean("success")).isFalse();
        assertThat(answer.body().getString("error")).isEqualTo(error);
        assertThat(answer.body().getString("recordingSid")).isEqualTo(recorded.sid());
    }

    @Test
    void aCallWithoutATicketIsLoggedOnly() throws Exception {
        rig.serviceNow = failed(Failure.NOT_FOUND);
        var answer = report();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(new JsonObject()
                        .put("success", true)
                        .put("message", "Recording received but no associated ticket found")
                        .put("callSid", CALL)
                        .put("recordingSid", recorded.sid())
                        .put("action", "logged_only"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/2010-04-01/Accounts/%s/Recordings/%s",
                "http://api.twilio.com@127.0.0.1:%d/2010-04-01/Accounts/%s/Recordings/%s",
                "http://127.0.0.1:%d/https://api.twilio.com/2010-04-01/Accounts/%s/Recordings/%s"
            })
    void s1_anotherHostIsNeverAskedAndCredentialsGoNowhere(String template) throws Exception {
        var requests = new AtomicInteger();
        var attacker = rig.vertx
                .createHttpServer()
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    request.response().end();
                })
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
        var evil = template.formatted(attacker.actualPort(), ACCOUNT, recorded.sid());
        var answer = rig.form(RECORDINGS, rig.recording(recorded.sid(), "RecordingUrl", evil));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().getBoolean("success")).isFalse();
        assertThat(requests).hasValue(0);
        assertThat(rig.filed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.twilio.com.example.org/2010-04-01/Accounts/A/Recordings/R",
                "http://api.twilio.com/2010-04-01/Accounts/A/Recordings/R",
                "https://api.twilio.com:444/2010-04-01/Accounts/A/Recordings/R",
                "https://api.twilio.com/2010-04-01/Accounts/A/Recordings/R/../x",
                "https://api.twilio.com/2010-04-01/Accounts/A/Recordings/RE00000000000000000000000000000000",
                "https://x.api.twilio.com/2010-04-01/Accounts/A/Recordings/R",
                "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000000/Recordings/R",
                "https://api.twilio.com/2010-04-01/Accounts/A/Recordings/R?x=1",
                "file:///etc/passwd",
                "::"
            })
    void s1_onlyTheUrlOfThisRecordingIsTaken(String template) throws Exception {
        var evil = template.replace("/A/", "/" + ACCOUNT + "/").replaceFirst("/R(?=$|/|\\?)", "/" + recorded.sid());
        assertThat(rig.form(RECORDINGS, rig.recording(recorded.sid(), "RecordingUrl", evil))
                        .status())
                .isEqualTo(400);
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void s1_aRedirectionIsNotFollowed() throws Exception {
        var requests = new AtomicInteger();
        var store = rig.vertx
                .createHttpServer()
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    request.response().end();
                })
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
        var elsewhere = RecordedCall.elsewhere(CALL, 7, "http://127.0.0.1:" + store.actualPort() + "/sound.mp3");
        rig.recordings.add(elsewhere);
        var answer = rig.form(RECORDINGS, rig.recording(elsewhere.sid()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(requests).hasValue(0);
        assertThat(rig.filed.getFirst().file()).isNull();
        assertThat(rig.filed.getFirst().note()).contains("not attached: Twilio does not store it");
    }

    @Test
    void aRegionsHostIsTwiliosToo() throws Exception {
        var url = url(recorded.sid()).replace("api.twilio", "api.dublin.ie1.twilio");
        assertThat(rig.form(RECORDINGS, rig.recording(recorded.sid(), "RecordingUrl", url))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void s2_whatIsNotSignedIsRefused() throws Exception {
        var form = rig.recording(recorded.sid());
        var body = new JsonObject(new HashMap<>(form)).encode();
        assertThat(rig.form(RECORDINGS, form, null).status()).isEqualTo(403);
        assertThat(rig.form(RECORDINGS, form, RecordsRig.sign("else")).status()).isEqualTo(403);
        assertThat(rig.send(
                                RECORDINGS,
                                "application/json",
                                body,
                                RecordsRig.sign("https://voice.example.com" + RECORDINGS))
                        .status())
                .isEqualTo(403);
        assertThat(rig.send(RECORDINGS, "text/plain", body, null).status()).isEqualTo(415);
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void anotherAccountsReportIsRefused() throws Exception {
        var form = rig.recording(recorded.sid(), "AccountSid", "AC" + "b".repeat(32));
        assertThat(rig.form(RECORDINGS, form).status()).isEqualTo(403);
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void anotherCallsRecordingIsNotFiled() throws Exception {
        var answer = rig.form(RECORDINGS, rig.recording(recorded.sid(), "CallSid", "CA" + "2".repeat(32)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void aRecordingThatTwilioDoesNotHaveIsNotedWithoutAFile() throws Exception {
        var gone = RecordedCall.of(CALL, 9, null);
        rig.recordings.add(gone);
        for (var sid : List.of(gone.sid(), "RE" + "0".repeat(32))) {
            var answer = rig.form(RECORDINGS, rig.recording(sid));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(rig.filed.getLast().file()).isNull();
            assertThat(rig.filed.getLast().note()).contains("not attached: Twilio does not have it");
        }
    }

    @Test
    void aSoundThatIsNotThereYetIsAskedForAgain() throws Exception {
        rig.recordings.soundFaults().failNext(1, 404);
        rig.recordings.soundFaults().failNext(1, 503);
        rig.recordings.soundFaults().hangUpBeforeNext(1);
        assertThat(report().status()).isEqualTo(200);
        assertThat(rig.attachments).hasSize(1);
    }

    @Test
    void aTwilioThatFailsIsAnError() throws Exception {
        rig.recordings.faults().failNext(9, 500);
        var answer = report();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo(new JsonObject()
                        .put("success", false)
                        .put("error", "Internal server error processing recording webhook"));
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void aLargeRecordingIsStreamed() throws Exception {
        var large = RecordedCall.of(CALL, 7200, new Sound(Buffer.buffer(new byte[1 << 20]), 60));
        rig.recordings.add(large);
        assertThat(rig.form(RECORDINGS, rig.recording(large.sid())).status()).isEqualTo(200);
        assertThat(rig.attachments.getFirst().bytes()).isEqualTo(60L << 20);
    }

    @Test
    void aRecordingThatIsTooLargeIsNotedWithoutAFile() throws Exception {
        var large = RecordedCall.of(CALL, 7200, new Sound(Buffer.buffer(new byte[1 << 20]), 101));
        rig.recordings.add(large);
        assertThat(rig.form(RECORDINGS, rig.recording(large.sid())).status()).isEqualTo(200);
        assertThat(rig.filed.getFirst().file()).isNull();
        assertThat(rig.filed.getFirst().note()).contains("not attached: it is too large");
    }

    @Test
    void twilioDoesNotWaitForASlowServiceNowThatFilesAllTheSame() throws Exception {
        try (var slow = new RecordsRig(new Filings(RecordsRig.moment()))) {
            var pending = Promise.<Added>promise();
            slow.serviceNow = pending.future();
            slow.recordings.add(recorded);
            var answer = slow.form(RECORDINGS, slow.recording(recorded.sid()));
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body().getBoolean("success")).isTrue();
            assertThat(answer.body().getString("action")).isEqualTo("filing");
            pending.complete(new Added("INC0010001", true));
            var later = slow.form(RECORDINGS, slow.recording(recorded.sid()));
            assertThat(later.body().getString("ticketNumber")).isEqualTo("INC0010001");
            assertThat(slow.filed).hasSize(1);
        }
    }

    @Test
    void whereThereIsNoTicketTheInteractionRecordIsNamed() throws Exception {
        rig.serviceNow = Future.succeededFuture(new Added(null, false));
        var answer = report();
        assertThat(answer.body().getString("message"))
                .isEqualTo("Recording information added to the call's interaction record");
        assertThat(answer.body().getBoolean("attached")).isFalse();
    }

    @Test
    void s12_theNoteHasNoTelephoneNumbers() throws Exception {
        var form = rig.recording(
                recorded.sid(), "From", "+15551230001", "To", "+15551230002", "RecordingStartTime", "a: +15551230003");
        assertThat(rig.form(RECORDINGS, form).status()).isEqualTo(200);
        assertThat(rig.filed.getFirst().note()).doesNotContain("555123");
    }

    private Answer report() throws Exception {
        return rig.form(RECORDINGS, rig.recording(recorded.sid()));
    }

    private static String url(String recordingSid) {
        return "https://api.twilio.com/2010-04-01/Accounts/" + ACCOUNT + "/Recordings/" + recordingSid;
    }

    private static Future<Added> failed(Failure failure) {
        return Future.failedFuture(new BusException(failure, "no"));
    }
}
