package dev.callbus.asset;

import dev.callbus.config.CallSettings.SilenceSettings;
import java.util.List;

/**
 * Who answers a call, as the operator's assets say.
 *
 * @param context the model's instructions
 * @param tools the names of the tools that the call has
 * @param relay what Twilio is told about speech
 */
public record AgentProfile(String context, List<String> tools, RelaySettings relay, SilenceSettings silence) {
    public AgentProfile {
        tools = List.copyOf(tools);
    }
}
