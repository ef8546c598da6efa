package dev.callbus.channel.relay;

import dev.callbus.asset.AgentProfile;
import io.vertx.core.Future;

/** Who answers which call. */
@FunctionalInterface
public interface AgentChoice {

    /** The agent for this call; a failed future, such as that of a node that drains, makes the caller hear that nobody can answer now. */
    Future<AgentProfile> choose(IncomingCall call);
}
