package dev.callbus.asset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a call's parameters name the agent that is to answer it. */
final class AgentSelection {
    private static final Logger log = LoggerFactory.getLogger(AgentSelection.class);

    static final List<String> CONTEXT =
            List.of("contextKey", "contextFile", "context", "contextName", "activeContextKey");
    static final List<String> MANIFEST =
            List.of("manifestKey", "toolManifestFile", "manifest", "manifestName", "activeManifestKey");

    /** The parameters that select; they tell a model nothing about its caller. */
    static final Set<String> PARAMETERS =
            Stream.concat(CONTEXT.stream(), MANIFEST.stream()).collect(Collectors.toUnmodifiableSet());

    private AgentSelection() {}

    /** The context that the parameters name, or null if they name none or, after a warning, one that isn't there. */
    static @Nullable AgentContext context(Map<String, String> parameters, Map<String, AgentContext> known) {
        return named(CONTEXT, parameters, known);
    }

    /** The manifest that the parameters name, or null if they name none or, after a warning, one that isn't there. */
    static @Nullable ToolManifest manifest(Map<String, String> parameters, Map<String, ToolManifest> known) {
        return named(MANIFEST, parameters, known);
    }

    private static <T> @Nullable T named(List<String> names, Map<String, String> parameters, Map<String, T> known) {
        for (var name : names) {
            var written = parameters.getOrDefault(name, "");
            if (!written.isBlank()) {
                var key = AssetKey.of(written);
                var found = AssetKey.isKey(key) ? known.get(key) : null;
                if (found == null) {
                    log.warn(
                            "a call names an asset that is not there and gets the default [parameter: {}, key: {}]",
                            name,
                            AssetKey.isKey(key) ? key : "(not a key)");
                }
                return found;
            }
        }
        return null;
    }
}
