package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.ServiceNowProtocol.AddToCall;
import dev.callbus.servicenow.ServiceNowProtocol.Added;
import dev.callbus.servicenow.ServiceNowProtocol.CallFile;
import dev.callbus.servicenow.table.Condition;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.EncodedQuery;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableFailure;
import dev.callbus.servicenow.table.TableQuery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Adds what becomes known of a call after it is over, such as its recording, to the call's latest incident or its interaction record. */
final class CallNotes {
    private static final long PAUSE = 500;
    private static final int MOST = 50;

    private final Vertx vertx;
    private final TableClient client;
    private final Interactions interactions;
    private final Incidents incidents;
    private final Journal journal;
    private final Outbox outbox;
    private final Flights<Added> flights = new Flights<>();

    CallNotes(
            Vertx vertx,
            TableClient client,
            Interactions interactions,
            Incidents incidents,
            Journal journal,
            Outbox outbox) {
        this.vertx = vertx;
        this.client = client;
        this.interactions = interactions;
        this.incidents = incidents;
        this.journal = journal;
        this.outbox = outbox;
    }

    /** The record that the note goes to. */
    private record Target(
            String table, String sysId, @Nullable String number) {}

    /** Adds note and file, each once. */
    Future<Added> add(AddToCall order, Deadline deadline) {
        GrantCheck.call(order.callSid());
        return flights.join(
                order.callSid() + " " + order.key(),
                () -> target(order.callSid(), deadline)
                        .compose(target -> note(target, order, deadline)
                                .compose(v -> attach(target, order.file(), deadline))
                                .map(attached -> new Added(target.number(), attached))));
    }

    private Future<Target> target(String callSid, Deadline deadline) {
        return interactions
                .ofCall(callSid, deadline)
                .compose(found -> latest(callSid, found.first(), deadline)
                        .map(incident -> incident.map(CallNotes::target)
                                .or(() -> found.first().map(row -> new Target(Interactions.TABLE, row.sysId(), null)))))
                .compose(target -> target.map(Future::succeededFuture)
                        .orElseGet(() -> outbox.holds(callSid) && deadline.allows(4 * PAUSE)
                                ? vertx.timer(PAUSE, TimeUnit.MILLISECONDS).compose(now -> target(callSid, deadline))
                                : Future.failedFuture(new BusException(
                                        Failure.NOT_FOUND, "ServiceNow has no record of call " + callSid))));
    }

    private static Target target(Row incident) {
        return new Target(Incidents.TABLE, incident.sysId(), incident.value("number"));
    }

    private Future<Optional<Row>> latest(String callSid, Optional<Row> interaction, Deadline deadline) {
        var linked = interaction
                .map(row -> interactions.incidentsOf(row.sysId(), deadline))
                .orElseGet(() -> Future.succeededFuture(List.of()));
        return linked.compose(ids -> ids.isEmpty() ? Future.succeededFuture(List.<Row>of()) : byIds(ids, deadline))
                .compose(rows -> rows.isEmpty() ? incidents.ofCall(callSid, deadline) : Future.succeededFuture(rows))
                .map(rows -> rows.stream()
                        .max(Comparator.comparing((Row row) -> row.value("opened_at"))
                                .thenComparing(row -> row.value("number"))));
    }

    private Future<List<Row>> byIds(List<String> ids, Deadline deadline) {
        var filter = EncodedQuery.where(Condition.oneOf("sys_id", ids));
        return client.find(new TableQuery(Incidents.TABLE, filter, Incidents.SUMMARY, MOST), deadline)
                .map(rows -> rows.all());
    }

    private Future<Void> note(Target target, AddToCall order, Deadline deadline) {
        var reference = Journal.reference(order.callSid(), order.key(), Journal.WORK_NOTES);
        var text = Journal.referenced(order.note(), reference);
        return journal.has(target.table(), target.sysId(), reference, deadline)
                .compose(there -> there
                        ? Future.succeededFuture()
                        : journal.append(target.table(), target.sysId(), text, deadline)
                                .<Void>mapEmpty()
                                .recover(cause -> unlessThere(target, reference, cause, deadline)));
    }

    /** Success after all if the note is there although its answer is not. */
    private Future<Void> unlessThere(Target target, String reference, Throwable cause, Deadline deadline) {
        if (!(cause instanceof TableFailure failure) || !failure.leavesOutcomeUnknown()) {
            return Future.failedFuture(cause);
        }
        return vertx.timer(PAUSE, TimeUnit.MILLISECONDS)
                .compose(now -> journal.has(target.table(), target.sysId(), reference, deadline))
                .otherwise(false)
                .compose(there -> there ? Future.succeededFuture() : Future.failedFuture(cause));
    }

    private Future<Boolean> attach(Target target, @Nullable CallFile file, Deadline deadline) {
        if (file == null) {
            return Future.succeededFuture(false);
        }
        return client.attachments(target.table(), target.sysId(), file.name(), deadline)
                .compose(there -> there.first().isPresent() ? Future.succeededFuture() : send(target, file, deadline))
                .map(true);
    }

    private Future<Void> send(Target target, CallFile file, Deadline deadline) {
        return vertx.fileSystem()
                .open(
                        file.path(),
                        new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                .compose(open -> open.size()
                        .compose(size -> client.attach(
                                target.table(), target.sysId(), file.name(), file.contentType(), open, size, deadline))
                        .eventually(() -> open.close().otherwiseEmpty()))
                .<Void>mapEmpty()
                .recover(cause -> attachedAfterAll(target, file, cause, deadline));
    }

    private Future<Void> attachedAfterAll(Target target, CallFile file, Throwable cause, Deadline deadline) {
        if (!(cause instanceof TableFailure failure) || !failure.leavesOutcomeUnknown()) {
            return Future.failedFuture(cause);
        }
        return client.attachments(target.table(), target.sysId(), file.name(), deadline)
                .compose(there -> there.first().isPresent() ? Future.succeededFuture() : Future.failedFuture(cause));
    }
}
