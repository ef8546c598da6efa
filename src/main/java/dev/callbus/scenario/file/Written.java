package dev.callbus.scenario.file;

import dev.callbus.config.NearestName;
import dev.callbus.scenario.Scenario.Place;
import dev.callbus.scenario.ScenarioException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
 * A piece of YAML that knows its place. Scalars keep the text they were written with, because YAML would make a number of
 * {@code +15551234567} and of {@code 000123}, and false of {@code no}.
 */
final class Written {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)\\s*(ms|s|m)");

    private final String file;
    private final String name;
    private final Node node;
    private final int line;

    private Written(String file, String name, Node node, int line) {
        this.file = file;
        this.name = name;
        this.node = node;
        this.line = line;
    }

    /** The documents of a YAML text, without empty ones. */
    static List<Written> documents(String file, String text) {
        try {
            var documents = new ArrayList<Written>();
            for (var node : new Yaml(new LoaderOptions()).composeAll(new StringReader(text))) {
                if (node != null && !isNull(node)) {
                    documents.add(new Written(file, "the document", node, lineOf(node)));
                }
            }
            return documents;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw new ScenarioException(
                    new Place(file, mark == null ? 1 : mark.getLine() + 1),
                    "this is not YAML: " + e.getProblem(),
                    "Correct the indentation and the quotes around there");
        } catch (YAMLException e) {
            throw new ScenarioException(
                    new Place(file, 1), "this is not YAML", "Write it as UTF-8 text without control characters");
        }
    }

    int line() {
        return line;
    }

    Place place() {
        return new Place(file, line);
    }

    /** The name that it was given by its key, as complaints call it. */
    String name() {
        return name;
    }

    ScenarioException wrong(String what, String remedy) {
        return new ScenarioException(place(), what, remedy);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isText() {
        return node instanceof ScalarNode && !isNull(node);
    }

    /** The entries of this mapping, whose keys are all known; a repeated or unknown key is refused. */
    Map<String, Written> keys(List<String> known) {
        var entries = entries();
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.wrong(
                        "there is no key \"" + key + "\" in " + name,
                        "Did you mean \"" + NearestName.of(key, known) + "\"? The keys here are "
                                + String.join(", ", known));
            }
        });
        return entries;
    }

    /** The entries of this mapping, whatever their keys. */
    Map<String, Written> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(name + " is no mapping", "Write \"key: value\" lines below it");
        }
        var entries = new LinkedHashMap<String, Written>();
        for (var tuple : mapping.getValue()) {
            int at = lineOf(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new ScenarioException(new Place(file, at), "a key is no name", "Write \"name: value\"");
            }
            var value = new Written(file, key.getValue(), tuple.getValueNode(), at);
            if (entries.put(key.getValue(), value) != null) {
                throw value.wrong("\"" + key.getValue() + "\" is given twice", "Keep one of the two");
            }
        }
        return entries;
    }

    /** The items of this list, of which there is at least one. */
    List<Written> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(name + " is no list", "Write its items as lines that begin with \"- \"");
        }
        if (sequence.getValue().isEmpty()) {
            throw wrong(name + " is an empty list", "Give it an item or leave it out");
        }
        return sequence.getValue().stream()
                .map(item -> new Written(file, name, item, lineOf(item)))
                .toList();
    }

    /** The items of this list, or this as the only item. */
    List<Written> itemsOrSelf() {
        return isList() ? items() : List.of(this);
    }

    /** This text, which is not blank. */
    String text() {
        if (!(node instanceof ScalarNode scalar)
                || isNull(node)
                || scalar.getValue().isBlank()) {
            throw wrong(name + " has no text", "Write a text behind \"" + name + ":\"");
        }
        return scalar.getValue();
    }

    /** The texts of this list, or this text alone. */
    List<String> texts() {
        return itemsOrSelf().stream().map(Written::text).toList();
    }

    /** This whole number within bounds that are both included. */
    int whole(int least, int most) {
        var text = text();
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw wrong(name + " is \"" + text + "\"", "Write a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    boolean yes() {
        return switch (text()) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw wrong(name + " is \"" + text() + "\"", "Write true or false");
        };
    }

    /** This time, with its unit. */
    Duration duration() {
        var matcher = DURATION.matcher(text().strip());
        if (!matcher.matches()) {
            throw wrong(name + " is \"" + text() + "\"", "Write a time with its unit, such as 500ms, 20s or 2m");
        }
        double amount = Double.parseDouble(matcher.group(1));
        double millis = switch (matcher.group(2)) {
            case "ms" -> amount;
            case "s" -> amount * 1000;
            default -> amount * 60_000;
        };
        return Duration.ofMillis(Math.round(millis));
    }

    /** This mapping of names to texts. */
    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        entries().forEach((key, value) -> fields.put(key, value.scalar()));
        return fields;
    }

    /** This as plain data: maps, lists, texts, and, where they were written without quotes, numbers and booleans. */
    @Nullable
    Object plain() {
        if (node instanceof MappingNode) {
            var plain = new LinkedHashMap<String, @Nullable Object>();
            entries().forEach((key, value) -> plain.put(key, value.plain()));
            return plain;
        }
        if (node instanceof SequenceNode sequence) {
            var plain = new ArrayList<@Nullable Object>();
            sequence.getValue().forEach(item -> plain.add(new Written(file, name, item, lineOf(item)).plain()));
            return plain;
        }
        return plainScalar();
    }

    private @Nullable Object plainScalar() {
        var text = scalar();
        if (isNull(node)) {
            return null;
        }
        if (Tag.INT.equals(node.getTag()) && text.matches("-?(0|[1-9]\\d{0,17})")) {
            return Long.valueOf(text);
        }
        if (Tag.FLOAT.equals(node.getTag())) {
            return Double.valueOf(text);
        }
        return Tag.BOOL.equals(node.getTag()) ? (Object) yes() : text;
    }

    /** This value as it is written, which may be empty. */
    String fieldText() {
        return scalar();
    }

    private String scalar() {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrong(name + " is no text", "Write one value behind it");
        }
        return scalar.getValue();
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static boolean isNull(Node node) {
        return Tag.NULL.equals(node.getTag());
    }
}
