package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.ConfigFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what is to be stored or deleted against a book, before anything is; refuses with a {@link BusException} that says why. */
final class AssetTexts {
    /** The size of the longest text that is taken, in UTF-8. */
    static final long MAX_BYTES = 1 << 20;

    private final AgentBook book;
    private final RawAssets raw;

    /**
     * Checks against these.
     *
     * @param raw the texts as they are kept now
     */
    AssetTexts(AgentBook book, RawAssets raw) {
        this.book = book;
        this.raw = raw;
    }

    /** The texts as they are to be stored. */
    Map<String, String> toStore(AssetKind kind, Map<String, String> texts) {
        if (texts.isEmpty()) {
            throw refused("there is nothing to store");
        }
        var found = new TreeMap<String, String>();
        texts.forEach((key, text) -> found.put(key, checked(kind, key, AssetDirectory.withoutMark(text))));
        return found;
    }

    private String checked(AssetKind kind, String key, String text) {
        if (!AssetKey.isKey(key)) {
            throw refused("\"" + shown(key) + "\" is no key: write up to " + AssetKey.MAX_LENGTH + " of "
                    + AssetKey.ALPHABET);
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw refused(key + " is larger than 1 MiB");
        }
        var faults = new ArrayList<ConfigFault>();
        var origin = kind.origin(raw.origin(), key);
        var stored = switch (kind) {
            case CONTEXT -> {
                ContextReader.read(key, origin, text, faults);
                yield text;
            }
            case MANIFEST -> {
                if (AssetKey.isServerConfig(key)) {
                    throw refused(key + " is the name of the server's configuration, not of a manifest");
                }
                ManifestReader.read(key, origin, text, book.rules().tools(), faults, new ArrayList<>());
                yield text;
            }
            case SERVER_CONFIG -> merged(key, origin, text, faults);
        };
        refuse(key, faults);
        return stored;
    }

    private String merged(String key, String origin, String text, List<ConfigFault> faults) {
        if (!key.equals(AssetKind.SERVER_CONFIG_KEY)) {
            throw refused(
                    key + " is not the key of the server's configuration, which is " + AssetKind.SERVER_CONFIG_KEY);
        }
        var patch = new JsonFaults(key, "the change", faults).parse(text);
        ServerConfigFile.read("the change", text, book.rules().silence(), faults, new ArrayList<>());
        refuse(key, faults);
        var stored = new JsonFaults(key, origin, faults).parse(raw.serverConfig());
        raw.unread().stream()
                .filter(each -> each.is(AssetKind.SERVER_CONFIG, key))
                .forEach(each -> faults.add(each.fault()));
        if (!faults.isEmpty()) {
            throw new BusException(Failure.CONFLICT, key + " as it is stored is broken: " + said(faults));
        }
        var merged = ServerConfigMerge.merge(stored, patch);
        var config = ServerConfigFile.read(origin, merged, book.rules().silence(), faults, new ArrayList<>());
        refuse(key, faults);
        checkNames(key, config);
        return merged;
    }

    /** Refuses a configuration that names what isn't there. */
    private void checkNames(String key, ServerConfig config) {
        var unknown = new ArrayList<String>();
        var contexts = book.parts().contexts().keySet();
        var manifests = book.parts().manifests().keySet();
        var overrides = book.rules().overrides();
        var context = config.contextKey() == null && overrides.context() == null
                ? BookCompiler.DEFAULT_CONTEXT
                : config.contextKey();
        var manifest = config.manifestKey() == null && overrides.manifest() == null
                ? BookCompiler.DEFAULT_MANIFEST
                : config.manifestKey();
        checkName("AssetLoader.activeContextKey", context, contexts, unknown);
        checkName("AssetLoader.activeManifestKey", manifest, manifests, unknown);
        config.numbers().forEach((number, own) -> {
            checkName("AssetLoader.numbers." + number + ".context", own.contextKey(), contexts, unknown);
            checkName("AssetLoader.numbers." + number + ".manifest", own.manifestKey(), manifests, unknown);
        });
        if (!unknown.isEmpty()) {
            throw refused(key + ": " + String.join(". ", unknown));
        }
    }

    private static void checkName(String path, @Nullable String key, Set<String> known, List<String> unknown) {
        if (key != null && !known.contains(key)) {
            unknown.add(path + " \"" + key + "\" is not there; name one of " + String.join(", ", new TreeSet<>(known)));
        }
    }

    /** Refuses to delete what isn't there and what answers calls. */
    void checkDelete(AssetKind kind, String key) {
        if (kind == AssetKind.SERVER_CONFIG) {
            throw refused("the server's configuration can't be deleted");
        }
        if (!AssetKey.isKey(key) || !raw.has(kind, key)) {
            throw AgentBook.notFound(kind, key);
        }
        if (book.isInUse(kind, key)) {
            throw new BusException(
                    Failure.CONFLICT,
                    key + " answers calls: make another one active or give the number another one first");
        }
    }

    private static void refuse(String key, List<ConfigFault> faults) {
        if (!faults.isEmpty()) {
            throw refused(key + ": " + said(faults));
        }
    }

    /** The faults in one line, without where they were found: nothing of it is stored. */
    private static String said(List<ConfigFault> faults) {
        return faults.stream()
                .map(fault -> fault.key() + (fault.value() == null ? "" : " \"" + fault.value() + "\"") + " "
                        + fault.problem() + "; " + fault.remedy())
                .collect(Collectors.joining(". "));
    }

    private static String shown(String key) {
        return key.length() > 40 ? key.substring(0, 40) + "…" : key;
    }

    private static BusException refused(String message) {
        return new BusException(Failure.BAD_REQUEST, message);
    }
}
