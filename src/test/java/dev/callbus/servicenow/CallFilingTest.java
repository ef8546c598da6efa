package dev.callbus.servicenow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.ServiceNowProtocol.AddToCall;
import dev.callbus.servicenow.ServiceNowProtocol.Added;
import dev.callbus.servicenow.ServiceNowProtocol.CallFile;
import dev.callbus.servicenow.ServiceNowProtocol.Created;
import dev.callbus.servicenow.table.TableStub;
import dev.callbus.servicenow.table.TableStub.Harm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stays of a call. */
class CallFilingTest {
    @TempDir
    Path directory;

    private ServiceNowRig rig;
    private TableStub stub;

    @BeforeEach
    void start() throws Exception {
        rig = new ServiceNowRig(directory.resolve("outbox"));
        stub = rig.stub;
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void filesInteractionTranscriptLinkAndNote() throws Exception {
        var ticket = created();
        file(List.of(ticket));
        rig.waitFor(this::isOutboxEmpty);
        assertThat(stub.table("interaction").values())
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("type", "phone")
                        .containsEntry("direction", "inbound")
                        .containsEntry("opened_for", rig.abel)
                        .containsEntry("state", "closed_complete")
                        .containsEntry("correlation_id", ServiceNowRig.CALL)
                        .containsEntry("opened_at", "2026-11-21 02:00:00")
                        .containsEntry("closed_at", "2026-11-21 02:03:04"));
        var interaction = stub.table("interaction").keySet().iterator().next();
        assertThat(stub.table("attachment").values())
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("table_name", "interaction")
                        .containsEntry("table_sys_id", interaction)
                        .containsEntry("file_name", "transcript.txt")
                        .hasEntrySatisfying(
                                "content", text -> assertThat(text).contains("CALLER: My Outlook crashes")));
        assertThat(stub.table("interaction_related_record").values())
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("interaction", interaction)
                        .containsEntry("document_table", "incident")
                        .containsEntry("document_id", ticket));
        assertThat(notesOf(ticket)).singleElement().asString().contains("Outlook was reinstalled");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,interaction,DONE_THEN_CUT",
        "POST,interaction,CUT",
        "POST,attachment,DONE_THEN_STATUS",
        "POST,attachment,STATUS",
        "POST,interaction_related,DONE_THEN_CUT",
        "PATCH,incident,DONE_THEN_STATUS",
        "PATCH,incident,SILENCE"
    })
    void eachPartIsThereExactlyOnceWhateverBecomesOfAnswers(String method, String part, Harm harm) throws Exception {
        var ticket = created();
        stub.fail(method, part, 1, harm);
        file(List.of(ticket));
        rig.waitFor(this::isOutboxEmpty);
        assertThat(stub.table("interaction")).hasSize(1);
        assertThat(stub.table("attachment")).hasSize(1);
        assertThat(stub.table("interaction_related_record")).hasSize(1);
        assertThat(notesOf(ticket)).hasSize(1);
    }

    @Test
    void filingTwiceIsFilingOnce() throws Exception {
        var ticket = created();
        file(List.of(ticket));
        rig.waitFor(this::isOutboxEmpty);
        rig.stop();
        rig.start();
        file(List.of(ticket));
        rig.waitFor(() -> stub.count("GET", "interaction_related_record") >= 2 && isOutboxEmpty());
        assertThat(stub.table("interaction")).hasSize(1);
        assertThat(stub.table("attachment")).hasSize(1);
        assertThat(notesOf(ticket)).hasSize(1);
    }

    @Test
    void survivesARestartOfTheNode() throws Exception {
        stub.fail("", "interaction", 1000, Harm.CUT);
        file(List.of());
        rig.waitFor(() -> stub.count("GET", "interaction") > 0);
        rig.stop();
        assertThat(isOutboxEmpty()).isFalse();
        stub.faults.clear();
        rig.start();
        rig.waitFor(this::isOutboxEmpty);
        assertThat(stub.table("interaction")).hasSize(1);
    }

    @Test
    void aTicketThatWasQueuedIsLinkedWhenItIsFiled() throws Exception {
        stub.fail("GET", "incident", 4, Harm.STATUS, 503, TableStub.error("Unavailable", null));
        assertThat(rig.create(ServiceNowRig.ticket("Outlook crashes"))).isInstanceOf(ServiceNowProtocol.Queued.class);
        file(List.of());
        rig.waitFor(this::isOutboxEmpty);
        var ticket = stub.table("incident").keySet().iterator().next();
        assertThat(stub.table("interaction_related_record").values())
                .singleElement()
                .satisfies(record -> assertThat(record).containsEntry("document_id", ticket));
    }

    @Test
    void aCallWithoutAWordOfTheCallerIsAbandoned() throws Exception {
        ServiceNowBus.FILE_CALL
                .send(rig.vertx, new ServiceNowProtocol.FileCall(record(List.of(), List.of())))
                .await(5, SECONDS);
        rig.waitFor(this::isOutboxEmpty);
        assertThat(stub.table("interaction").values())
                .singleElement()
                .satisfies(record -> assertThat(record).containsEntry("state", "closed_abandoned"));
        assertThat(stub.table("attachment")).isEmpty();
    }

    @Test
    void whatMayNotBeWrittenDoesNotStopTheRest() throws Exception {
        stub.fail(
                "POST",
                "interaction",
                100,
                Harm.STATUS,
                403,
                TableStub.error("Operation Failed", "ACL Exception Insert Failed due to security constraints"));
        var ticket = created();
        file(List.of(ticket));
        rig.waitFor(this::isOutboxEmpty);
        assertThat(notesOf(ticket)).hasSize(1);
    }

    @Test
    void addsANoteAndAFileToTheLatestTicketOfACall() throws Exception {
        var ticket = created();
        var recording = recording();
        var added = add("recording", new CallFile(recording.toString(), "recording.mp3", "audio/mpeg"));
        assertThat(added.ticketNumber())
                .isEqualTo(stub.record("incident", ticket).get("number"));
        assertThat(added.attached()).isTrue();
        assertThat(recording).doesNotExist();
        assertThat(stub.table("attachment").values())
                .singleElement()
                .satisfies(record ->
                        assertThat(record).containsEntry("table_sys_id", ticket).containsEntry("content", "sound"));
        var upload = stub.seen.stream()
                .filter(each -> each.is("POST", "attachment"))
                .findFirst()
                .orElseThrow();
        assertThat(upload.path()).isEqualTo("/api/now/attachment/file");
        assertThat(upload.query()).containsOnlyKeys("table_name", "table_sys_id", "file_name");
        assertThat(upload.headers()).containsEntry("content-type", "audio/mpeg");
        add("recording", new CallFile(recording().toString(), "recording.mp3", "audio/mpeg"));
        assertThat(notesOf(ticket)).hasSize(1);
        assertThat(stub.table("attachment")).hasSize(1);
    }

    @Test
    void aTicketThatIsLinkedToTheCallGetsTheNote() throws Exception {
        var ticket = stub.add("incident", "caller_id", rig.abel, "number", "INC0010099");
        file(List.of(ticket));
        rig.waitFor(this::isOutboxEmpty);
        assertThat(add("note", null).ticketNumber()).isEqualTo("INC0010099");
    }

    @Test
    void aCallWithoutATicketGetsItOnItsInteraction() throws Exception {
        file(List.of());
        rig.waitFor(this::isOutboxEmpty);
        var added = add("note", null);
        assertThat(added.ticketNumber()).isNull();
        assertThat(added.attached()).isFalse();
    }

    @Test
    void aCallThatIsUnknownIsNotFoundAndTheFileGoesAllTheSame() throws Exception {
        var recording = recording();
        var refusal = catchThrowableOfType(
                BusException.class,
                () -> add("recording", new CallFile(recording.toString(), "recording.mp3", "audio/mpeg")));
        assertThat(refusal.failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(recording).doesNotExist();
    }

    @Test
    void anUploadWhoseAnswerIsLostIsFound() throws Exception {
        created();
        stub.fail("POST", "attachment", 1, Harm.DONE_THEN_CUT);
        var added = add("recording", new CallFile(recording().toString(), "recording.mp3", "audio/mpeg"));
        assertThat(added.attached()).isTrue();
        assertThat(stub.table("attachment")).hasSize(1);
    }

    @Test
    void s8ACallIdCanNotSelectOtherRecords() {
        var question = new AddToCall("CA1^ORnumberISNOTEMPTY", "k", "note", null);
        var refusal = catchThrowableOfType(
                BusException.class,
                () -> ServiceNowBus.ADD_TO_CALL.send(rig.vertx, question).await(5, SECONDS));
        assertThat(refusal.failure()).isEqualTo(Failure.BAD_REQUEST);
        assertThat(stub.seen).isEmpty();
    }

    private String created() throws TimeoutException {
        return ((Created) rig.create(ServiceNowRig.ticket("Outlook crashes")))
                .ticket()
                .sysId();
    }

    private void file(List<String> tickets) throws TimeoutException {
        var at = Instant.parse("2026-11-21T02:00:01Z");
        var lines = List.of(
                new CallRecord.Line(at, CallRecord.Speaker.AGENT, "How can I help?"),
                new CallRecord.Line(at, CallRecord.Speaker.CALLER, "My Outlook crashes"));
        ServiceNowBus.FILE_CALL
                .send(rig.vertx, new ServiceNowProtocol.FileCall(record(lines, tickets)))
                .await(5, SECONDS);
    }

    private CallRecord record(List<CallRecord.Line> lines, List<String> tickets) {
        return new CallRecord(
                ServiceNowRig.CALL,
                "inbound",
                Instant.parse("2026-11-21T02:00:00Z"),
                Instant.parse("2026-11-21T02:03:04Z"),
                "end-call",
                rig.abel,
                "Outlook was reinstalled",
                lines,
                tickets);
    }

    private Added add(String key, @Nullable CallFile file) throws TimeoutException {
        return ServiceNowBus.ADD_TO_CALL
                .send(rig.vertx, new AddToCall(ServiceNowRig.CALL, key, "A recording was made", file))
                .await(10, SECONDS);
    }

    private Path recording() throws Exception {
        return Files.writeString(directory.resolve("sound.mp3"), "sound");
    }

    private List<String> notesOf(String ticket) {
        return stub.table("sys_journal_field").values().stream()
                .filter(entry -> ticket.equals(entry.get("element_id")))
                .map(entry -> String.valueOf(entry.get("value")))
                .toList();
    }

    private boolean isOutboxEmpty() {
        try (var files = Files.list(directory.resolve("outbox"))) {
            return stub.count("GET", "interaction") > 0
                    && files.noneMatch(file -> file.toString().endsWith(".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
