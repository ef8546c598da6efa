package dev.callbus.twilio;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;

/** A request to Twilio that failed, with what is known about its effect. Its message may name numbers: it is not for logs. */
final class RestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;
    private final int code;

    /** What is known about the effect of a failed request. */
    enum Kind {
        /** Twilio refused it (4xx). */
        REFUSED,
        /** It had none: it was a read, or it never went out. */
        NOTHING_DONE,
        /** It was a write that Twilio itself answered with an error; whether it had an effect is not known. */
        FAILED,
        /** It was a write whose answer never came; whether it had an effect, or will yet, is not known. */
        LOST
    }

    /**
     * A failure.
     *
     * @param status of HTTP, 0 without an answer
     * @param code of Twilio, 0 without one
     */
    RestFailure(Kind kind, int status, int code, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.status = status;
        this.code = code;
    }

    Kind kind() {
        return kind;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    /** Whether it is certain what the request did, namely nothing. */
    boolean isCertain() {
        return kind == Kind.REFUSED || kind == Kind.NOTHING_DONE;
    }

    /** The failure in the words of the bus. */
    BusException toBus() {
        var message = String.valueOf(getMessage());
        return switch (kind) {
            case REFUSED -> new BusException(refusal(), "Twilio says " + code + ": " + message);
            case NOTHING_DONE -> new BusException(Failure.UNAVAILABLE, message);
            case FAILED, LOST -> new BusException(Failure.BAD_GATEWAY, message + "; not known whether it was done");
        };
    }

    private Failure refusal() {
        return switch (status) {
            case 404 -> Failure.NOT_FOUND;
            case 409, 412 -> Failure.CONFLICT;
            case 429 -> Failure.BUSY;
            default -> Failure.BAD_REQUEST;
        };
    }
}
