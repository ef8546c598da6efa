package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigException;
import dev.callbus.config.ConfigFault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All agents of the operator's assets, ready to answer; it never changes. A new book is compiled when the assets change, and what is
 * broken in them then is kept as it was in the book before.
 */
public final class AgentBook {
    private final AgentRules rules;
    private final RawAssets raw;
    private final Parts parts;
    private final List<ConfigFault> faults;
    private final List<String> warnings;

    AgentBook(AgentRules rules, RawAssets raw, Parts parts, List<ConfigFault> faults, List<String> warnings) {
        this.rules = rules;
        this.raw = raw;
        this.parts = parts;
        this.faults = List.copyOf(faults);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * The first book of a server.
     *
     * @throws ConfigException with all faults, if one of them is in what answers calls
     */
    public static AgentBook first(RawAssets raw, AgentRules rules) {
        return new BookCompiler(rules, raw, null).compile();
    }

    /** The book of these newer assets; what is broken in them is as in this one. */
    public AgentBook next(RawAssets newer) {
        return new BookCompiler(rules, newer, this).compile();
    }

    /** What is wrong with the assets that this was compiled from, though calls are answered all the same. */
    public List<ConfigFault> faults() {
        return faults;
    }

    /** What is doubtful in the assets. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Who answers a call: whom its parameters name, else whom its number has, else the active agent.
     *
     * @param number of ours, E.164
     */
    public AgentProfile choose(String number, Map<String, String> parameters) {
        var own = parts.numbers.getOrDefault(number, Agent.NONE);
        var context = AgentSelection.context(parameters, parts.contexts);
        var manifest = AgentSelection.manifest(parameters, parts.manifests);
        return new AgentProfile(
                first(context, own.context, parts.context),
                first(manifest, own.manifest, parts.manifest),
                parts.relay,
                parts.silence,
                parts.config.listenMode());
    }

    /** Looks parts of an agent up; a {@link Failure#NOT_FOUND} is thrown for one that isn't there. */
    public AssetProtocol.Found find(@Nullable String contextKey, @Nullable String manifestKey) {
        var context = contextKey == null ? null : parts.contexts.get(AssetKey.of(contextKey));
        if (contextKey != null && context == null) {
            throw notFound(AssetKind.CONTEXT, contextKey);
        }
        var manifest = manifestKey == null ? null : parts.manifests.get(AssetKey.of(manifestKey));
        if (manifestKey != null && manifest == null) {
            throw notFound(AssetKind.MANIFEST, manifestKey);
        }
        return new AssetProtocol.Found(context, manifest);
    }

    /** Whether this is an active one, be it by configuration or assets, or a number's own. */
    boolean isInUse(AssetKind kind, String key) {
        return switch (kind) {
            case CONTEXT ->
                key.equals(parts.context.key())
                        || key.equals(parts.config.contextKey())
                        || parts.config.numbers().values().stream().anyMatch(own -> key.equals(own.contextKey()));
            case MANIFEST ->
                key.equals(parts.manifest.key())
                        || key.equals(parts.config.manifestKey())
                        || parts.config.numbers().values().stream().anyMatch(own -> key.equals(own.manifestKey()));
            case SERVER_CONFIG -> true;
        };
    }

    static BusException notFound(AssetKind kind, String key) {
        var what = switch (kind) {
            case CONTEXT -> "Context";
            case MANIFEST -> "Tool manifest";
            case SERVER_CONFIG -> "Server configuration";
        };
        return new BusException(Failure.NOT_FOUND, what + " not found for key: " + key);
    }

    /** The texts that this was compiled from. */
    RawAssets raw() {
        return raw;
    }

    AgentRules rules() {
        return rules;
    }

    Parts parts() {
        return parts;
    }

    private static <T> T first(@Nullable T named, @Nullable T own, T active) {
        return named != null ? named : own != null ? own : active;
    }

    /**
     * What a book holds.
     *
     * @param context the active one, which is kept even when it was removed from the contexts behind the server's back
     * @param manifest the active one, likewise
     * @param numbers the agents of single numbers
     * @param relay the configuration's greeting already in it
     * @param silence the configuration's threshold and reminders already in it
     */
    record Parts(
            Map<String, AgentContext> contexts,
            Map<String, ToolManifest> manifests,
            ServerConfig config,
            AgentContext context,
            ToolManifest manifest,
            Map<String, Agent> numbers,
            RelaySettings relay,
            SilenceSettings silence) {
        Parts {
            contexts = Map.copyOf(contexts);
            manifests = Map.copyOf(manifests);
            numbers = Map.copyOf(numbers);
        }
    }

    /** A number's own agent; null leaves the active part in force. */
    record Agent(@Nullable AgentContext context, @Nullable ToolManifest manifest) {
        static final Agent NONE = new Agent(null, null);
    }
}
