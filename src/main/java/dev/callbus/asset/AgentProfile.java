package dev.callbus.asset;

import dev.callbus.config.CallSettings.SilenceSettings;

/**
 * Who answers a call, as the operator's assets say.
 *
 * @param relay what Twilio is told about speech
 * @param listenMode whether the agent says nothing and only uses its tools
 */
public record AgentProfile(
        AgentContext context, ToolManifest manifest, RelaySettings relay, SilenceSettings silence, boolean listenMode) {

    /** The same with other speech settings. */
    public AgentProfile withRelay(RelaySettings other) {
        return new AgentProfile(context, manifest, other, silence, listenMode);
    }
}
