package dev.callbus.channel.relay;

/**
 * What a gateway holds at a moment, and what it was sent so far.
 *
 * @param sockets that are open
 * @param listeners on the bus
 * @param timers that run
 * @param openings calls that are asked for and not up yet
 * @param malformed frames so far that were none, second setups included
 * @param unknown frames so far of types that we don't know
 */
public record RelayHoldings(int sockets, int listeners, int timers, int openings, long malformed, long unknown) {

    /** Whether nothing is left of any connection. */
    public boolean isEmpty() {
        return sockets == 0 && listeners == 0 && timers == 0 && openings == 0;
    }
}
