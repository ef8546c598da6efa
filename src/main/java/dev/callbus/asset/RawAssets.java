package dev.callbus.asset;

import dev.callbus.config.ConfigFault;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** The texts of one kind by key. */
    Map<String, String> texts(AssetKind kind) {
        return switch (kind) {
            case CONTEXT -> contexts;
            case MANIFEST -> manifests;
            case SERVER_CONFIG -> Map.of(AssetKind.SERVER_CONFIG_KEY, serverConfig);
        };
    }

    /** Whether there is such an asset, readable or not. */
    boolean has(AssetKind kind, String key) {
        return texts(kind).containsKey(key) || unread.stream().anyMatch(each -> each.is(kind, key));
    }

    /** The same with these texts over those that are there. */
    RawAssets with(AssetKind kind, Map<String, String> texts) {
        var others = new TreeMap<>(texts(kind));
        others.putAll(texts);
        return with(kind, others, texts.keySet());
    }

    /** The same without this one. */
    RawAssets without(AssetKind kind, String key) {
        var others = new TreeMap<>(texts(kind));
        others.remove(key);
        return with(kind, others, Set.of(key));
    }

    private RawAssets with(AssetKind kind, Map<String, String> texts, Set<String> changed) {
        var stillUnread = unread.stream()
                .filter(each -> each.kind() != kind || !changed.contains(each.key()))
                .toList();
        return switch (kind) {
            case CONTEXT -> new RawAssets(origin, texts, manifests, serverConfig, stillUnread, doubts);
            case MANIFEST -> new RawAssets(origin, contexts, texts, serverConfig, stillUnread, doubts);
            case SERVER_CONFIG ->
                new RawAssets(
                        origin,
                        contexts,
                        manifests,
                        texts.getOrDefault(AssetKind.SERVER_CONFIG_KEY, "{}"),
                        stillUnread,
                        doubts);
        };
    }

    /** An asset that is there, but whose text couldn't be read. */
    public record Unread(AssetKind kind, String key, ConfigFault fault) {
        boolean is(AssetKind otherKind, String otherKey) {
            return kind == otherKind && key.equals(otherKey);
        }
    }
}
