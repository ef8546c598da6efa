package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.ServiceNowProtocol.Updated;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes a customer's own incidents and tells what became of it, by what is in ServiceNow afterwards. A change is sent once; a change
 * that wasn't answered is looked for, not repeated.
 */
final class TicketWriter {
    private static final long FIRST_PAUSE = 250;
    private static final long LEAST_TIME = 300;
    private static final List<String> COLUMNS = List.of(
            "impact",
            "urgency",
            "category",
            "subcategory",
            "hold_reason",
            "close_code",
            "close_notes",
            "sys_updated_on");
    private static final List<String> STORED = Stream.of(
                    Incidents.SUMMARY.stream(), COLUMNS.stream(), Stream.of(Journal.WORK_NOTES, Journal.COMMENTS))
            .flatMap(each -> each)
            .toList();

    private final Vertx vertx;
    private final TableClient client;
    private final Incidents incidents;
    private final Journal journal;
    private final ChangeColumns columns;
    private final Flights<Updated> flights = new Flights<>();

    TicketWriter(Vertx vertx, TableClient client, Incidents incidents, Journal journal, ChangeColumns columns) {
        this.vertx = vertx;
        this.client = client;
        this.incidents = incidents;
        this.journal = journal;
        this.columns = columns;
    }

    /** One change of one customer's ticket. */
    private record Order(TicketNumber number, String customer, TicketChange change, Map<String, String> notes) {
        Order {
            notes = Map.copyOf(notes);
        }
    }

    /** What is to be in the ticket, and where. */
    private record Plan(Order order, Row before, ChangeColumns.Wanted wanted, Map<String, String> notes) {}

    /** Changes the ticket; what was not asked for stays as it is. */
    Future<Updated> update(
            String callSid, String customer, String key, String speech, TicketChange change, Deadline deadline) {
        var number = TicketNumber.of(speech);
        ChangeRules.checkAlone(number, change);
        var order = new Order(number, customer, change, notes(callSid, key, change));
        var flight = Fingerprint.of(32, callSid, customer, key, number.text(), change.toString());
        return flights.join(
                flight,
                () -> plan(order, deadline)
                        .recover(cause -> Future.failedFuture(Refusals.before(cause)))
                        .compose(plan -> isDone(plan)
                                ? Future.succeededFuture(told(plan, plan.before()))
                                : send(plan, deadline)));
    }

    private static Map<String, String> notes(String callSid, String key, TicketChange change) {
        var notes = new LinkedHashMap<String, String>();
        note(callSid, key, Journal.WORK_NOTES, change.workNotes(), notes);
        note(callSid, key, Journal.COMMENTS, change.comment(), notes);
        return notes;
    }

    private static void note(
            String callSid, String key, String column, @Nullable String text, Map<String, String> notes) {
        if (text != null && !text.isBlank()) {
            notes.put(column, Journal.referenced(text, Journal.reference(callSid, key, column)));
        }
    }

    private Future<Plan> plan(Order order, Deadline deadline) {
        return incidents
                .own(order.number(), order.customer(), COLUMNS, deadline)
                .compose(row -> {
                    ChangeRules.check(order.number(), order.change(), row);
                    return columns.of(order.change(), row, deadline)
                            .compose(wanted ->
                                    unwritten(order, row, deadline).map(notes -> new Plan(order, row, wanted, notes)));
                });
    }

