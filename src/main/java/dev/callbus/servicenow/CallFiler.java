package dev.callbus.servicenow;

import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.SysId;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files a call that is over: an interaction record, the transcript attached to it, a link and a work note for each of its incidents.
 * Each part is looked for before it is made, so that a call which is filed again is not filed twice.
 */
final class CallFiler {
    private static final Logger log = LoggerFactory.getLogger(CallFiler.class);

    private static final String TRANSCRIPT = "transcript.txt";
    private static final String NOTE_KEY = "call-summary";

    private final TableClient client;
    private final Interactions interactions;
    private final Incidents incidents;
    private final Journal journal;
    private final Outbox outbox;
    private final OnceOnly once;
    private final ServiceNowTiming timing;
    private final Flights<Void> flights = new Flights<>();

    CallFiler(
            TableClient client,
            Interactions interactions,
            Incidents incidents,
            Journal journal,
            Outbox outbox,
            OnceOnly once,
            ServiceNowTiming timing) {
        this.client = client;
        this.interactions = interactions;
        this.incidents = incidents;
        this.journal = journal;
        this.outbox = outbox;
        this.once = once;
        this.timing = timing;
    }

    /** Files the call now, or later if that isn't possible. */
    Future<Void> file(CallRecord call) {
        GrantCheck.call(call.callSid());
        return outbox.keep(new Intent.EndedCall(call)).compose(entry -> {
            entry.promise();
            return fly(entry);
        });
    }

    /** Tries again what is in the outbox. */
    void retry(OutboxEntry entry) {
        fly(entry);
    }

    /** The work note about a call, without its reference. */
    static String note(CallRecord call) {
        return "Phone call " + call.callSid() + " (" + call.direction() + "), " + Interactions.time(call.startedAt())
                + " to " + Interactions.time(call.endedAt()) + " UTC, ended: " + call.reason() + "\n\n"
                + (call.summary().isBlank() ? "No summary." : call.summary().strip());
    }

    private Future<Void> fly(OutboxEntry entry) {
        return flights.join(
                entry.id(), () -> outbox.conclude(entry, attempt(entry, Deadline.in(timing.attempt())), this::retry));
    }

    private Future<Void> attempt(OutboxEntry entry, Deadline deadline) {
        if (!(entry.intent() instanceof Intent.EndedCall ended)) {
            return Future.failedFuture(new IllegalArgumentException("no call"));
        } else if (outbox.holdsOther(entry)) {
            return Future.failedFuture(new TableFailure(
                    TableFailure.Kind.NO_TIME, "A ticket of the call is still to be filed; the call follows it."));
        }
        var filing = new Filing(entry, ended.call(), deadline);
        return unlessRefused("interaction", filing.interaction())
                .compose(interaction -> unlessRefused("transcript", filing.transcript(interaction))
                        .compose(v -> filing.tickets())
                        .compose(tickets -> filing.tickets(interaction, List.copyOf(tickets))));
    }

    /** Nothing in place of what ServiceNow will never take: the rest of the call is filed all the same. */
    private static <T> Future<Optional<T>> unlessRefused(String part, Future<T> step) {
        return step.map(Optional::of).recover(cause -> {
            if (cause instanceof TableFailure failure && failure.isVerdict()) {
                log.warn("ServiceNow refuses part of a call's record [part: {}, why: {}]", part, failure.kind());
                return Future.succeededFuture(Optional.empty());
            }
            return Future.failedFuture(cause);
        });
    }

    /** One try to file one call. */
    private final class Filing {
        private final OutboxEntry entry;
        private final CallRecord call;
        private final Deadline deadline;

        Filing(OutboxEntry entry, CallRecord call, Deadline deadline) {
            this.entry = entry;
            this.call = call;
            this.deadline = deadline;
        }

        Future<String> interaction() {
            return step(
                            "interaction",
                            () -> interactions.ofCall(call.callSid(), deadline).map(TicketFiler::conclusive),
                            () -> interactions.insert(call, deadline))
                    .map(Row::sysId);
        }

        Future<Boolean> transcript(Optional<String> interaction) {
            if (interaction.isEmpty() || call.transcript().isEmpty()) {
                return Future.succeededFuture(false);
            }
            var id = interaction.get();
            return step(
                            "transcript",
                            () -> client.attachments(Interactions.TABLE, id, TRANSCRIPT, deadline)
                                    .map(rows -> rows.first()),
                            () -> client.attach(Interactions.TABLE, id, TRANSCRIPT, "text/plain", text(), deadline))
                    .map(true);
        }

        /** The incidents that the call knows of and those that were filed after it. */
        Future<Set<String>> tickets() {
            return incidents.ofCall(call.callSid(), deadline).map(rows -> {
                var ids = new LinkedHashSet<String>();
                call.tickets().stream().filter(SysId::isOne).forEach(ids::add);
                rows.forEach(row -> ids.add(row.sysId()));
                return ids;
            });
        }

        Future<Void> tickets(Optional<String> interaction, List<String> tickets) {
            Future<?> chain = Future.succeededFuture();
            for (var ticket : tickets) {
                chain = chain.compose(v -> unlessRefused("link", link(interaction, ticket)))
                        .compose(v -> unlessRefused("note", note(ticket)));
            }
            return chain.mapEmpty();
        }

        private Future<Boolean> link(Optional<String> interaction, String ticket) {
            return interaction
                    .map(id -> step(
                                    "link-" + ticket,
                                    () -> interactions
                                            .link(id, ticket, deadline)
                                            .map(TicketFiler::conclusive),
                                    () -> interactions.insertLink(id, ticket, deadline))
                            .map(true))
                    .orElseGet(() -> Future.succeededFuture(false));
        }

        private Future<Boolean> note(String ticket) {
            var reference = Journal.reference(call.callSid(), NOTE_KEY, Journal.WORK_NOTES);
            var text = Journal.referenced(CallFiler.note(call), reference);
            return step(
                            "note-" + ticket,
                            () -> journal.has(Incidents.TABLE, ticket, reference, deadline)
                                    .map(there -> there ? Optional.of(true) : Optional.<Boolean>empty()),
                            () -> journal.append(Incidents.TABLE, ticket, text, deadline)
                                    .map(true))
                    .map(true);
        }

        private <T> Future<T> step(String name, Supplier<Future<Optional<T>>> lookup, Supplier<Future<T>> write) {
            return once.run(entry, name, lookup, write, deadline).map(OnceOnly.Result::value);
        }

        private Buffer text() {
            return Buffer.buffer(call.transcript().stream()
                    .map(line -> Interactions.time(line.at()) + " " + line.speaker() + ": " + line.text())
                    .collect(Collectors.joining("\n", "Call " + call.callSid() + "\n\n", "\n")));
        }
    }
}
