package dev.callbus.asset;

import dev.callbus.config.AssetSettings;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigException;
import java.util.Map;
import java.util.Set;

/** The active agent of a directory, for who can wait for it. */
public final class FileAssets {
    private FileAssets() {}

    /**
     * Reads the active agent. It blocks.
     *
     * @param silence what holds where {@code serverConfig.json} says nothing about silence
     * @param tools the names of the tools that this server has
     * @throws ConfigException with all faults
     */
    public static AgentProfile read(AssetSettings settings, SilenceSettings silence, Set<String> tools) {
        var raw = new AssetDirectory(settings.directory()).read();
        return AgentBook.first(raw, new AgentRules(settings.overrides(), silence, tools))
                .choose("", Map.of());
    }
}
