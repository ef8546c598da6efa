package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.ServiceNowProtocol.Created;
import dev.callbus.servicenow.ServiceNowProtocol.Creation;
import dev.callbus.servicenow.ServiceNowProtocol.Queued;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.Rows;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableFailure;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes incidents, each exactly once: found by a key of call and short description before it is made and after no answer came. */
final class TicketFiler {
    private static final String STEP = "incident";
    private static final int MOST_CONFIRMED = 2000;
    private static final List<String> STORED = Stream.concat(
                    Incidents.SUMMARY.stream(),
                    Stream.of(
                            "correlation_id",
                            "description",
                            "impact",
                            "urgency",
                            "category",
                            "subcategory",
                            "contact_type",
                            "parent_incident"))
            .toList();

    private final TableClient client;
    private final Incidents incidents;
    private final TicketDraft.Desk desk;
    private final Outbox outbox;
    private final OnceOnly once;
    private final ServiceNowTiming timing;
    private final BiConsumer<String, TicketSummary> filed;
    private final Flights<Created> flights = new Flights<>();
    private final Map<String, TicketSummary> confirmed = new LinkedHashMap<>();

    /** @param filed told of incidents that are made after somebody was told that they will be */
    TicketFiler(
            TableClient client,
            Incidents incidents,
            Choices choices,
            Outbox outbox,
            OnceOnly once,
            ServiceNowTiming timing,
            BiConsumer<String, TicketSummary> filed) {
        this.client = client;
        this.incidents = incidents;
        this.desk = new TicketDraft.Desk(choices, incidents);
        this.outbox = outbox;
        this.once = once;
        this.timing = timing;
        this.filed = filed;
    }

    /** The incident, or the promise that there will be one; fails if ServiceNow will not have it. */
    Future<Creation> create(String callSid, String customer, NewTicket ticket, Deadline deadline) {
        check(ticket);
        var intent = new Intent.NewIncident(callSid, key(callSid, ticket), customer, ticket);
        var known = confirmed.get(intent.id());
        if (known != null) {
            return Future.succeededFuture(new Created(known, true, List.of()));
        }
        return outbox.keep(intent)
                .compose(entry -> fly(entry, deadline)
                        .timeout(Math.max(1, deadline.millis()), TimeUnit.MILLISECONDS)
                        .<Creation>map(created -> created)
                        .recover(cause -> promised(entry, cause)));
    }

    /** Tries again what is in the outbox. */
    void retry(OutboxEntry entry) {
        fly(entry, Deadline.in(timing.attempt()));
    }

    /** What an incident is found by: the call, and the short description however it is written. */
    static String key(String callSid, NewTicket ticket) {
        var words = ticket.shortDescription()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
        return callSid + "-" + Fingerprint.of(16, words);
    }

    private static void check(NewTicket ticket) {
        if (ticket.shortDescription().isBlank()) {
            throw new BusException(Failure.BAD_REQUEST, "A ticket needs a short description.");
        }
        within("priority", ticket.priority(), 5);
        within("urgency", ticket.urgency(), 3);
        if (ticket.parentNumber() != null && !ticket.parentNumber().isBlank()) {
            TicketNumber.of(ticket.parentNumber());
        }
    }

    private static void within(String name, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw new BusException(Failure.BAD_REQUEST, "The " + name + " is a number from 1 to " + most + ".");
        }
    }

    private static Future<Creation> promised(OutboxEntry entry, Throwable cause) {
        return switch (cause) {
            case TableFailure failure when failure.isVerdict() -> Future.failedFuture(failure);
            case TableFailure failure -> queued(entry, String.valueOf(failure.getMessage()));
            case TimeoutException e -> queued(entry, "ServiceNow did not answer in time.");
            default -> Future.failedFuture(cause);
        };
    }

    private static Future<Creation> queued(OutboxEntry entry, String reason) {
        entry.promise();
        return Future.succeededFuture(
                new Queued(reason.replace(" Nothing was done.", "").replaceFirst("\\.$", "")));
    }

    private Future<Created> fly(OutboxEntry entry, Deadline deadline) {
        return flights.join(
                entry.id(),
                () -> outbox.conclude(entry, attempt(entry, deadline), this::retry)
                        .onSuccess(created -> {
                            remember(entry, created.ticket());
                            if (entry.isPromised()) {
                                filed.accept(entry.intent().callSid(), created.ticket());
                            }
                        }));
    }

    /** What was confirmed once is never doubted again, whatever becomes of the instance. */
    private void remember(OutboxEntry entry, TicketSummary ticket) {
        confirmed.put(entry.id(), ticket);
        if (confirmed.size() > MOST_CONFIRMED) {
            confirmed.remove(confirmed.keySet().iterator().next());
        }
    }

    private Future<Created> attempt(OutboxEntry entry, Deadline deadline) {
        if (!(entry.intent() instanceof Intent.NewIncident intent)) {
            return Future.failedFuture(new IllegalArgumentException("no incident"));
        }
        var priority = intent.ticket().priority();
        return desk.draft(intent, deadline)
                .compose(draft -> once.run(
                                entry,
                                STEP,
                                () -> find(intent, deadline),
                                () -> client.insert(Incidents.TABLE, draft.columns(), STORED, deadline),
                                deadline)
                        .map(result -> new Created(
                                Incidents.summary(result.value()),
                                result.already(),
                                result.already() ? List.of() : draft.differences(result.value(), priority))));
    }

    private Future<Optional<Row>> find(Intent.NewIncident intent, Deadline deadline) {
        return incidents
                .byCorrelation(intent.key(), intent.customer(), deadline)
                .map(TicketFiler::conclusive);
    }

    /** The record; fails if there may be one that isn't shown, as then it can't be known whether it has to be made. */
    static Optional<Row> conclusive(Rows rows) {
        if (rows.all().isEmpty() && !rows.isSurelyNothing()) {
            throw new TableFailure(
                    TableFailure.Kind.FORBIDDEN,
                    "ServiceNow does not let the user account look up records by their correlation_id.");
        }
        return rows.first();
    }
}
