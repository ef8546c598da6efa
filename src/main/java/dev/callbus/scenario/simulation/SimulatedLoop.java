package dev.callbus.scenario.simulation;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;

/** An event loop that its owner drives, and that says when its next timer is due. */
final class SimulatedLoop extends ManualIoEventLoop {
    SimulatedLoop(Thread owner, IoHandlerFactory handlers, SimulatedTime time) {
        super(null, owner, handlers, time);
    }

    /** When the next timer is due, in nanoseconds of the loop's ticker; -1 without one. */
    long nextTimer() {
        return nextScheduledTaskDeadlineNanos();
    }
}
