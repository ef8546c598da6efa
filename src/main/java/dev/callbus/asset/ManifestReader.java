package dev.callbus.asset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.config.ConfigFault;
import dev.callbus.config.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a tool manifest, whose tools are written flat ({@code name}) or within {@code function} as in Chat Completions. */
final class ManifestReader {
    private final JsonFaults faults;
    private final Map<String, ToolManifest.Entry> tools = new LinkedHashMap<>();

    private ManifestReader(JsonFaults faults) {
        this.faults = faults;
    }

    /**
     * The manifest that this text is, with those of its tools that this server has; what is wrong with it is added to the faults, what
     * is left out to the warnings.
     *
     * @param origin where the text is kept
     * @param known the names of this server's tools
     */
    static ToolManifest read(
            String key, String origin, String text, Set<String> known, List<ConfigFault> found, List<String> warnings) {
        var faults = new JsonFaults(key + ".json", origin, found);
        int before = found.size();
        var array = faults.array(faults.parse(text), "", "tools");
        if (array.isMissingNode() && found.size() == before) {
            faults.add("tools", null, "is missing", "write \"tools\": [ … ], which may be empty");
        }
        var reader = new ManifestReader(faults);
        for (int i = 0; i < array.size(); i++) {
            reader.readTool("tools[" + i + "]", array.get(i));
        }
        return reader.known(key, origin, known, warnings);
    }

    private void readTool(String path, JsonNode tool) {
        var function = tool.path("name").isMissingNode() ? tool.path("function") : tool;
        var name = function.path("name").asText("");
        var type = tool.path("type").asText("function");
        if (!type.equals("function")) {
            faults.add(path + ".type", type, "is no kind of tool here", "write \"function\"");
        } else if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            faults.add(path + ".name", name, "is no tool name", "write A-Z a-z 0-9 _ -, such as end-call");
        } else if (tools.containsKey(name)) {
            faults.add(path + ".name", name, "is there twice", "keep one of the two");
        } else {
            tools.put(name, new ToolManifest.Entry(name, faults.text(function, path, "description")));
        }
    }

    private ToolManifest known(String key, String origin, Set<String> known, List<String> warnings) {
        var unknown =
                tools.keySet().stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty() && unknown.size() == tools.size()) {
            faults.add(
                    "tools",
                    String.join(", ", unknown),
                    "names no tool that this server has",
                    "name some of " + String.join(", ", new TreeSet<>(known)));
        } else {
            unknown.forEach(name -> warnings.add(origin + " names the tool " + name
                    + ", which this server does not have; it is left out, and the nearest one is "
                    + NearestName.of(name, known)));
        }
        return new ToolManifest(
                key,
                tools.values().stream()
                        .filter(tool -> known.contains(tool.name()))
                        .toList());
    }
}
