package dev.callbus.call;

import dev.callbus.asset.AgentProfile;
import dev.callbus.bus.Protocol;

/** What is asked of the supervisor of a node's calls. */
public sealed interface SupervisorProtocol extends Protocol {

    /** Opens a call with the agent that was chosen for it. */
    record Open(CallProtocol.Setup setup, AgentProfile profile) implements SupervisorProtocol {}

    /** The call is up and listens. */
    record Opened(String callSid) implements SupervisorProtocol {}
}
