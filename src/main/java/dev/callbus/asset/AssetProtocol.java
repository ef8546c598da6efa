package dev.callbus.asset;

import dev.callbus.bus.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of the asset service. */
public sealed interface AssetProtocol extends Protocol {

    /**
     * Who answers this call? The agent named by the call's parameters, else the one of our number, else the active one.
     *
     * @param number the number of ours that is called or calls, E.164
     * @param parameters of the call; {@code contextKey} and {@code manifestKey} (or their older names) select
     */
    record Choose(String number, Map<String, String> parameters) implements AssetProtocol {
        /** The parameters that name a context, the customary one first. */
        public static final List<String> CONTEXT = AgentSelection.CONTEXT;

        /** The parameters that name a tool manifest, the customary one first. */
        public static final List<String> MANIFEST = AgentSelection.MANIFEST;

        /** The parameters that select; they tell a model nothing about its caller. */
        public static final Set<String> SELECTING = AgentSelection.PARAMETERS;

        public Choose {
            parameters = Map.copyOf(parameters);
        }
    }

    /** This agent does. */
    record Chosen(AgentProfile profile) implements AssetProtocol {}

    /** Looks a context, a manifest or both up, by key; {@code NOT_FOUND} if one that is named isn't there. */
    record Find(@Nullable String contextKey, @Nullable String manifestKey) implements AssetProtocol {}

    /** What was found; null for what wasn't asked for. */
    record Found(@Nullable AgentContext context, @Nullable ToolManifest manifest) implements AssetProtocol {}

    /** What assets of this kind are there? */
    record Read(AssetKind kind) implements AssetProtocol {}

    /** These are, as their texts by key. */
    record Listing(Map<String, String> texts) implements AssetProtocol {
        public Listing {
            texts = Map.copyOf(texts);
        }
    }

    /**
     * Stores these texts: all of them after all were found good, or none. Those of {@link AssetKind#SERVER_CONFIG} are merged into
     * what is there, JSON object by object.
     *
     * <p>{@code BAD_REQUEST} names what is wrong with them, {@code UNAVAILABLE} says that the store can't be reached.
     */
    record Put(AssetKind kind, Map<String, String> texts) implements AssetProtocol {
        public Put {
            texts = Map.copyOf(texts);
        }
    }

    /** Removes a context or a manifest; {@code NOT_FOUND} if it isn't there, {@code CONFLICT} if it is in use as the active one. */
    record Delete(AssetKind kind, String key) implements AssetProtocol {}

    /** Done, and in force on this node. */
    record Stored(List<String> keys) implements AssetProtocol {
        public Stored {
            keys = List.copyOf(keys);
        }
    }
}
