package dev.callbus.asset;

import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigException;
import dev.callbus.config.ConfigFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a book of agents from texts, once. */
final class BookCompiler {
    /** What is active where nobody says so. */
    static final String DEFAULT_CONTEXT = "defaultContext";
    /** What is active where nobody says so. */
    static final String DEFAULT_MANIFEST = "defaultToolManifest";

    private final AgentRules rules;
    private final RawAssets raw;
    private final @Nullable AgentBook previous;
    private final Set<ConfigFault> faults = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    /** Whether a fault is in what answers calls. */
    private boolean isInForceBroken;

    BookCompiler(AgentRules rules, RawAssets raw, @Nullable AgentBook previous) {
        this.rules = rules;
        this.raw = raw;
        this.previous = previous;
    }

    /** The book; a {@link ConfigException} if there was none before and what would answer calls is broken. */
    AgentBook compile() {
        warnings.addAll(raw.doubts());
        var config = config();
        var contexts = contexts();
        var manifests = manifests();
        var overrides = rules.overrides();
        var context = active(
                contexts,
                overrides.context(),
                config.contextKey(),
                DEFAULT_CONTEXT,
                previous == null ? null : previous.parts().context().key());
        var manifest = active(
                manifests,
                overrides.manifest(),
                config.manifestKey(),
                DEFAULT_MANIFEST,
                previous == null ? null : previous.parts().manifest().key());
        var numbers = numbers(config, contexts, manifests);
        if (previous == null && isInForceBroken) {
            throw new ConfigException("The agent's description", List.copyOf(faults));
        }
        var parts = new AgentBook.Parts(
                contexts.good,
                manifests.good,
                config,
                kept(context, previous == null ? null : previous.parts().context()),
                kept(manifest, previous == null ? null : previous.parts().manifest()),
                numbers,
                greeted(config.relay()),
                overridden(config.silence()));
        return new AgentBook(rules, raw, parts, List.copyOf(faults), warnings);
    }

    private static <T> T kept(@Nullable T now, @Nullable T before) {
        if (now != null) {
            return now;
        }
        if (before == null) {
            throw new IllegalStateException("a missing part without a fault");
        }
        return before;
    }

    private ServerConfig config() {
        var found = unread(AssetKind.SERVER_CONFIG, AssetKind.SERVER_CONFIG_KEY);
        var doubts = new ArrayList<String>();
        var origin = AssetKind.SERVER_CONFIG.origin(raw.origin(), AssetKind.SERVER_CONFIG_KEY);
        var config = ServerConfigFile.read(origin, raw.serverConfig(), rules.silence(), found, doubts);
        if (found.isEmpty()) {
            doubts.forEach(doubt -> warnings.add(origin + ": " + doubt));
            return config;
        }
        isInForceBroken = true;
        faults.addAll(found);
        return previous == null ? config : previous.parts().config();
    }

    private Compiled<AgentContext> contexts() {
        var compiled = new Compiled<AgentContext>(
                AssetKind.CONTEXT,
                "context",
                previous == null ? Map.of() : previous.parts().contexts());
        raw.contexts().forEach((key, text) -> {
            var found = new ArrayList<ConfigFault>();
            compiled.put(key, ContextReader.read(key, compiled.kind.origin(raw.origin(), key), text, found), found);
        });
        return compiled.withUnread();
    }

    private Compiled<ToolManifest> manifests() {
        var compiled = new Compiled<ToolManifest>(
                AssetKind.MANIFEST,
                "tool manifest",
                previous == null ? Map.of() : previous.parts().manifests());
        raw.manifests().forEach((key, text) -> {
            var found = new ArrayList<ConfigFault>();
            var origin = compiled.kind.origin(raw.origin(), key);
            compiled.put(key, ManifestReader.read(key, origin, text, rules.tools(), found, warnings), found);
        });
        return compiled.withUnread();
    }

    /** The active one; after a fault the one that was active, or null. */
    private <T> @Nullable T active(
            Compiled<T> known,
            @Nullable String overriding,
            @Nullable String named,
            String otherwise,
            @Nullable String before) {
        var key = overriding != null ? AssetKey.of(overriding) : named != null ? named : otherwise;
        var origin = overriding != null
                ? "configuration"
                : AssetKind.SERVER_CONFIG.origin(raw.origin(), AssetKind.SERVER_CONFIG_KEY);
        var found = resolve(known, key, "active " + known.word, origin);
        return found != null || before == null ? found : known.good.get(before);
    }

