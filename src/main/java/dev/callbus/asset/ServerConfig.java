package dev.callbus.asset;

import dev.callbus.config.CallSettings.SilenceSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serverConfig.json} says.
 *
 * @param contextKey of the active context, or null if none is named
 * @param manifestKey of the active tool manifest, or null if none is named
 * @param numbers the agents of single numbers, by number in E.164
 */
record ServerConfig(
        @Nullable String contextKey,
        @Nullable String manifestKey,
        Map<String, Assignment> numbers,
        RelaySettings relay,
        SilenceSettings silence,
        boolean listenMode) {
    ServerConfig {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    /** The keys of a number's own agent; null leaves the active one in force. */
    record Assignment(@Nullable String contextKey, @Nullable String manifestKey) {}
}
