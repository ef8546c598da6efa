package dev.callbus.asset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agent that a call's parameters name, be it there or not.
 *
 * @param contextKey without its file's ending, or null if no context is named
 * @param manifestKey without its file's ending, or null if no manifest is named
 */
public record AgentSelection(
        @Nullable String contextKey, @Nullable String manifestKey) {
    private static final List<String> CONTEXT =
            List.of("contextKey", "contextFile", "context", "contextName", "activeContextKey");
    private static final List<String> MANIFEST =
            List.of("manifestKey", "toolManifestFile", "manifest", "manifestName", "activeManifestKey");

    /** The parameters that select; they tell a model nothing about its caller. */
    public static final Set<String> PARAMETERS =
            Stream.concat(CONTEXT.stream(), MANIFEST.stream()).collect(Collectors.toUnmodifiableSet());

    /** The selection that these parameters make; of several names of one part the present one counts. */
    public static AgentSelection of(Map<String, String> parameters) {
        return new AgentSelection(first(CONTEXT, parameters), first(MANIFEST, parameters));
    }

    private static @Nullable String first(List<String> names, Map<String, String> parameters) {
        return names.stream()
                .map(name -> parameters.getOrDefault(name, ""))
                .filter(written -> !written.isBlank())
                .map(AssetKey::of)
                .findFirst()
                .orElse(null);
    }
}
