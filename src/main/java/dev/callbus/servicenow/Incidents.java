package dev.callbus.servicenow;

import dev.callbus.servicenow.table.Condition;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.EncodedQuery;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.Rows;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableQuery;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table incident, as seen by one customer at a time. */
final class Incidents {
    static final String TABLE = "incident";

    /** What a summary is made of. */
    static final List<String> SUMMARY = List.of(
            "sys_id",
            "number",
            "short_description",
            "state",
            "priority",
            "opened_at",
            "assigned_to",
            "assignment_group",
            "caller_id");

    private static final List<String> OVER = List.of("6", "7", "8");
    private static final String NOBODY = "Unassigned";
    private static final int MOST_LISTED = 50;
    private static final int MOST_COUNTED = 500;

    private final TableClient client;

    Incidents(TableClient client) {
        this.client = client;
    }

    /** The customer's incident with this number; NOT_FOUND if there is none, or it is somebody else's. */
    Future<Row> own(TicketNumber number, String customer, List<String> more, Deadline deadline) {
        var filter = EncodedQuery.where(Condition.is("number", number.text()), caller(customer));
        return query(filter, more, 1, deadline).map(rows -> rows.first().orElseThrow(number::notFound));
    }

    /** The customer's incident with this id, if it can be seen. */
    Future<Rows> byId(String sysId, String customer, List<String> more, Deadline deadline) {
        return query(EncodedQuery.where(Condition.is("sys_id", sysId), caller(customer)), more, 1, deadline);
    }

    /** Incidents that were made with this key. */
    Future<Rows> byCorrelation(String key, String customer, Deadline deadline) {
        return query(EncodedQuery.where(Condition.is("correlation_id", key), caller(customer)), List.of(), 5, deadline);
    }

    /** Incidents that were made in a call, the latest first. */
    Future<List<Row>> ofCall(String callSid, Deadline deadline) {
        var filter = EncodedQuery.where(Condition.startsWith("correlation_id", callSid + "-"))
                .latestFirst("sys_created_on");
        return query(filter, List.of(), MOST_LISTED, deadline).map(Rows::all);
    }

    /** The customer's incidents, the latest first. */
    Future<List<Row>> all(String customer, Deadline deadline) {
        return query(EncodedQuery.where(caller(customer)).latestFirst("opened_at"), List.of(), MOST_LISTED, deadline)
                .map(Rows::all);
    }

    /** Those of them that are neither resolved nor closed nor canceled. */
    Future<List<Row>> open(String customer, Deadline deadline) {
        var filter = open(EncodedQuery.where(caller(customer))).latestFirst("opened_at");
        return query(filter, List.of(), MOST_LISTED, deadline).map(Rows::all);
    }

    /** How many open incidents each of these customers has. */
    Future<Map<String, Long>> openOf(List<String> customers, Deadline deadline) {
        var filter = open(EncodedQuery.where(Condition.oneOf("caller_id", customers)));
        return client.find(new TableQuery(TABLE, filter, List.of(), MOST_COUNTED), deadline)
                .map(rows -> rows.all().stream()
                        .collect(Collectors.groupingBy(row -> row.value("caller_id"), Collectors.counting())));
    }

    /** The customer's incidents that have this one as their parent, and those with these ids. */
    Future<List<Row>> related(String sysId, List<String> parents, String customer, Deadline deadline) {
        var alternatives = Stream.of(
                        Stream.of(Condition.is("parent_incident", sysId), Condition.is("parent", sysId)),
                        parents.isEmpty() ? Stream.<Condition>of() : Stream.of(Condition.oneOf("sys_id", parents)))
                .flatMap(each -> each)
                .toList();
        var filter = EncodedQuery.where(caller(customer)).andAny(alternatives).latestFirst("opened_at");
        return query(filter, List.of(), MOST_LISTED, deadline).map(Rows::all);
    }

    /** A row as a summary, with labels. */
    static TicketSummary summary(Row row) {
        return new TicketSummary(
                row.sysId(),
                row.value("number"),
                row.value("short_description"),
                row.display("state"),
                row.display("priority"),
                row.value("opened_at"),
                or(row.display("assigned_to")),
                or(row.display("assignment_group")));
    }

    private static String or(String name) {
        return name.isEmpty() ? NOBODY : name;
    }

    private static EncodedQuery open(EncodedQuery whose) {
        var filter = whose;
        for (var state : OVER) {
            filter = filter.and(Condition.isNot("state", state));
        }
        return filter;
    }

    private static Condition caller(String customer) {
        return Condition.is("caller_id", customer);
    }

    private Future<Rows> query(EncodedQuery filter, List<String> more, int limit, Deadline deadline) {
        var fields = Stream.concat(SUMMARY.stream(), more.stream()).toList();
        return client.find(new TableQuery(TABLE, filter, fields, limit), deadline);
    }
}
