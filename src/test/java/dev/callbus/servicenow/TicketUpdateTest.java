package dev.callbus.servicenow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.table.TableStub;
import dev.callbus.servicenow.table.TableStub.Harm;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of tickets: of the caller's own, checked first, sent once, and told as they turned out. */
class TicketUpdateTest {
    private static final String NUMBER = "INC0010023";

    @TempDir
    Path directory;

    private ServiceNowRig rig;
    private TableStub stub;
    private String id;

    @BeforeEach
    void start() throws Exception {
        rig = new ServiceNowRig(directory.resolve("outbox"));
        stub = rig.stub;
        id = stub.add(
                "incident", "caller_id", rig.abel, "number", NUMBER, "state", "2", "short_description", "Outlook");
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void c12ResolvesWithCodeAndNotes() throws Exception {
        choice("close_code", "Solution provided", "Solution provided");
        var updated = rig.update("k", NUMBER, resolve(6, "solution provided", "Reinstalled"));
        assertThat(updated.updated()).containsExactlyInAnyOrder("state", "close_code", "close_notes");
        assertThat(updated.leftOut()).isEmpty();
        assertThat(updated.ticket().state()).isEqualTo("Resolved");
        assertThat(stub.record("incident", id))
                .containsEntry("close_notes", "Reinstalled")
                .containsEntry("close_code", "Solution provided")
                .doesNotContainKey("resolution_notes");
        assertThat(stub.count("PUT", "incident")).isZero();
    }

    @Test
    void saysWhichCloseCodesThereAre() {
        choice("close_code", "Duplicate", "Duplicate");
        choice("close_code", "User error", "User error");
        assertThat(refused(NUMBER, resolve(6, "Magic", "x")))
                .hasMessage("ServiceNow has no such closeCode. It is one of: Duplicate, User error.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6|  |x|Cannot resolve ticket: Resolution code is required when changing state to Resolved. Please provide a closeCode parameter.",
                "7|  |x|Cannot close ticket: Resolution code is required when changing state to Closed. Please provide a closeCode parameter.",
                "6|c |  |Cannot resolve ticket: Resolution notes are required when changing state to Resolved. Please provide a resolutionNotes parameter.",
                "3|  |  |Cannot put the ticket on hold: a hold reason is required when changing state to On Hold. Please provide a holdReason parameter, such as Awaiting Caller.",
                "8|  |  |Cannot cancel ticket: please say why in a workNotes parameter.",
                "1|  |  |Ticket INC0010023 is In Progress and can't become New again. Use state 2, In Progress.",
                "5|  |  |The state is one of 1 New, 2 In Progress, 3 On Hold, 6 Resolved, 7 Closed, 8 Canceled."
            })
    void c12ChecksWhatAStateNeedsBeforeSending(
            int state, @Nullable String code, @Nullable String notes, String message) {
        var refusal = refused(NUMBER, resolve(state, code, notes));
        assertThat(refusal.failure()).isEqualTo(Failure.BAD_REQUEST);
        assertThat(refusal).hasMessage(message);
        assertThat(stub.count("PATCH", "incident")).isZero();
    }

    @Test
    void doesNotCloseANewTicketNorChangeAClosedOne() {
        stub.record("incident", id).put("state", "1");
        assertThat(refused(NUMBER, resolve(7, "c", "n"))).hasMessageContaining("Resolve it first");
        stub.record("incident", id).put("state", "7");
        var refusal = refused(NUMBER, note("x"));
        assertThat(refusal.failure()).isEqualTo(Failure.CONFLICT);
        assertThat(refusal).hasMessageContaining("is Closed and can no longer be changed");
    }

    @Test
    void reopensAResolvedTicket() throws Exception {
        stub.record("incident", id).putAll(Map.of("state", "6", "close_code", "c", "close_notes", "n"));
        assertThat(rig.update("k", NUMBER, state(2)).ticket().state()).isEqualTo("In Progress");
    }

    @Test
    void holdsForTheCallerWithAComment() throws Exception {
        choice("hold_reason", "1", "Awaiting Caller");
        var silent = new TicketChange(3, null, null, null, null, null, null, "Awaiting Caller", null, null, null, null);
        assertThat(refused(NUMBER, silent)).hasMessageContaining("needs a comment");
        var told = new TicketChange(
                3, null, null, null, "Please call back", null, null, "Awaiting Caller", null, null, null, null);
        assertThat(rig.update("k", NUMBER, told).updated())
                .containsExactlyInAnyOrder("state", "hold_reason", "comments");
        assertThat(stub.record("incident", id)).containsEntry("hold_reason", "1");
    }

    @Test
    void nothingToChangeIsNoUpdate() {
        var refusal =
                refused(NUMBER, new TicketChange(null, null, null, " ", null, "", null, null, null, null, null, null));
        assertThat(refusal.failure()).isEqualTo(Failure.BAD_REQUEST);
        assertThat(refusal).hasMessage("No update fields provided for ticket INC0010023");
        assertThat(stub.seen).isEmpty();
    }

    @Test
    void s11ATicketOfSomebodyElseDoesNotExist() {
        stub.add("incident", "caller_id", rig.beth, "opened_by", rig.abel, "number", "INC0010777", "state", "2");
        var others = refused("INC0010777", note("x"));
        var nobodys = refused("INC0010778", note("x"));
        assertThat(others.failure()).isEqualTo(Failure.NOT_FOUND).isEqualTo(nobodys.failure());
        assertThat(others).hasMessage("Ticket INC0010777 not found in ServiceNow");
        assertThat(nobodys).hasMessage("Ticket INC0010778 not found in ServiceNow");
        assertThat(stub.count("PATCH", "incident")).isZero();
    }

    @Test
    void s8ANumberCanNotSelectAnotherTicket() {
        var refusal = refused("INC9^ORnumberISNOTEMPTY", note("x"));
        assertThat(refusal.failure()).isEqualTo(Failure.BAD_REQUEST);
        assertThat(stub.seen).isEmpty();
    }

    @Test
    void s8ARowThatDoesNotMeetTheFilterIsNotUpdated() {
        var foreign = stub.add("incident", "caller_id", rig.beth, "number", "INC0010777", "state", "2");
        var widened = new JsonObject("""
                {"result":[{"sys_id":{"value":"%s"},"number":{"value":"INC0010777"},"caller_id":{"value":"%s"}}]}""".formatted(foreign, rig.beth));
        stub.fail("GET", "incident", 1, Harm.STATUS, 200, widened.encode());
        assertThat(refused(NUMBER, note("x")).failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(stub.count("PATCH", "incident")).isZero();
    }

    @Test
    void assignsByNameToOneActivePersonOnly() throws Exception {
        var group = stub.add("sys_user_group", "name", "Network", "active", "true");
        var updated = rig.update("k", NUMBER, assign("beth anglin", "Network"));
        assertThat(updated.updated()).containsExactlyInAnyOrder("assigned_to", "assignment_group");
        assertThat(updated.ticket().assignedTo()).isEqualTo("Beth Anglin");
        assertThat(stub.record("incident", id))
                .containsEntry("assigned_to", rig.beth)
                .containsEntry("assignment_group", group);
        assertThat(rig.update("l", NUMBER, assign("Abel.Tuter@example.com", null))
                        .ticket()
                        .assignedTo())
                .isEqualTo("Abel Tuter");
        stub.add("sys_user", "name", "Beth Anglin", "active", "true");
        assertThat(refused(NUMBER, assign("Beth Anglin", null))).hasMessageContaining("several of that name");
        assertThat(refused(NUMBER, assign("x^ORactive=true", null))).hasMessageContaining("no name of a user");
        assertThat(refused(NUMBER, assign("Nobody", null))).hasMessageContaining("no active user of that name");
    }

    @Test
    void reachesAPriorityThroughImpactAndUrgency() throws Exception {
        var updated = rig.update(
                "k", NUMBER, new TicketChange(null, 2, null, null, null, null, null, null, null, null, null, null));
        assertThat(updated.updated()).contains("priority");
        assertThat(updated.ticket().priority()).isEqualTo("2 - High");
    }

    @Test
    void tellsWhatServiceNowDidNotTake() {
        stub.fail(
                "PATCH",
                "incident",
                1,
                Harm.STATUS,
                200,
                "{\"result\":{\"sys_id\":{\"value\":\"" + id + "\"},\"state\":{\"value\":\"2\"}}}");
        assertThat(refused(NUMBER, resolve(6, "c", "n")))
                .hasMessageStartingWith("ServiceNow changed nothing in ticket INC0010023: ")
                .hasMessageContaining("state (ServiceNow did not take it)");
    }

    @Test
    void aNoteIsWrittenOncePerKey() throws Exception {
        rig.update("k", NUMBER, note("Called back"));
        rig.update("k", NUMBER, note("Called back"));
        assertThat(notes()).singleElement().asString().startsWith("Called back").contains("[ref ");
        rig.update("l", NUMBER, note("Called back"));
        assertThat(notes()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_CUT", "DONE_THEN_STATUS"})
    void aLostAnswerIsReadBack(Harm harm) throws Exception {
        stub.fail("PATCH", "incident", 1, harm);
        var updated = rig.update(
                "k",
                NUMBER,
                new TicketChange(6, null, null, "Fixed by phone", null, "c", "n", null, null, null, null, null));
        assertThat(updated.updated()).contains("state", "work_notes");
        assertThat(notes()).hasSize(1);
        assertThat(stub.count("PATCH", "incident")).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsReadBackWhereTheJournalIsClosed() throws Exception {
        stub.fail(
                "GET",
                "sys_journal_field",
                100,
                Harm.STATUS,
                403,
                TableStub.error("Insufficient rights to query records", null));
        stub.fail("PATCH", "incident", 1, Harm.DONE_THEN_CUT);
        assertThat(rig.update("k", NUMBER, note("Called back")).updated()).containsExactly("work_notes");
        rig.update("k", NUMBER, note("Called back"));
        assertThat(notes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"CUT,BAD_GATEWAY", "STATUS,BAD_GATEWAY", "SILENCE,TIMEOUT"})
    void whatIsNotKnownIsToldAsNotKnown(Harm harm, Failure failure) {
        stub.fail("PATCH", "incident", 1, harm);
        var refusal = refused(NUMBER, note("Called back"));
        assertThat(refusal.failure()).isEqualTo(failure);
        assertThat(refusal).hasMessageContaining("not known whether ticket INC0010023 was changed");
        assertThat(stub.count("PATCH", "incident")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "STATUS", "SILENCE"})
    void whileServiceNowIsAwayNothingIsChanged(Harm harm) {
        stub.fail("", "", 1000, harm);
        var refusal = refused(NUMBER, note("Called back"));
        assertThat(refusal.failure()).isEqualTo(Failure.UNAVAILABLE);
        assertThat(refusal).hasMessage("ServiceNow is not working at the moment. Nothing was changed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "403|Operation Failed|Data Policy Exception: The following fields are mandatory: Resolution code, Close notes|CONFLICT|Cannot resolve ticket: Resolution code is required when changing state to Resolved. Please provide a closeCode parameter.",
                "403|Operation Failed|Data Policy Exception: The following fields are mandatory: Business service|CONFLICT|Data validation failed: Business service are required for this update.",
                "403|Operation Failed|Data Policy Exception|CONFLICT|Data validation failed: unknown fields are required for this update.",
                "403|Operation Failed|ACL Exception Update Failed due to security constraints|CONFLICT|Unable to update ticket due to permission restrictions in ServiceNow. The user account may need additional roles or permissions.",
                "403|Operation Failed|Operation against file 'incident' was aborted by Business Rule 'Secret^0123'|CONFLICT|A business rule in ServiceNow does not allow this.",
                "401|User Not Authenticated|Required to provide Auth information|UNAVAILABLE|Unable to authenticate with ServiceNow. Please verify the credentials.",
                "404|No Record found|Record doesn't exist or ACL restricts the record retrieval|NOT_FOUND|Ticket not found: The ticket INC0010023 could not be found in ServiceNow.",
                "400|Bad|-|CONFLICT|ServiceNow ticket update failed: ServiceNow did not accept the request (status 400). Nothing was done."
            })
    void refusalsOfServiceNowBecomeWords(
            int status, String message, @Nullable String detail, Failure failure, String words) {
        stub.fail("PATCH", "incident", 1, Harm.STATUS, status, TableStub.error(message, detail));
        var refusal = refused(NUMBER, resolve(6, "c", "n"));
        assertThat(refusal.failure()).isEqualTo(failure);
        assertThat(refusal).hasMessage(words);
    }

    private BusException refused(String number, TicketChange change) {
        return catchThrowableOfType(BusException.class, () -> rig.update("k", number, change));
    }

    private List<String> notes() {
        return stub.table("sys_journal_field").values().stream()
                .map(entry -> String.valueOf(entry.get("value")))
                .toList();
    }

    private void choice(String element, String value, String label) {
        stub.add(
                "sys_choice",
                "name",
                "incident",
                "element",
                element,
                "value",
                value,
                "label",
                label,
                "inactive",
                "false",
                "language",
                "en");
    }

    private static TicketChange state(int state) {
        return resolve(state, null, null);
    }

    private static TicketChange resolve(int state, @Nullable String code, @Nullable String notes) {
        return new TicketChange(state, null, null, null, null, code, notes, null, null, null, null, null);
    }

    private static TicketChange note(String text) {
        return new TicketChange(null, null, null, text, null, null, null, null, null, null, null, null);
    }

    private static TicketChange assign(String who, @Nullable String group) {
        return new TicketChange(null, null, null, null, null, null, null, null, who, group, null, null);
    }

    @Test
    void theSameChangeAtTheSameTimeIsSentOnce() throws Exception {
        var question = new ServiceNowProtocol.UpdateTicket(
                ServiceNowRig.CALL, rig.grant(rig.abel), "k", NUMBER, note("Called back"));
        var asks = List.of(1, 2, 3).stream()
                .map(i -> ServiceNowBus.UPDATE_TICKET.send(rig.vertx, question))
                .toList();
        Future.all(asks).await(10, SECONDS);
        assertThat(stub.count("PATCH", "incident")).isEqualTo(1);
    }
}
