package dev.callbus.llm.dialog.understanding;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the phrases file: the sections {@code intents} and {@code synonyms}. Scalars keep the text they were written with,
 * because YAML would make false of {@code no} and a number of {@code 1}.
 */
public final class PhrasesReader {
    private final String file;

    private PhrasesReader(String file) {
        this.file = file;
    }

    /**
     * The phrases in a file.
     *
     * @throws PhrasesException that says where it is wrong, how, and what to do
     */
    public static Phrases read(Path file) throws PhrasesException {
        String name = String.valueOf(file.getFileName());
        try {
            return parse(name, Files.readString(file));
        } catch (IOException e) {
            throw new PhrasesException(
                    name, 1, "can't be read: " + e.getMessage(), "Write it as a readable UTF-8 file");
        }
    }

    /**
     * The phrases in a text.
     *
     * @param name the file that it came from, for messages
     * @throws PhrasesException that says where it is wrong, how, and what to do
     */
    public static Phrases parse(String name, String yaml) throws PhrasesException {
        var reader = new PhrasesReader(name);
        try {
            return reader.phrases(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw new PhrasesException(
                    name,
                    mark == null ? 1 : mark.getLine() + 1,
                    "is not YAML: " + e.getProblem(),
                    "Correct the indentation and the quotes around there");
        } catch (YAMLException e) {
            throw new PhrasesException(name, 1, "is not YAML", "Write it as UTF-8 text without control characters");
        }
    }

    private Phrases phrases(@Nullable Node root) throws PhrasesException {
        if (root == null) {
            throw new PhrasesException(file, 1, "is empty", "Write an intents section with examples for each intent");
        }
        Map<String, List<String>> intents = Map.of();
        Map<String, Map<String, List<String>>> synonyms = Map.of();
        for (var section : entries(root, "the file").entrySet()) {
            switch (section.getKey()) {
                case "intents" -> intents = lists(section.getValue(), "intents");
                case "synonyms" -> synonyms = synonyms(section.getValue());
                default ->
                    throw fault(
                            section.getValue(),
                            "has the unknown section " + section.getKey(),
                            "Keep intents and synonyms only");
            }
        }
        if (intents.size() < 2) {
            throw fault(root, "has fewer than two intents", "Write at least two below intents:, each with examples");
        }
        return new Phrases(intents, synonyms);
    }

    private Map<String, Map<String, List<String>>> synonyms(Node node) throws PhrasesException {
        var synonyms = new LinkedHashMap<String, Map<String, List<String>>>();
        for (var entity : entries(node, "synonyms").entrySet()) {
            synonyms.put(entity.getKey(), lists(entity.getValue(), entity.getKey()));
        }
        return synonyms;
    }

    private Map<String, List<String>> lists(Node node, String what) throws PhrasesException {
        var lists = new LinkedHashMap<String, List<String>>();
        for (var entry : entries(node, what).entrySet()) {
            lists.put(entry.getKey(), list(entry.getValue(), entry.getKey()));
        }
        return lists;
    }

    private List<String> list(Node node, String what) throws PhrasesException {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw fault(node, what + " has no list of phrases", "Write one phrase a line, each after \"- \"");
        }
        var phrases = new ArrayList<String>();
        for (Node item : sequence.getValue()) {
            if (!(item instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
                throw fault(item, what + " has a phrase that is no text", "Put the phrase in double quotes");
            }
            phrases.add(scalar.getValue().strip());
        }
        return phrases;
    }

    private Map<String, Node> entries(Node node, String what) throws PhrasesException {
        if (!(node instanceof MappingNode mapping)) {
            throw fault(node, what + " is no mapping", "Write keys, each with a colon, and their lists below them");
        }
        var entries = new LinkedHashMap<String, Node>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw fault(tuple.getKeyNode(), what + " has a key that is no name", "Write \"name:\"");
            }
            if (entries.put(key.getValue(), tuple.getValueNode()) != null) {
                throw fault(key, key.getValue() + " is written twice", "Keep one of the two");
            }
        }
        return entries;
    }

    private PhrasesException fault(Node node, String problem, String remedy) {
        return new PhrasesException(file, node.getStartMark().getLine() + 1, problem, remedy);
    }
}
