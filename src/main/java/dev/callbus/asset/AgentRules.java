package dev.callbus.asset;

import dev.callbus.config.AssetSettings.Overrides;
import dev.callbus.config.CallSettings.SilenceSettings;
import java.util.Set;

/**
 * What the operator's assets are read against.
 *
 * @param overrides what configuration says in place of the assets
 * @param silence what holds where the assets say nothing about silence
 * @param tools the names of the tools that this server has
 */
public record AgentRules(Overrides overrides, SilenceSettings silence, Set<String> tools) {
    public AgentRules {
        tools = Set.copyOf(tools);
    }
}
