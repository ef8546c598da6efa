package dev.callbus.servicenow;

import dev.callbus.bus.Protocol;
import dev.callbus.bus.Sensitive;
import dev.callbus.verify.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of ServiceNow. Whatever concerns a customer's tickets carries the grant of the call, which is checked
 * here once more; a ticket of somebody else is {@code NOT_FOUND}, as one that doesn't exist.
 *
 * <p>Failures: {@code BAD_REQUEST} (the message says what to correct, and may be read by a model), {@code NOT_FOUND}, {@code CONFLICT}
 * (ServiceNow's rules or rights forbid it), {@code BUSY} (rate limit), {@code UNAVAILABLE} (nothing was done), {@code BAD_GATEWAY} and {@code TIMEOUT}
 * (not known whether it was). All messages are for models and logs alike: no data of records in them.
 *
 * <p>Source: ServiceNow REST API reference, Table API
 */
public sealed interface ServiceNowProtocol extends Protocol {

    /** Finds active users. */
    record FindCustomer(Key key, Sensitive value) implements ServiceNowProtocol {}

    /** By what a customer is found. */
    enum Key {
        /** A telephone number, of 8 digits at least, in any form. */
        PHONE,
        EMAIL,
        EMPLOYEE_NUMBER
    }

    /** Who was found: nobody, one, or several among whom the caller has to be asked for. */
    record Found(List<Customer> customers) implements ServiceNowProtocol {
        public Found {
            customers = List.copyOf(customers);
        }
    }

    /** The customer's incidents, the latest first. */
    record ListTickets(String callSid, Grant grant, boolean closedToo) implements ServiceNowProtocol {}

    /** Answer to {@link ListTickets}. */
    record Tickets(List<TicketSummary> tickets) implements ServiceNowProtocol {
        public Tickets {
            tickets = List.copyOf(tickets);
        }
    }

    /** One of the customer's incidents with its history. */
    record ReadTicket(String callSid, Grant grant, String number) implements ServiceNowProtocol {}

    /** Answer to {@link ReadTicket}. */
    record TicketRead(Ticket ticket) implements ServiceNowProtocol {}

    /**
     * Makes an incident, once per call and short description however often it is asked for.
     */
    record CreateTicket(String callSid, Grant grant, NewTicket ticket) implements ServiceNowProtocol {}

    /** Answer to {@link CreateTicket}. */
    sealed interface Creation extends ServiceNowProtocol {}

    /**
     * The incident is in ServiceNow.
     *
     * @param already whether this call had made it before
     * @param leftOut what was asked for and ServiceNow didn't take, in words
     */
    record Created(TicketSummary ticket, boolean already, List<String> leftOut) implements Creation {
        public Created {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** ServiceNow can't take it now: it is kept and will be filed; {@link Filed} tells when. Not known numbers yet. */
    record Queued(String reason) implements Creation {}

    /**
     * Changes one of the customer's incidents.
     *
     * @param key names this change within the call, so that its notes are written once
     */
    record UpdateTicket(String callSid, Grant grant, String key, String number, TicketChange change)
            implements ServiceNowProtocol {}

    /**
     * Answer to {@link UpdateTicket}: confirmed by reading back.
     *
     * @param updated the columns that have the wanted value now
     * @param leftOut what ServiceNow didn't take, in words
     */
    record Updated(TicketSummary ticket, String updatedAt, List<String> updated, List<String> leftOut)
            implements ServiceNowProtocol {
        public Updated {
            updated = List.copyOf(updated);
            leftOut = List.copyOf(leftOut);
        }
    }

    /** Files an interaction record, its transcript and work notes on the tickets; kept until ServiceNow has them. */
    record FileCall(CallRecord call) implements ServiceNowProtocol {}

    /**
     * Adds a note to the latest incident of a call, or to the call's interaction record if it had none.
     *
     * @param file to be attached to it, a path on this node; it is deleted afterwards
     * @param key names the note within the call, so that it is written once
     */
    record AddToCall(
            String callSid,
            String key,
            String note,
            @Nullable CallFile file) implements ServiceNowProtocol {}

    /** A file on this node. */
    record CallFile(String path, String name, String contentType) {}

    /**
     * Answer to {@link AddToCall}.
     *
     * @param ticketNumber null if it went to the interaction record
     * @param attached whether the file is attached
     */
    record Added(@Nullable String ticketNumber, boolean attached) implements ServiceNowProtocol {}

    /** An incident that had been {@link Queued} is in ServiceNow. */
    record Filed(String callSid, TicketSummary ticket) implements ServiceNowProtocol {}
}
