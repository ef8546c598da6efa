package dev.callbus.bus;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** A failed exchange on the bus: what kind of failure, at which address, and what the other side said. */
public final class BusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    public BusException(Failure failure, String message) {
        super(message, null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /** The exception that a caller of {@code address} sees in place of {@code cause}: in the words of the other side if it had any. */
    static BusException at(String address, Throwable cause) {
        return switch (cause) {
            case BusException known -> known;
            case ReplyException said
            when said.failureType() == ReplyFailure.RECIPIENT_FAILURE ->
                new BusException(Failure.of(said), String.valueOf(said.getMessage()));
            default -> new BusException(Failure.of(cause), address + ": " + cause.getMessage());
        };
    }
}
