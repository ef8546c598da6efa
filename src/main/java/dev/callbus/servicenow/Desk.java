package dev.callbus.servicenow;

import dev.callbus.config.ServiceNowSettings;
import dev.callbus.servicenow.table.TableClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;

/** The operations on one instance, put together; owned by the verticle. */
final class Desk {
    private final Vertx vertx;
    private final OutboxClaim claim;
    private final TableClient client;
    private final Outbox outbox;
    private final Customers customers;
    private final TicketReader reader;
    private final TicketFiler filer;
    private final TicketWriter writer;
    private final CallFiler calls;
    private final CallNotes notes;

    Desk(
            Vertx vertx,
            URI url,
            ServiceNowSettings settings,
            ServiceNowTiming timing,
            InstantSource clock,
            OutboxClaim claim) {
        this.vertx = vertx;
        this.claim = claim;
        client = new TableClient(vertx, url, settings.credentials(), timing.table());
        outbox = new Outbox(vertx, new OutboxFiles(vertx, claim.directory()), timing, clock);
        var incidents = new Incidents(client);
        var interactions = new Interactions(client);
        var journal = new Journal(client);
        var choices = new Choices(client, timing.choices());
        var once = new OnceOnly(vertx, outbox);
        customers = new Customers(client, new PhoneNumbers(settings.defaultRegion()), incidents);
        reader = new TicketReader(incidents, journal);
        filer = new TicketFiler(client, incidents, choices, outbox, once, timing, this::announce);
        var columns = new ChangeColumns(choices, new Assignees(client));
        writer = new TicketWriter(vertx, client, incidents, journal, columns);
        calls = new CallFiler(client, interactions, incidents, journal, outbox, once, timing);
        notes = new CallNotes(vertx, client, interactions, incidents, journal, outbox);
    }

    /** Takes up what an earlier run left. */
    Future<Void> open() {
        return outbox.open(this::retry);
    }

    Future<Void> close() {
        outbox.close();
        client.close();
        return vertx.executeBlocking(
                () -> {
                    claim.close();
                    return null;
                },
                false);
    }

    Customers customers() {
        return customers;
    }

    TicketReader reader() {
        return reader;
    }

    TicketFiler filer() {
        return filer;
    }

    TicketWriter writer() {
        return writer;
    }

    CallFiler calls() {
        return calls;
    }

    CallNotes notes() {
        return notes;
    }

    private void retry(OutboxEntry entry) {
        switch (entry.intent()) {
            case Intent.NewIncident incident -> filer.retry(entry);
            case Intent.EndedCall call -> calls.retry(entry);
        }
    }

    private void announce(String callSid, TicketSummary ticket) {
        ServiceNowBus.FILED.publish(vertx, new ServiceNowProtocol.Filed(callSid, ticket));
    }
}
