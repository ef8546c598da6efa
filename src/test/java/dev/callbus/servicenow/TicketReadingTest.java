package dev.callbus.servicenow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.table.TableStub;
import dev.callbus.servicenow.table.TableStub.Harm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and reads tickets of the caller's own. */
class TicketReadingTest {
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
    void c12ReadsLabelsNamesAndNotesAndNotTheirCodes() throws Exception {
        var parent = stub.add("incident", "caller_id", rig.abel, "number", "INC0010001");
        var id = stub.add(
                "incident",
                "caller_id",
                rig.abel,
                "number",
                "INC0010023",
                "state",
                "2",
                "short_description",
                "Outlook crashes",
                "assigned_to",
                rig.beth,
                "parent_incident",
                parent,
                "work_notes",
                "Looked at it\n\n[ref 0123456789ab]");
        stub.add("incident", "caller_id", rig.abel, "number", "INC0010024", "parent_incident", id);
        stub.add("incident", "caller_id", rig.beth, "number", "INC0010025", "parent_incident", id);
        var ticket = read("i n c 0 0 1 0 0 two three");
        assertThat(ticket.summary().state()).isEqualTo("In Progress");
        assertThat(ticket.summary().priority()).isEqualTo("5 - Planning");
        assertThat(ticket.summary().assignedTo()).isEqualTo("Beth Anglin");
        assertThat(ticket.summary().assignmentGroup()).isEqualTo("Unassigned");
        assertThat(ticket.updatedAt()).isEqualTo("2026-11-21 03:00:00");
        assertThat(ticket.notes())
                .containsExactly(new Ticket.Note("2026-11-21 02:00:00", "work note", "callbus", "Looked at it"));
        assertThat(ticket.related())
                .extracting(TicketSummary::number)
                .containsExactlyInAnyOrder("INC0010001", "INC0010024");
    }

    @Test
    void c12ReadsTheMergedNotesWhereTheJournalIsClosed() throws Exception {
        stub.add(
                "incident",
                "caller_id",
                rig.abel,
                "number",
                "INC0010023",
                "work_notes",
                "First line\nsecond line",
                "comments",
                "Please call back");
        stub.fail(
                "GET",
                "sys_journal_field",
                1,
                Harm.STATUS,
                403,
                TableStub.error("Insufficient rights to query records", null));
        assertThat(read("INC0010023").notes())
                .containsExactly(
                        new Ticket.Note("2026-11-21 02:00:00", "work note", "Callbus", "First line\nsecond line"),
                        new Ticket.Note("2026-11-21 02:00:00", "comment", "Callbus", "Please call back"));
    }

    @Test
    void s11ATicketOfSomebodyElseDoesNotExist() {
        stub.add("incident", "caller_id", rig.beth, "opened_by", rig.abel, "number", "INC0010777");
        var others = catchThrowableOfType(BusException.class, () -> read("INC0010777"));
        var nobodys = catchThrowableOfType(BusException.class, () -> read("INC0010778"));
        assertThat(others.failure()).isEqualTo(Failure.NOT_FOUND).isEqualTo(nobodys.failure());
        assertThat(String.valueOf(others.getMessage()).replace('7', '8'))
                .isEqualTo(String.valueOf(nobodys.getMessage()).replace('7', '8'));
    }

    @Test
    void listsOpenOnesOrAll() throws Exception {
        stub.add("incident", "caller_id", rig.abel, "number", "INC0010001", "state", "2");
        stub.add("incident", "caller_id", rig.abel, "number", "INC0010002", "state", "7");
        stub.add("incident", "caller_id", rig.beth, "number", "INC0010003", "state", "2");
        assertThat(numbers(false)).containsExactly("INC0010001");
        assertThat(numbers(true)).containsExactlyInAnyOrder("INC0010001", "INC0010002");
        assertThat(stub.seen).allSatisfy(each -> {
            assertThat(each.query()).doesNotContainKey("sysparm_order_by");
            assertThat(each.query().get("sysparm_query")).endsWith("^ORDERBYDESCopened_at");
        });
    }

    private List<String> numbers(boolean closedToo) throws Exception {
        return ServiceNowBus.LIST_TICKETS
                .send(rig.vertx, new ServiceNowProtocol.ListTickets(ServiceNowRig.CALL, rig.grant(rig.abel), closedToo))
                .await(5, SECONDS)
                .tickets()
                .stream()
                .map(TicketSummary::number)
                .toList();
    }

    private Ticket read(String number) throws TimeoutException {
        return ServiceNowBus.READ_TICKET
                .send(rig.vertx, new ServiceNowProtocol.ReadTicket(ServiceNowRig.CALL, rig.grant(rig.abel), number))
                .await(5, SECONDS)
                .ticket();
    }
}
