package dev.callbus.channel.api;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import org.jspecify.annotations.Nullable;

/** Why a request of the API is not carried out: an HTTP status, a sentence, and the field that is to blame. */
public final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String field;

    public ApiRefusal(int status, @Nullable String field, String message) {
        super(message, null, false, false);
        this.status = status;
        this.field = field;
    }

    /** A field of the body is not as it has to be. */
    public static ApiRefusal field(String field, String message) {
        return new ApiRefusal(400, field, message);
    }

    /** What to answer when the work behind the API failed; nothing of the inside is told but what a service said itself. */
    static ApiRefusal of(Throwable cause) {
        if (cause instanceof ApiRefusal known) {
            return known;
        }
        var failure = Failure.of(cause);
        boolean says = cause instanceof BusException && failure != Failure.INTERNAL;
        return new ApiRefusal(failure.code(), null, says ? String.valueOf(cause.getMessage()) : "internal error");
    }

    int status() {
        return status;
    }

    @Nullable
    String field() {
        return field;
    }
}
