package dev.callbus.asset;

import dev.callbus.config.ConfigFault;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The texts of all assets as they are kept, before anybody looked whether they make sense.
 *
 * @param origin where they are kept, as a person finds it: a directory, or the name of a store
 * @param contexts Markdown by key, in the keys' order
 * @param manifests JSON by key, in the keys' order
 * @param serverConfig the text of {@code serverConfig.json}; an empty JSON object if the store has none
 * @param unread what is there and couldn't be read
 * @param doubts what was left out and is to be warned of
 */
public record RawAssets(
        String origin,
        Map<String, String> contexts,
        Map<String, String> manifests,
        String serverConfig,
        List<Unread> unread,
        List<String> doubts) {
    public RawAssets {
        contexts = Collections.unmodifiableMap(new TreeMap<>(contexts));
        manifests = Collections.unmodifiableMap(new TreeMap<>(manifests));
        unread = List.copyOf(unread);
        doubts = List.copyOf(doubts);
    }

    /** Assets that could all be read. */
    public RawAssets(String origin, Map<String, String> contexts, Map<String, String> manifests, String serverConfig) {
        this(origin, contexts, manifests, serverConfig, List.of(), List.of());
    }

    /** An asset that is there, but whose text couldn't be read. */
    public record Unread(AssetKind kind, String key, ConfigFault fault) {}
}
