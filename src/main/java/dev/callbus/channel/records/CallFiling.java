package dev.callbus.channel.records;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a note and a file to a call's ticket. */
final class CallFiling {
    private static final Logger log = LoggerFactory.getLogger(CallFiling.class);

    private final Vertx vertx;

    CallFiling(Vertx vertx) {
        this.vertx = vertx;
    }

    /** How it went. */
    sealed interface Outcome {}

    /** It is in ServiceNow; {@code ticket} is null if it is with the call's interaction record. */
    record Added(@Nullable String ticket, boolean attached) implements Outcome {}

    /** Nothing is known there of the call. */
    record NoTicket() implements Outcome {}

    /** ServiceNow doesn't take it. */
    record Refused(String why) implements Outcome {}

    /** It is not known to be there. */
    record Failed() implements Outcome {}

    /** Files; never fails. A file that nobody took is deleted. */
    Future<Outcome> add(ServiceNowProtocol.AddToCall addition) {
        return send(addition)
                .<Outcome>map(added -> new Added(added.ticketNumber(), added.attached()))
                .recover(cause -> {
                    var failure = Failure.of(cause);
                    log.warn(
                            "note not filed [call: {}, key: {}, failure: {}]",
                            addition.callSid(),
                            addition.key(),
                            failure);
                    return discard(addition.file(), failure).map(done -> outcome(failure, cause));
                });
    }

    private Future<ServiceNowProtocol.Added> send(ServiceNowProtocol.AddToCall addition) {
        return Future.<Void>succeededFuture().compose(v -> ServiceNowBus.ADD_TO_CALL.send(vertx, addition));
    }

    /** Deletes the file, unless whoever was asked may still be at it. */
    private Future<Void> discard(ServiceNowProtocol.@Nullable CallFile file, Failure failure) {
        return file == null || failure == Failure.TIMEOUT
                ? Future.succeededFuture()
                : vertx.fileSystem().delete(file.path()).otherwiseEmpty();
    }

    private static Outcome outcome(Failure failure, Throwable cause) {
        return switch (failure) {
            case NOT_FOUND -> new NoTicket();
            case BAD_REQUEST, CONFLICT ->
                new Refused(cause instanceof BusException said ? String.valueOf(said.getMessage()) : "refused");
            case BUSY, INTERNAL, BAD_GATEWAY, UNAVAILABLE, TIMEOUT -> new Failed();
        };
    }
}
