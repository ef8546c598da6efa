package dev.callbus.sandbox.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a scripted model answers: rules tried in order, of which the first that holds is played.
 *
 * @param model the model that the server lists; requests may name any other
 * @param missingModels the models that the server says do not exist
 * @param rules the rules in the order of the file
 * @param otherwise what is played when no rule holds
 */
public record Script(String model, Set<String> missingModels, List<Rule> rules, Rule otherwise) {
    private static final String HELP_DESK = "sandbox/help-desk.yaml";

    /** Copies the collections, which never change. */
    public Script {
        missingModels = Set.copyOf(missingModels);
        rules = List.copyOf(rules);
    }

    /**
     * Reads a script and rehearses its examples.
     *
     * @param source what complaints call the script, such as its file name
     * @throws ScriptException naming source, line, key and remedy of the first fault
     */
    public static Script parse(String source, String yaml) {
        Script script = new ScriptReader(YamlDocument.read(source, yaml)).read();
        Rehearsal.of(source, script);
        return script;
    }

    /**
     * Reads a script from a file in UTF-8.
     *
     * @throws ScriptException if the file cannot be read or is faulty
     */
    public static Script load(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ScriptException(file.toString(), 0, "", "cannot be read: " + e);
        }
    }

    /** Reads the script that comes with the product: an IT help desk. */
    public static Script helpDesk() {
        try (InputStream in = Script.class.getClassLoader().getResourceAsStream(HELP_DESK)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + HELP_DESK + " is missing from the jar");
            }
            return parse("help-desk.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
