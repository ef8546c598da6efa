package dev.callbus.call;

import dev.callbus.asset.AgentProfile;
import dev.callbus.bus.Protocol;
import dev.callbus.servicenow.CallRecord;

/** What is asked of the supervisor of a node's calls. */
public sealed interface SupervisorProtocol extends Protocol {

    /** Opens a call with the agent that was chosen for it. */
    record Open(CallProtocol.Setup setup, AgentProfile profile, Medium medium) implements SupervisorProtocol {

        /** A call by telephone. */
        public Open(CallProtocol.Setup setup, AgentProfile profile) {
            this(setup, profile, Medium.VOICE);
        }
    }

    /** The call is up and listens. */
    record Opened(String callSid) implements SupervisorProtocol {}

    /** A call is over and may be taken down. */
    record Over(String callSid) implements SupervisorProtocol {}

    /** A call is over and to be filed. */
    record WrapUp(CallRecord call) implements SupervisorProtocol {}

    /** Take no more calls and say goodbye to those that are up. */
    record Drain(String goodbye) implements SupervisorProtocol {}

    /** No call is up any more. */
    record Drained(int calls) implements SupervisorProtocol {}
}
