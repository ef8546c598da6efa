package dev.callbus.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as settings by path: {@code server.port}, {@code llm.fallback[0].name}. Scalars keep the text they were
 * written with, because YAML would make a number of {@code +15551234567} and false of {@code no}.
 */
final class YamlFile {
    private final String name;
    private final List<ConfigFault> faults;
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private YamlFile(String name, List<ConfigFault> faults) {
        this.name = name;
        this.faults = faults;
    }

    /** The settings in such a file; empty ones are left out, and what can't be read is added to the faults. */
    static Map<String, Setting> read(String name, String text, List<ConfigFault> faults) {
        var file = new YamlFile(name, faults);
        try {
            var root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                file.flatten("", mapping);
            } else if (root != null && !isNull(root)) {
                file.fault(name, root, "is no mapping", "write sections such as \"server:\" with keys below them");
            }
        } catch (MarkedYAMLException e) {
            file.faults.add(file.syntaxFault(e));
        } catch (YAMLException e) {
            faults.add(new ConfigFault(
                    name, name, null, "is not YAML", "write it as UTF-8 text without control characters"));
        }
        return file.settings;
    }

    private ConfigFault syntaxFault(MarkedYAMLException e) {
        var mark = e.getProblemMark();
        var origin =
                mark == null ? name : name + " line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
        return new ConfigFault(
                name,
                origin,
                null,
                "is not YAML: " + e.getProblem(),
                "correct the indentation and the quotes around there");
    }

    private void flatten(String path, Node node) {
        switch (node) {
            case MappingNode mapping -> flattenMapping(path, mapping);
            case SequenceNode sequence -> flattenSequence(path, sequence);
            case ScalarNode scalar -> {
                if (!isNull(scalar) && !scalar.getValue().isBlank()) {
                    put(path, List.of(scalar.getValue().strip()), scalar);
                }
            }
            default -> fault(path, node, "is nothing that can be read", "write a value, a list or a section");
        }
    }

    private void flattenMapping(String path, MappingNode mapping) {
        for (var entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                flatten(path.isEmpty() ? key.getValue() : path + "." + key.getValue(), entry.getValueNode());
            } else {
                fault(path, entry.getKeyNode(), "has a key that is no name", "write \"name: value\"");
            }
        }
    }

    private void flattenSequence(String path, SequenceNode sequence) {
        var items = sequence.getValue();
        if (items.stream().allMatch(ScalarNode.class::isInstance)) {
            var values = new ArrayList<String>();
            items.forEach(item -> values.add(((ScalarNode) item).getValue().strip()));
            put(path + "[]", values, sequence);
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            flatten(path + "[" + i + "]", items.get(i));
        }
    }

    private void put(String path, List<String> values, Node node) {
        if (settings.put(path, new Setting(path, values, origin(node))) != null) {
            fault(path, node, "is set twice in this file", "keep one of the two");
        }
    }

    private void fault(String path, Node node, String problem, String remedy) {
        faults.add(new ConfigFault(path, origin(node), null, problem, remedy));
    }

    private String origin(Node node) {
        return name + " line " + (node.getStartMark().getLine() + 1);
    }

    private static boolean isNull(Node node) {
        return Tag.NULL.equals(node.getTag());
    }
}
