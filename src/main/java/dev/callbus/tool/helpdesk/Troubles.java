package dev.callbus.tool.helpdesk;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.tool.ToolOutcome;
import java.util.Map;

/** What the model is told when a service could not do what it was asked: what happened to the caller's wish, and nothing more. */
final class Troubles {
    private Troubles() {}

    /** Something that could not be looked up. */
    static ToolOutcome ofReading(String what, Throwable cause, Map<String, ?> members) {
        return ToolOutcome.refused(
                switch (Failure.of(cause)) {
                    case BAD_REQUEST, NOT_FOUND, CONFLICT -> message(cause);
                    case BUSY ->
                        what + " could not be looked up: the ticket system is busy. Tell the caller to try again in"
                                + " a few minutes.";
                    case UNAVAILABLE, BAD_GATEWAY, TIMEOUT, INTERNAL ->
                        what
                                + " could not be looked up: the ticket system can't be reached right now. Tell the caller so.";
                },
                members);
    }

    /**
     * Something that was to be changed.
     *
     * @param done what would have been done, such as "the ticket was made"
     */
    static ToolOutcome ofWriting(String done, Throwable cause, Map<String, ?> members) {
        return ToolOutcome.refused(
                switch (Failure.of(cause)) {
                    case BAD_REQUEST, NOT_FOUND, CONFLICT -> message(cause);
                    case BUSY ->
                        "Do not say that " + done + ": the ticket system is busy and refused it. Tell the caller to"
                                + " try again in a few minutes.";
                    case UNAVAILABLE ->
                        "Do not say that " + done + ": the ticket system can't be reached right now. Tell the caller"
                                + " that nothing was changed.";
                    case BAD_GATEWAY, TIMEOUT, INTERNAL ->
                        "It is not known whether " + done
                                + ": the ticket system did not answer. Do not say that it was.";
                },
                members);
    }

    private static String message(Throwable cause) {
        return cause instanceof BusException known ? String.valueOf(known.getMessage()) : "That is not possible.";
    }
}
