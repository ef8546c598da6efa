package dev.callbus.channel.relay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a gateway holds and what it was sent. Thread-safe. */
final class RelayGauge {
    final AtomicInteger sockets = new AtomicInteger();
    final AtomicInteger listeners = new AtomicInteger();
    final AtomicInteger timers = new AtomicInteger();
    final AtomicInteger openings = new AtomicInteger();
    final LongAdder malformed = new LongAdder();
    final LongAdder unknown = new LongAdder();

    RelayHoldings holdings() {
        return new RelayHoldings(
                sockets.get(), listeners.get(), timers.get(), openings.get(), malformed.sum(), unknown.sum());
    }
}
