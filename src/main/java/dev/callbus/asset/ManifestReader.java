package dev.callbus.asset;

import dev.callbus.config.ConfigFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The names of the tools in a manifest, written flat ({@code name}) or within {@code function} as in Chat Completions. */
final class ManifestReader {
    private ManifestReader() {}

    static List<String> names(Path file, String text, List<ConfigFault> found) {
        var faults = new JsonFaults(file, found);
        int before = found.size();
        var tools = faults.array(faults.parse(text), "", "tools");
        if (tools.isMissingNode() && found.size() == before) {
            faults.add("tools", null, "is missing", "write \"tools\": [ … ], which may be empty");
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < tools.size(); i++) {
            var tool = tools.get(i);
            var path = "tools[" + i + "]";
            var name =
                    tool.path("name").asText(tool.path("function").path("name").asText(""));
            if (!tool.path("type").asText("function").equals("function")) {
                faults.add(path + ".type", tool.path("type").asText(), "is no kind of tool here", "write \"function\"");
            } else if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                faults.add(path + ".name", name, "is no tool name", "write A-Z a-z 0-9 _ -, such as end-call");
            } else if (names.contains(name)) {
                faults.add(path + ".name", name, "is there twice", "keep one of the two");
            } else {
                names.add(name);
            }
        }
        return names;
    }
}
