package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.ServiceNowSettings;
import dev.callbus.servicenow.ServiceNowProtocol.Found;
import dev.callbus.servicenow.ServiceNowProtocol.TicketRead;
import dev.callbus.servicenow.ServiceNowProtocol.Tickets;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.TableFailure;
import dev.callbus.time.LoopTime;
import dev.callbus.verify.Seal;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ServiceNow's service: answers at all addresses of {@link ServiceNowBus}. A node runs one instance, which owns the outbox. Without an
 * instance to talk to, every question fails with {@code UNAVAILABLE}.
 */
public final class ServiceNowVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(ServiceNowVerticle.class);

    private static final String NOT_CONFIGURED =
            "No ServiceNow instance is configured: set SERVICENOW_INSTANCE. Nothing was done.";

    private final ServiceNowSettings settings;
    private final ServiceNowTiming timing;
    private final GrantCheck grants;
    private final InstantSource clock;
    private @Nullable Desk desk;

    public ServiceNowVerticle(ServiceNowSettings settings, Seal seal) {
        this(settings, seal, ServiceNowTiming.standard(settings.requestTimeout()), LoopTime.clock());
    }

    /** @param clock for the life of grants and the settling of writes */
    public ServiceNowVerticle(ServiceNowSettings settings, Seal seal, ServiceNowTiming timing, InstantSource clock) {
        this.settings = settings;
        this.timing = timing;
        this.grants = new GrantCheck(seal, clock);
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        var url = settings.url();
        var opened = url == null
                ? Future.<Void>succeededFuture()
                : vertx.executeBlocking(() -> OutboxClaim.of(settings.outbox()), false)
                        .compose(claim -> {
                            desk = new Desk(vertx, url, settings, timing, clock, claim);
                            return desk.open();
                        });
        return opened.compose(ready -> Future.all(List.of(
                ServiceNowBus.FIND_CUSTOMER.serve(vertx, this::findCustomer),
                ServiceNowBus.LIST_TICKETS.serve(vertx, this::listTickets),
                ServiceNowBus.READ_TICKET.serve(vertx, this::readTicket),
                ServiceNowBus.CREATE_TICKET.serve(vertx, this::createTicket),
                ServiceNowBus.UPDATE_TICKET.serve(vertx, this::updateTicket),
                ServiceNowBus.ADD_TO_CALL.serve(vertx, this::addToCall),
                ServiceNowBus.FILE_CALL.serve(vertx, this::fileCall))));
    }

    @Override
    public Future<?> stop() {
        return desk == null ? Future.succeededFuture() : desk.close();
    }

    private Future<Found> findCustomer(ServiceNowProtocol.FindCustomer question) {
        return ask(desk -> desk.customers().find(question.key(), question.value(), deadline()))
                .map(Found::new);
    }

    private Future<Tickets> listTickets(ServiceNowProtocol.ListTickets question) {
        return ask(desk -> {
                    var customer = grants.customer(question.callSid(), question.grant());
                    return question.closedToo()
                            ? desk.reader().all(customer, deadline())
                            : desk.reader().open(customer, deadline());
                })
                .map(Tickets::new);
    }

    private Future<TicketRead> readTicket(ServiceNowProtocol.ReadTicket question) {
        return ask(desk -> {
                    var customer = grants.customer(question.callSid(), question.grant());
                    return desk.reader().read(question.number(), customer, deadline());
                })
                .map(TicketRead::new);
    }

    private Future<ServiceNowProtocol.Creation> createTicket(ServiceNowProtocol.CreateTicket question) {
        return ask(desk -> {
            var customer = grants.customer(question.callSid(), question.grant());
            return desk.filer().create(question.callSid(), customer, question.ticket(), deadline());
        });
    }

    private Future<ServiceNowProtocol.Updated> updateTicket(ServiceNowProtocol.UpdateTicket question) {
        return ask(desk -> {
            var customer = grants.customer(question.callSid(), question.grant());
            return desk.writer()
                    .update(
                            question.callSid(),
                            customer,
                            question.key(),
                            question.number(),
                            question.change(),
                            deadline());
        });
    }

    private Future<ServiceNowProtocol.Added> addToCall(ServiceNowProtocol.AddToCall question) {
        return ask(desk -> desk.notes().add(question, Deadline.in(timing.files())))
                .eventually(() -> delete(question.file()));
    }

    /** The file was handed over: it must not stay, whatever came of it. */
    private Future<Void> delete(ServiceNowProtocol.@Nullable CallFile file) {
        return file == null
                ? Future.succeededFuture()
                : vertx.fileSystem().delete(file.path()).otherwiseEmpty();
    }

    private void fileCall(ServiceNowProtocol.FileCall order) {
        var call = order.call();
        ask(desk -> desk.calls().file(call))
                .onSuccess(done -> log.info("call filed [call: {}]", call.callSid()))
                .onFailure(cause -> log.info("call not filed [call: {}, why: {}]", call.callSid(), Failure.of(cause)));
    }

    private Deadline deadline() {
        return Deadline.in(timing.ask());
    }

    private <A> Future<A> ask(Function<Desk, Future<A>> question) {
        var open = desk;
        if (open == null) {
            return Future.failedFuture(new BusException(Failure.UNAVAILABLE, NOT_CONFIGURED));
        }
        return begin(question, open).recover(cause -> Future.failedFuture(onBus(cause)));
    }

    private static <A> Future<A> begin(Function<Desk, Future<A>> question, Desk open) {
        try {
            return question.apply(open);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** The failure in the bus's terms; nothing of an unexpected one leaves this verticle but to the log. */
    private static Throwable onBus(Throwable cause) {
        return switch (cause) {
            case BusException known -> known;
            case TableFailure failure -> new BusException(failure.failure(), String.valueOf(failure.getMessage()));
            default -> {
                log.error("a question could not be answered", cause);
                yield new BusException(Failure.INTERNAL, "The ServiceNow service failed.");
            }
        };
    }
}
