package dev.callbus.bus;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Why an ask or a tell failed, with a code that travels on the wire and reads as an HTTP status. */
public enum Failure {
    BAD_REQUEST(400),
    NOT_FOUND(404),
    CONFLICT(409),
    BUSY(429),
    INTERNAL(500),
    BAD_GATEWAY(502),
    /** Nobody listens at the address. */
    UNAVAILABLE(503),
    /** No answer came within the time that the ask allows. */
    TIMEOUT(504);

    private final int code;

    Failure(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The failure with this code; {@link #INTERNAL} for an unknown one. */
    public static Failure ofCode(int code) {
        for (Failure failure : values()) {
            if (failure.code == code) {
                return failure;
            }
        }
        return INTERNAL;
    }

    /** The failure that an exception stands for. */
    public static Failure of(Throwable cause) {
        return switch (cause) {
            case BusException e -> e.failure();
            case ReplyException e when e.failureType() == ReplyFailure.TIMEOUT -> TIMEOUT;
            case ReplyException e when e.failureType() == ReplyFailure.NO_HANDLERS -> UNAVAILABLE;
            case ReplyException e when e.failureType() == ReplyFailure.RECIPIENT_FAILURE -> ofCode(e.failureCode());
            case IllegalArgumentException e -> BAD_REQUEST;
            default -> INTERNAL;
        };
    }
}