    private Map<String, AgentBook.Agent> numbers(
            ServerConfig config, Compiled<AgentContext> contexts, Compiled<ToolManifest> manifests) {
        var origin = AssetKind.SERVER_CONFIG.origin(raw.origin(), AssetKind.SERVER_CONFIG_KEY);
        var numbers = new LinkedHashMap<String, AgentBook.Agent>();
        config.numbers().forEach((number, assigned) -> {
            var path = "AssetLoader.numbers." + number;
            var before = previous == null
                    ? AgentBook.Agent.NONE
                    : previous.parts().numbers().getOrDefault(number, AgentBook.Agent.NONE);
            var context = assigned.contextKey() == null
                    ? null
                    : resolve(contexts, assigned.contextKey(), path + ".context", origin);
            var manifest = assigned.manifestKey() == null
                    ? null
                    : resolve(manifests, assigned.manifestKey(), path + ".manifest", origin);
            numbers.put(
                    number,
                    new AgentBook.Agent(
                            context == null && assigned.contextKey() != null ? before.context() : context,
                            manifest == null && assigned.manifestKey() != null ? before.manifest() : manifest));
        });
        return numbers;
    }

    /** The asset of this key; one whose own fault is known already gets no second one. */
    private <T> @Nullable T resolve(Compiled<T> known, String key, String path, String origin) {
        isInForceBroken |= known.broken.contains(key);
        var found = known.good.get(key);
        if (found == null && !known.broken.contains(key)) {
            isInForceBroken = true;
            var names = new TreeSet<>(known.good.keySet());
            names.addAll(known.broken);
            var remedy = names.isEmpty() ? "put one into " + raw.origin() : "name one of " + String.join(", ", names);
            faults.add(new ConfigFault(path, origin, key, "is no " + known.word + " that is there", remedy));
        }
        return found;
    }

    private List<ConfigFault> unread(AssetKind kind, String key) {
        var found = new ArrayList<ConfigFault>();
        raw.unread().stream().filter(each -> each.is(kind, key)).forEach(each -> found.add(each.fault()));
        return found;
    }

    private RelaySettings greeted(RelaySettings relay) {
        var greeting = rules.overrides().welcomeGreeting();
        if (greeting == null) {
            return relay;
        }
        var attributes = new LinkedHashMap<>(relay.attributes());
        attributes.put(RelayAttribute.WELCOME_GREETING.attribute(), greeting);
        return new RelaySettings(attributes, relay.languages(), relay.parameters());
    }

    private SilenceSettings overridden(SilenceSettings found) {
        var overrides = rules.overrides();
        var threshold = overrides.silenceThreshold() == null ? found.threshold() : overrides.silenceThreshold();
        var settled = new SilenceSettings(found.enabled(), threshold, found.messages(), found.farewell());
        var reminders = overrides.silenceReminders();
        return reminders == null ? settled : settled.withReminders(reminders);
    }

    /** The assets of one kind as they come out. */
    private final class Compiled<T> {
        private final AssetKind kind;
        private final String word;
        private final Map<String, T> before;
        private final Map<String, T> good = new TreeMap<>();
        private final Set<String> broken = new TreeSet<>();

        Compiled(AssetKind kind, String word, Map<String, T> before) {
            this.kind = kind;
            this.word = word;
            this.before = before;
        }

        void put(String key, T asset, List<ConfigFault> found) {
            if (found.isEmpty()) {
                good.put(key, asset);
            } else {
                keepAsBefore(key, found);
            }
        }

        Compiled<T> withUnread() {
            raw.unread().stream()
                    .filter(each -> each.kind() == kind)
                    .forEach(each -> keepAsBefore(each.key(), List.of(each.fault())));
            return this;
        }

        private void keepAsBefore(String key, List<ConfigFault> found) {
            faults.addAll(found);
            broken.add(key);
            var last = before.get(key);
            if (last != null) {
                good.put(key, last);
            }
        }
    }
}
