package dev.callbus.asset;

import dev.callbus.config.ConfigFault;
import dev.callbus.llm.ModelChoice;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a context document: Markdown, which may begin with a front matter, that is YAML between two lines of {@code ---}, with
 * {@code provider} and {@code model}.
 */
final class ContextReader {
    private static final String FENCE = "---";
    private static final List<String> KNOWN = List.of("provider", "model");

    private final String key;
    private final String origin;
    private final List<ConfigFault> faults;

    private ContextReader(String key, String origin, List<ConfigFault> faults) {
        this.key = key;
        this.origin = origin;
        this.faults = faults;
    }

    /**
     * The context that this text is; what is wrong with it is added to the faults.
     *
     * @param origin where the text is kept
     */
    static AgentContext read(String key, String origin, String text, List<ConfigFault> faults) {
        return new ContextReader(key, origin, faults).read(text);
    }

    private AgentContext read(String text) {
        var lines = text.lines().toList();
        int start = 0;
        var model = ModelChoice.CONFIGURED;
        if (!lines.isEmpty() && isFence(lines.getFirst())) {
            int end = 1;
            while (end < lines.size() && !isFence(lines.get(end))) {
                end++;
            }
            if (end == lines.size()) {
                fault("front matter", null, "is not closed", "end it with a line of " + FENCE);
            } else {
                model = choice(String.join("\n", lines.subList(1, end)));
            }
            start = Math.min(end + 1, lines.size());
        }
        var instructions = String.join("\n", lines.subList(start, lines.size())).strip();
        if (instructions.isEmpty()) {
            fault(
                    key + ".md",
                    null,
                    "is empty, and an agent without instructions says anything",
                    "write the agent's instructions");
        }
        return new AgentContext(key, instructions, model);
    }

    private ModelChoice choice(String yaml) {
        var values = new LinkedHashMap<String, String>();
        try {
            var root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root instanceof MappingNode mapping) {
                readEntries(mapping, values);
            } else if (root != null && !Tag.NULL.equals(root.getTag())) {
                fault("front matter", null, "is no mapping", "write lines such as \"model: gpt-4o\"");
            }
        } catch (YAMLException e) {
            fault("front matter", null, "is not YAML", "write lines such as \"model: gpt-4o\"");
        }
        return new ModelChoice(values.get("provider"), values.get("model"));
    }

    private void readEntries(MappingNode mapping, Map<String, String> values) {
        for (var entry : mapping.getValue()) {
            var name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(a list or a mapping)";
            if (!KNOWN.contains(name)) {
                fault(name, null, "is no key of a front matter", "write " + String.join(" or ", KNOWN));
            } else if (!(entry.getValueNode() instanceof ScalarNode scalar)) {
                fault(name, null, "is a list or a mapping", "write one name");
            } else if (!Tag.NULL.equals(scalar.getTag())
                    && !scalar.getValue().isBlank()
                    && values.put(name, scalar.getValue().strip()) != null) {
                fault(name, scalar.getValue(), "is there twice", "keep one of the two");
            }
        }
    }

    private static boolean isFence(String line) {
        return line.stripTrailing().equals(FENCE);
    }

    private void fault(String name, @Nullable String value, String problem, String remedy) {
        faults.add(new ConfigFault(name, origin, value, problem, remedy));
    }
}
