package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.table.TableFailure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a model is told of a change that didn't go through. */
final class Refusals {
    private static final String RESOLUTION_CODE = "resolution code";
    private static final int RESOLVED = 6;
    private static final int CLOSED = 7;

    private Refusals() {}

    /** Why a change could not even be tried. */
    static Throwable before(Throwable cause) {
        if (!(cause instanceof TableFailure failure)) {
            return cause;
        }
        return switch (failure.kind()) {
            case NOT_SENT, CIRCUIT_OPEN, LOST, SERVER_ERROR, NONSENSE, TIMEOUT, NO_TIME -> nothingChanged();
            case ASLEEP, RATE_LIMIT ->
                new BusException(
                        failure.failure(),
                        String.valueOf(failure.getMessage()).replace(" Nothing was done.", "")
                                + " Nothing was changed.");
            case NOT_CONFIGURED, CREDENTIALS, FORBIDDEN, DATA_POLICY, BUSINESS_RULE, NO_RECORD, REFUSED -> failure;
        };
    }

    /** ServiceNow is away. */
    static BusException nothingChanged() {
        return new BusException(Failure.UNAVAILABLE, "ServiceNow is not working at the moment. Nothing was changed.");
    }

    /** Why ServiceNow did not carry a change out. */
    static Throwable of(Throwable cause, TicketNumber number, TicketChange change) {
        if (!(cause instanceof TableFailure failure)) {
            return cause;
        }
        return switch (failure.kind()) {
            case DATA_POLICY -> policy(failure, change.state());
            case FORBIDDEN ->
                new BusException(
                        Failure.CONFLICT,
                        "Unable to update ticket due to permission restrictions in ServiceNow."
                                + " The user account may need additional roles or permissions.");
            case NO_RECORD ->
                new BusException(
                        Failure.NOT_FOUND,
                        "Ticket not found: The ticket " + number.text() + " could not be found in ServiceNow.");
            case REFUSED ->
                new BusException(Failure.CONFLICT, "ServiceNow ticket update failed: " + failure.getMessage());
            case NOT_CONFIGURED,
                    CREDENTIALS,
                    BUSINESS_RULE,
                    RATE_LIMIT,
                    NOT_SENT,
                    NO_TIME,
                    CIRCUIT_OPEN,
                    ASLEEP,
                    LOST,
                    SERVER_ERROR,
                    NONSENSE,
                    TIMEOUT -> before(failure);
        };
    }

    /** What can be said of a change that was sent, not answered, and isn't to be seen. */
    static BusException unknown(TableFailure cause, TicketNumber number) {
        return new BusException(
                cause.failure(),
                cause.getMessage() + " It is not known whether ticket " + number.text()
                        + " was changed; when last looked at, it was not.");
    }

    private static BusException policy(TableFailure failure, @Nullable Integer state) {
        boolean code = failure.mandatory().stream()
                .anyMatch(label -> label.toLowerCase(Locale.ROOT).equals(RESOLUTION_CODE));
        if (code && state != null && state == RESOLVED) {
            return conflict("Cannot resolve ticket: Resolution code is required when changing state to Resolved."
                    + " Please provide a closeCode parameter.");
        } else if (code && state != null && state == CLOSED) {
            return conflict("Cannot close ticket: Resolution code is required when changing state to Closed."
                    + " Please provide a closeCode parameter.");
        }
        return conflict(String.valueOf(failure.getMessage()));
    }

    private static BusException conflict(String message) {
        return new BusException(Failure.CONFLICT, message);
    }
}
