package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.table.Row;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a change has to bring along, checked before it is sent.
 *
 * <p>Source: ServiceNow, "Incident states"; data policies of the table incident
 */
final class ChangeRules {
    private static final int NEW = 1;
    private static final int ON_HOLD = 3;
    private static final int RESOLVED = 6;
    private static final int CLOSED = 7;
    private static final int CANCELED = 8;
    private static final Set<Integer> STATES = Set.of(NEW, 2, ON_HOLD, RESOLVED, CLOSED, CANCELED);
    private static final String AWAITING_CALLER = "1";

    private ChangeRules() {}

    /** @throws BusException if there is nothing in the change, or something that no ticket can have */
    static void checkAlone(TicketNumber number, TicketChange change) {
        if (Stream.of(
                        change.state(),
                        change.priority(),
                        change.urgency(),
                        change.workNotes(),
                        change.comment(),
                        change.closeCode(),
                        change.resolutionNotes(),
                        change.holdReason(),
                        change.assignedTo(),
                        change.assignmentGroup(),
                        change.category(),
                        change.subcategory())
                .noneMatch(ChangeRules::isGiven)) {
            throw bad("No update fields provided for ticket " + number.text());
        }
        if (change.state() != null && !STATES.contains(change.state())) {
            throw bad("The state is one of 1 New, 2 In Progress, 3 On Hold, 6 Resolved, 7 Closed, 8 Canceled.");
        }
        within("priority", change.priority(), 5);
        within("urgency", change.urgency(), 3);
    }

    /** @throws BusException if the ticket as it is can't be changed so */
    static void check(TicketNumber number, TicketChange change, Row ticket) {
        int from = state(ticket);
        if (from == CLOSED || from == CANCELED) {
            throw new BusException(
                    Failure.CONFLICT,
                    "Ticket " + number.text() + " is " + ticket.display("state")
                            + " and can no longer be changed. A new ticket can name it as its parent.");
        }
        var to = change.state();
        if (to == null || to == from) {
            return;
        }
        switch (to) {
            case NEW ->
                throw bad("Ticket " + number.text() + " is " + ticket.display("state")
                        + " and can't become New again. Use state 2, In Progress.");
            case ON_HOLD -> onHold(change, ticket);
            case RESOLVED -> resolution("resolve", "Resolved", change, ticket);
            case CLOSED -> close(number, change, ticket, from);
            case CANCELED -> cancel(number, change, from);
            default -> {}
        }
    }

    /** Whether on hold for the caller, which needs a comment. */
    static boolean isForTheCaller(String holdReason) {
        return holdReason.equals(AWAITING_CALLER) || holdReason.equalsIgnoreCase("awaiting caller");
    }

    private static void onHold(TicketChange change, Row ticket) {
        var reason = isGiven(change.holdReason()) ? change.holdReason() : ticket.value("hold_reason");
        if (!isGiven(reason)) {
            throw bad("Cannot put the ticket on hold: a hold reason is required when changing state to On Hold."
                    + " Please provide a holdReason parameter, such as Awaiting Caller.");
        }
        if (isForTheCaller(String.valueOf(reason)) && !isGiven(change.comment())) {
            throw bad("Cannot put the ticket on hold: Awaiting Caller needs a comment that tells the caller what"
                    + " is missing. Please provide a comment parameter.");
        }
    }

    private static void close(TicketNumber number, TicketChange change, Row ticket, int from) {
        resolution("close", "Closed", change, ticket);
        if (from == NEW) {
            throw bad("Cannot close ticket: " + number.text()
                    + " is New. Resolve it first (state 6 with closeCode and resolutionNotes).");
        }
    }

    private static void cancel(TicketNumber number, TicketChange change, int from) {
        if (from == RESOLVED) {
            throw bad("Cannot cancel ticket: " + number.text() + " is already Resolved.");
        }
        if (!isGiven(change.workNotes()) && !isGiven(change.comment())) {
            throw bad("Cannot cancel ticket: please say why in a workNotes parameter.");
        }
    }

    private static void resolution(String verb, String state, TicketChange change, Row ticket) {
        if (!isGiven(change.closeCode()) && ticket.value("close_code").isEmpty()) {
            throw bad("Cannot " + verb + " ticket: Resolution code is required when changing state to " + state
                    + ". Please provide a closeCode parameter.");
        }
        if (!isGiven(change.resolutionNotes()) && ticket.value("close_notes").isEmpty()) {
            throw bad("Cannot " + verb + " ticket: Resolution notes are required when changing state to " + state
                    + ". Please provide a resolutionNotes parameter.");
        }
    }

    private static int state(Row ticket) {
        var value = ticket.value("state");
        return value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : NEW;
    }

    private static void within(String name, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw bad("The " + name + " is a number from 1 to " + most + ".");
        }
    }

    private static boolean isGiven(@Nullable Object value) {
        return value instanceof String text ? !text.isBlank() : value != null;
    }

    private static BusException bad(String message) {
        return new BusException(Failure.BAD_REQUEST, message);
    }
}
