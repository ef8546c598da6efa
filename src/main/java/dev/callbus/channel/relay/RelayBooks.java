package dev.callbus.channel.relay;

/** What all servers of a node know together about the calls of the relay channel. */
public record RelayBooks(RelayTickets tickets, OutboundOrders orders, CallProgress progress) {

    /** Empty books. */
    public RelayBooks() {
        this(new RelayTickets());
    }

    /** Books with these tickets. */
    RelayBooks(RelayTickets tickets) {
        this(tickets, new OutboundOrders(), new CallProgress());
    }
}
