package dev.callbus.llm.dialog.flow.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A value of a flow file. Reading it as something that it isn't is a fault of the file, and gives an empty thing. */
final class FlowValue {
    private static final Set<String> NOTHING = Set.of("~", "null", "Null", "NULL");

    private final String file;
    private final String name;
    private final int line;
    private final Node node;
    private final List<FlowFault> faults;

    FlowValue(String file, String name, Node node, List<FlowFault> faults) {
        this(file, name, line(node), node, faults);
    }

    private FlowValue(String file, String name, int line, Node node, List<FlowFault> faults) {
        this.file = file;
        this.name = name;
        this.line = line;
        this.node = node;
        this.faults = faults;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** The line of its key, of an item of a list that where it begins. */
    int line() {
        return line;
    }

    String name() {
        return name;
    }

    /** This value is wrong. */
    void fault(String problem, String remedy) {
        faults.add(new FlowFault(file, line, name + " " + problem, remedy));
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The text as it is written: what YAML would make of {@code no} or {@code 1} is not of interest. */
    String text() {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank() && !isNothing(scalar)) {
            return scalar.getValue();
        }
        fault("must be a text", "Write one line of text, in quotes if it has a colon or braces");
        return "";
    }

    /** What YAML writes for nothing. */
    private static boolean isNothing(ScalarNode scalar) {
        return scalar.isPlain() && NOTHING.contains(scalar.getValue());
    }

    /** A text, or a list of texts. */
    List<String> texts() {
        return isText()
                ? List.of(text())
                : items().stream().map(FlowValue::text).toList();
    }

    /** Whether this is so. */
    boolean flag() {
        var text = text();
        if (!text.equals("true") && !text.equals("false")) {
            fault("must be true or false, but is " + text, "Write true, or remove the key");
        }
        return text.equals("true");
    }

    /** The values of a list; a single value is a list of one. */
    List<FlowValue> items() {
        if (node instanceof SequenceNode sequence) {
            if (sequence.getValue().isEmpty()) {
                fault("is an empty list", "Write at least one item, or remove the key");
            }
            var items = new ArrayList<FlowValue>();
            for (var item : sequence.getValue()) {
                items.add(new FlowValue(file, name + "[" + items.size() + "]", item, faults));
            }
            return items;
        }
        return List.of(this);
    }

    /** The members of a mapping, as they are written. */
    Map<String, FlowValue> members() {
        var members = new LinkedHashMap<String, FlowValue>();
        if (!(node instanceof MappingNode mapping)) {
            fault("must be a mapping", "Write \"key: value\" lines below it, indented");
            return members;
        }
        if (mapping.getValue().isEmpty()) {
            fault("is an empty mapping", "Write at least one \"key: value\", or remove it");
        }
        for (var entry : mapping.getValue()) {
            var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            var value = new FlowValue(file, key, line(entry.getKeyNode()), entry.getValueNode(), faults);
            if (key.isBlank()) {
                fault("has a key that is no name", "Write \"key: value\"");
            } else if (members.put(key, value) != null) {
                value.fault("is there twice", "Keep one of the two");
            }
        }
        return members;
    }

    /** The members of a mapping whose values are texts. */
    Map<String, String> textMembers() {
        var texts = new LinkedHashMap<String, String>();
        members().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    /** A mapping with known keys only. */
    FlowSection section() {
        return new FlowSection(this, members());
    }

    /** A regular expression, found anywhere and in any case. */
    @Nullable
    Pattern pattern() {
        return pattern(UnaryOperator.identity());
    }

    /** The same of what is made of the text. */
    @Nullable
    Pattern pattern(UnaryOperator<String> expression) {
        try {
            var pattern = Pattern.compile(expression.apply(text()), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            if (!PatternTrial.passes(pattern)) {
                fault(
                        "takes too long where it is not found",
                        "Have fewer of * and + within each other, or one after the other");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            fault(
                    "is no regular expression: " + e.getDescription(),
                    "Correct it; a literal bracket or dot needs a backslash");
            return null;
        }
    }

    /** A regular expression or a list of them. */
    List<Pattern> patterns() {
        var patterns = new ArrayList<Pattern>();
        for (var item : items()) {
            var pattern = item.pattern();
            if (pattern != null) {
                patterns.add(pattern);
            }
        }
        return patterns;
    }
}
