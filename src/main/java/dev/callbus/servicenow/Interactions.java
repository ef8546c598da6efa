package dev.callbus.servicenow;

import dev.callbus.servicenow.table.Condition;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.EncodedQuery;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.Rows;
import dev.callbus.servicenow.table.SysId;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableQuery;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables interaction, whose records stand for calls, and interaction_related_record, which links them to incidents. */
final class Interactions {
    static final String TABLE = "interaction";

    private static final String RELATED = "interaction_related_record";
    private static final int MOST = 50;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final List<String> FIELDS = List.of("sys_id", "number", "correlation_id");

    private final TableClient client;

    Interactions(TableClient client) {
        this.client = client;
    }

    /** The record of a call. */
    Future<Rows> ofCall(String callSid, Deadline deadline) {
        var filter = EncodedQuery.where(Condition.is("correlation_id", callSid));
        return client.find(new TableQuery(TABLE, filter, FIELDS, 2), deadline);
    }

    /** Makes the record of a call. */
    Future<Row> insert(CallRecord call, Deadline deadline) {
        return client.insert(TABLE, columns(call), FIELDS, deadline);
    }

    /** The ids of the incidents that a record is linked to. */
    Future<List<String>> incidentsOf(String interaction, Deadline deadline) {
        var filter = EncodedQuery.where(Condition.is("interaction", interaction));
        return client.find(
                        new TableQuery(RELATED, filter, List.of("document_id", "document_table", "task"), MOST),
                        deadline)
                .map(rows -> rows.all().stream()
                        .map(row -> row.value("document_id").isEmpty() ? row.value("task") : row.value("document_id"))
                        .filter(SysId::isOne)
                        .distinct()
                        .toList());
    }

    /** The link between a record and an incident. */
    Future<Rows> link(String interaction, String incident, Deadline deadline) {
        var filter =
                EncodedQuery.where(Condition.is("interaction", interaction), Condition.is("document_id", incident));
        return client.find(new TableQuery(RELATED, filter, List.of(), 1), deadline);
    }

    /** Links a record to an incident. */
    Future<Row> insertLink(String interaction, String incident, Deadline deadline) {
        var columns = Map.of(
                "interaction", interaction,
                "document_table", Incidents.TABLE,
                "document_id", incident,
                "task", incident);
        return client.insert(RELATED, columns, List.of("sys_id", "interaction", "document_id"), deadline);
    }

    private static Map<String, String> columns(CallRecord call) {
        var columns = new LinkedHashMap<String, String>();
        columns.put("type", "phone");
        columns.put("channel", "phone");
        columns.put("direction", call.direction());
        columns.put("state", isAbandoned(call) ? "closed_abandoned" : "closed_complete");
        columns.put("short_description", "Phone call " + call.callSid());
        columns.put("correlation_id", call.callSid());
        columns.put("opened_at", time(call.startedAt()));
        columns.put("closed_at", time(call.endedAt()));
        columns.put(Journal.WORK_NOTES, CallFiler.note(call));
        if (call.customer() != null && SysId.isOne(call.customer())) {
            columns.put("opened_for", call.customer());
        }
        return columns;
    }

    /** Whether the caller was gone before saying anything. */
    private static boolean isAbandoned(CallRecord call) {
        return call.transcript().stream().noneMatch(line -> line.speaker() == CallRecord.Speaker.CALLER);
    }

    /** A time as ServiceNow stores it. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
