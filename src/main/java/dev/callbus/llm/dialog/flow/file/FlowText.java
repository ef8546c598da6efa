package dev.callbus.llm.dialog.flow.file;

import java.io.StringReader;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The text of a flow file, read as YAML whose values know their lines. */
final class FlowText {
    private FlowText() {}

    /** The root of the file; null if there is none to be read, which is then among the faults. */
    static @Nullable FlowValue read(String file, String text, List<FlowFault> faults) {
        try {
            var root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                faults.add(
                        new FlowFault(file, 1, "the file is empty", "Write at least the keys flow, say and moments"));
                return null;
            }
            var circle = circle(root, new IdentityHashMap<>());
            if (circle == null) {
                return new FlowValue(file, "the file", root, faults);
            }
            faults.add(new FlowFault(
                    file,
                    circle.getStartMark().getLine() + 1,
                    "what is named with & is used within itself",
                    "Write it out where * names it"));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            faults.add(new FlowFault(
                    file,
                    mark == null ? 1 : mark.getLine() + 1,
                    "this is not YAML: " + e.getProblem(),
                    "Correct the indentation and the quotes around there"));
        } catch (YAMLException e) {
            faults.add(new FlowFault(file, 1, "this is not YAML", "Write it as UTF-8 text without control characters"));
        }
        return null;
    }

    /**
     * A node that is part of itself; null if there is none.
     *
     * @param seen the nodes that were looked at, and whether they are above this one
     */
    private static @Nullable Node circle(Node node, Map<Node, Boolean> seen) {
        var above = seen.putIfAbsent(node, true);
        if (above != null) {
            return above ? node : null;
        }
        var found = parts(node)
                .map(part -> circle(part, seen))
                .filter(Objects::nonNull)
                .findFirst();
        seen.put(node, false);
        return found.orElse(null);
    }

    private static Stream<Node> parts(Node node) {
        return switch (node) {
            case SequenceNode list -> list.getValue().stream();
            case MappingNode mapping ->
                mapping.getValue().stream().flatMap(entry -> Stream.of(entry.getKeyNode(), entry.getValueNode()));
            default -> Stream.empty();
        };
    }
}
