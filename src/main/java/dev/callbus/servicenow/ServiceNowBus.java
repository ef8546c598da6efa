package dev.callbus.servicenow;

import dev.callbus.bus.Ask;
import dev.callbus.bus.Reach;
import dev.callbus.bus.Tell;
import dev.callbus.bus.Topic;
import java.time.Duration;

/** The addresses of ServiceNow. */
public final class ServiceNowBus {
    /** Shorter than a call waits for a tool, so that what is known by then is what the caller hears. */
    private static final Duration TIMEOUT = Duration.ofSeconds(7);

    private static final Duration FILES = Duration.ofSeconds(60);

    public static final Ask<ServiceNowProtocol.FindCustomer, ServiceNowProtocol.Found> FIND_CUSTOMER =
            new Ask<>("servicenow.customer.find", Reach.NODE, TIMEOUT);

    public static final Ask<ServiceNowProtocol.ListTickets, ServiceNowProtocol.Tickets> LIST_TICKETS =
            new Ask<>("servicenow.ticket.list", Reach.NODE, TIMEOUT);

    public static final Ask<ServiceNowProtocol.ReadTicket, ServiceNowProtocol.TicketRead> READ_TICKET =
            new Ask<>("servicenow.ticket.read", Reach.NODE, TIMEOUT);

    public static final Ask<ServiceNowProtocol.CreateTicket, ServiceNowProtocol.Creation> CREATE_TICKET =
            new Ask<>("servicenow.ticket.create", Reach.NODE, TIMEOUT);

    public static final Ask<ServiceNowProtocol.UpdateTicket, ServiceNowProtocol.Updated> UPDATE_TICKET =
            new Ask<>("servicenow.ticket.update", Reach.NODE, TIMEOUT);

    public static final Ask<ServiceNowProtocol.AddToCall, ServiceNowProtocol.Added> ADD_TO_CALL =
            new Ask<>("servicenow.call.add", Reach.NODE, FILES);

    public static final Tell<ServiceNowProtocol.FileCall> FILE_CALL = new Tell<>("servicenow.call.file", Reach.NODE);

    public static final Topic<ServiceNowProtocol.Filed> FILED = new Topic<>("servicenow.filed", Reach.NODE);

    private ServiceNowBus() {}
}
