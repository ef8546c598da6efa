package dev.callbus.asset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a part of {@code serverConfig.json} as a JSON merge patch does (RFC 7396): objects are merged, all else is replaced, and null
 * removes. Whatever name the patch has for the active context or manifest, the outcome has the present name alone, so that two
 * names never disagree.
 */
final class ServerConfigMerge {
    private static final String LOADER = "AssetLoader";
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private ServerConfigMerge() {}

    /** The merged document as text; neither object is changed. */
    static String merge(ObjectNode document, ObjectNode patch) {
        var merged = document.deepCopy();
        mergeInto(merged, patch);
        settle(merged, patch, ServerConfigFile.CONTEXT_NAMES);
        settle(merged, patch, ServerConfigFile.MANIFEST_NAMES);
        try {
            return WRITER.writeValueAsString(merged) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mergeInto(ObjectNode target, ObjectNode patch) {
        patch.fields().forEachRemaining(entry -> {
            var name = entry.getKey();
            if (entry.getValue().isNull()) {
                target.remove(name);
            } else if (entry.getValue() instanceof ObjectNode part) {
                var there = target.get(name) instanceof ObjectNode object ? object : target.putObject(name);
                mergeInto(there, part);
            } else {
                target.set(name, entry.getValue().deepCopy());
            }
        });
    }

    /** Leaves the present name alone with what the patch sets under any of these, if it sets any. */
    private static void settle(ObjectNode merged, ObjectNode patch, List<String> names) {
        var value = patched(patch, names);
        if (value == null) {
            return;
        }
        for (var parent : ServerConfigFile.PARENTS) {
            if (merged.get(parent) instanceof ObjectNode block) {
                block.remove(names);
                if (block.isEmpty()) {
                    merged.remove(parent);
                }
            }
        }
        if (!value.isNull()) {
            var block = merged.get(LOADER) instanceof ObjectNode object ? object : merged.putObject(LOADER);
            block.set(names.getFirst(), value.deepCopy());
        }
    }

    private static @Nullable JsonNode patched(ObjectNode patch, List<String> names) {
        JsonNode found = null;
        for (var parent : ServerConfigFile.PARENTS) {
            for (var name : names) {
                var value = patch.path(parent).get(name);
                if (value != null && (found == null || found.isNull())) {
                    found = value;
                }
            }
        }
        return found;
    }
}
