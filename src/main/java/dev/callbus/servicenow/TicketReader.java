package dev.callbus.servicenow;

import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.SysId;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/** Lists and reads a customer's own incidents. */
final class TicketReader {
    private static final List<String> DETAILS = List.of(
            "description",
            "urgency",
            "impact",
            "category",
            "subcategory",
            "contact_type",
            "hold_reason",
            "sys_updated_on",
            "resolved_at",
            "closed_at",
            "close_code",
            "close_notes",
            "parent",
            "parent_incident");

    private final Incidents incidents;
    private final Journal journal;

    TicketReader(Incidents incidents, Journal journal) {
        this.incidents = incidents;
        this.journal = journal;
    }

    /** The open ones, the latest first. */
    Future<List<TicketSummary>> open(String customer, Deadline deadline) {
        return incidents.open(customer, deadline).map(TicketReader::summaries);
    }

    /** All of them, the latest first. */
    Future<List<TicketSummary>> all(String customer, Deadline deadline) {
        return incidents.all(customer, deadline).map(TicketReader::summaries);
    }

    /** One of them with its history. */
    Future<Ticket> read(String speech, String customer, Deadline deadline) {
        var number = TicketNumber.of(speech);
        return incidents.own(number, customer, DETAILS, deadline).compose(row -> {
            var parents = Stream.of("parent_incident", "parent")
                    .map(row::value)
                    .filter(SysId::isOne)
                    .distinct()
                    .toList();
            var notes = journal.read(Incidents.TABLE, row.sysId(), deadline);
            var related = incidents.related(row.sysId(), parents, customer, deadline);
            return Future.all(notes, related).map(both -> ticket(row, notes.result(), summaries(related.result())));
        });
    }

    private static Ticket ticket(Row row, List<Ticket.Note> notes, List<TicketSummary> related) {
        return new Ticket(
                Incidents.summary(row),
                row.value("description"),
                row.display("urgency"),
                row.display("impact"),
                row.display("category"),
                row.display("subcategory"),
                row.display("contact_type"),
                row.display("hold_reason"),
                row.value("sys_updated_on"),
                row.value("resolved_at"),
                row.value("closed_at"),
                row.display("close_code"),
                row.value("close_notes"),
                notes,
                related);
    }

    private static List<TicketSummary> summaries(List<Row> rows) {
        return rows.stream().map(Incidents::summary).toList();
    }
}
