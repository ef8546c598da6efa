package dev.callbus.bus;

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

    /** The exception that a caller of {@code address} sees in place of {@code cause}. */
    static BusException at(String address, Throwable cause) {
        return cause instanceof BusException known
                ? known
                : new BusException(Failure.of(cause), address + ": " + cause.getMessage());
    }
}
