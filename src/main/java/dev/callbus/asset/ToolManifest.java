package dev.callbus.asset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools that a call has.
 *
 * @param key the manifest's name
 */
public record ToolManifest(String key, List<Entry> tools) {
    public ToolManifest {
        tools = List.copyOf(tools);
    }

    /** A manifest of these tools, each described as it describes itself. */
    public static ToolManifest of(String key, List<String> names) {
        return new ToolManifest(
                key, names.stream().map(name -> new Entry(name, null)).toList());
    }

    public List<String> names() {
        return tools.stream().map(Entry::name).toList();
    }

    /**
     * One tool.
     *
     * @param description what the model is told of it in place of the tool's own description, or null
     */
    public record Entry(String name, @Nullable String description) {}
}
