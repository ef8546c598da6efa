package dev.callbus.asset;

import dev.callbus.config.CallSettings.SilenceSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who answers a call, as the operator's assets say.
 *
 * @param relay what Twilio is told about speech
 * @param listenMode whether the agent says nothing and only uses its tools
 */
public record AgentProfile(
        AgentContext context, ToolManifest manifest, RelaySettings relay, SilenceSettings silence, boolean listenMode) {

    /** The same for a call that has these parameters besides the configured ones. */
    public AgentProfile withParameters(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(relay.parameters());
        all.putAll(more);
        return withRelay(new RelaySettings(relay.attributes(), relay.languages(), all));
    }

    /** The same with other speech settings. */
    public AgentProfile withRelay(RelaySettings other) {
        return new AgentProfile(context, manifest, other, silence, listenMode);
    }
}
