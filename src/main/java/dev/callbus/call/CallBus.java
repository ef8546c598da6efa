package dev.callbus.call;

import dev.callbus.bus.Ask;
import dev.callbus.bus.Reach;
import dev.callbus.bus.Tell;
import dev.callbus.bus.Topic;
import java.time.Duration;

/** The addresses of calls. */
public final class CallBus {

    /** Opens a call on this node; answered once the call listens. {@code BUSY} while the node drains, {@code CONFLICT} if it is up already. */
    public static final Ask<SupervisorProtocol.Open, SupervisorProtocol.Opened> OPEN =
            new Ask<>("calls.open", Reach.NODE, Duration.ofSeconds(10));

    /** A call tells its supervisor that it is over. */
    static final Tell<SupervisorProtocol.Over> OVER = new Tell<>("calls.over", Reach.NODE);

    /** A call that is over is to be filed; fails if nobody files calls. */
    static final Tell<SupervisorProtocol.WrapUp> WRAP_UP = new Tell<>("calls.wrapup", Reach.NODE);

    /** What happens in the calls of this node. */
    public static final Topic<CallEvent> EVENTS = new Topic<>("calls.events", Reach.NODE);

    private CallBus() {}

    /** Ends the calls of this node with a goodbye; answered when the last one is over, or fails after this time. */
    public static Ask<SupervisorProtocol.Drain, SupervisorProtocol.Drained> drain(Duration atMost) {
        return new Ask<>("calls.drain", Reach.NODE, atMost);
    }

    /** The call itself. */
    public static Tell<CallProtocol.ToCall> call(String callSid) {
        return new Tell<>("call." + callSid, Reach.NODE);
    }

    /** The channel that the call's caller is on. */
    public static Tell<CallProtocol.ToChannel> channel(String callSid) {
        return new Tell<>("channel." + callSid, Reach.NODE);
    }
}