    /** The notes that the ticket doesn't have yet. */
    private Future<Map<String, String>> unwritten(Order order, Row row, Deadline deadline) {
        if (order.notes().isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return journal.texts(Incidents.TABLE, row.sysId(), deadline).map(texts -> {
            var left = new LinkedHashMap<>(order.notes());
            left.values().removeIf(note -> isAmong(texts, note));
            return left;
        });
    }

    private static boolean isDone(Plan plan) {
        return plan.notes().isEmpty()
                && plan.wanted().columns().entrySet().stream().allMatch(each -> holds(plan.before(), each));
    }

    private Future<Updated> send(Plan plan, Deadline deadline) {
        if (!deadline.allows(LEAST_TIME)) {
            return Future.failedFuture(Refusals.nothingChanged());
        }
        var body = new LinkedHashMap<>(plan.wanted().columns());
        body.putAll(plan.notes());
        return client.update(Incidents.TABLE, plan.before().sysId(), body, STORED, deadline)
                .compose(
                        stored -> confirmed(plan, stored, deadline),
                        cause -> cause instanceof TableFailure failure && failure.leavesOutcomeUnknown()
                                ? lookAgain(plan, failure, FIRST_PAUSE, deadline)
                                : Future.failedFuture(Refusals.of(
                                        cause,
                                        plan.order().number(),
                                        plan.order().change())));
    }

    /** What was stored, by the answer; notes that don't show in it are looked for in the journal. */
    private Future<Updated> confirmed(Plan plan, Row stored, Deadline deadline) {
        var shown = List.of(stored.display(Journal.WORK_NOTES), stored.display(Journal.COMMENTS));
        if (plan.notes().values().stream().allMatch(note -> isAmong(shown, note))) {
            return Future.succeededFuture(told(plan, stored));
        }
        return journal.texts(Incidents.TABLE, plan.before().sysId(), deadline)
                .otherwise(List.of())
                .map(texts -> told(plan, stored, missing(plan, texts)));
    }

    /** Reads the ticket until the whole change shows or time is up. */
    private Future<Updated> lookAgain(Plan plan, TableFailure cause, long pause, Deadline deadline) {
        if (!deadline.allows(pause + LEAST_TIME)) {
            return Future.failedFuture(Refusals.unknown(cause, plan.order().number()));
        }
        return vertx.timer(pause, TimeUnit.MILLISECONDS)
                .compose(now -> look(plan, deadline))
                .otherwise(List.of())
                .compose(seen -> seen.isEmpty()
                        ? lookAgain(plan, cause, pause * 2, deadline)
                        : Future.succeededFuture(seen.getFirst()));
    }

    private Future<List<Updated>> look(Plan plan, Deadline deadline) {
        var order = plan.order();
        return incidents
                .own(order.number(), order.customer(), COLUMNS, deadline)
                .compose(row -> {
                    boolean all = plan.wanted().columns().entrySet().stream().allMatch(each -> holds(row, each));
                    if (!all) {
                        return Future.succeededFuture(List.<Updated>of());
                    }
                    var texts = plan.notes().isEmpty()
                            ? Future.succeededFuture(List.<String>of())
                            : journal.texts(Incidents.TABLE, row.sysId(), deadline);
                    return texts.map(
                            list -> missing(plan, list).isEmpty() ? List.of(told(plan, row)) : List.<Updated>of());
                });
    }

    private static List<String> missing(Plan plan, List<String> texts) {
        return plan.notes().entrySet().stream()
                .filter(note -> !isAmong(texts, note.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isAmong(List<String> texts, String note) {
        var reference = note.substring(note.lastIndexOf("[ref "));
        return texts.stream().anyMatch(text -> text.contains(reference));
    }

    private static boolean holds(Row row, Map.Entry<String, String> wanted) {
        return row.value(wanted.getKey())
                .strip()
                .equalsIgnoreCase(wanted.getValue().strip());
    }

    private static Updated told(Plan plan, Row stored) {
        return told(plan, stored, List.of());
    }

    private static Updated told(Plan plan, Row stored, List<String> missingNotes) {
        var updated = new ArrayList<String>();
        var leftOut = new ArrayList<>(plan.wanted().leftOut());
        for (var wanted : plan.wanted().columns().entrySet()) {
            if (holds(stored, wanted)) {
                updated.add(wanted.getKey());
            } else {
                leftOut.add(wanted.getKey() + " (ServiceNow did not take it)");
            }
        }
        var priority = plan.order().change().priority();
        if (priority != null) {
            if (stored.value("priority").equals(priority.toString())) {
                updated.add("priority");
            } else {
                leftOut.add("priority (ServiceNow made it " + stored.display("priority") + ")");
            }
        }
        plan.order().notes().keySet().forEach(column -> {
            if (missingNotes.contains(column)) {
                leftOut.add(column + " (ServiceNow did not take it)");
            } else {
                updated.add(column);
            }
        });
        if (updated.isEmpty()) {
            throw new BusException(
                    Failure.CONFLICT,
                    "ServiceNow changed nothing in ticket "
                            + plan.order().number().text() + ": " + String.join(", ", leftOut) + ".");
        }
        return new Updated(Incidents.summary(stored), stored.value("sys_updated_on"), updated, leftOut);
    }
}
