package dev.callbus.scenario.file;

import dev.callbus.scenario.Given;
import dev.callbus.scenario.Scenario;
import dev.callbus.scenario.Scenario.Place;
import dev.callbus.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Scenario files. Each YAML document of a file is a scenario; a document with nothing but {@code given} counts for all that follow in
 * its file. The header of {@code assets/scenarios/first-steps.yaml} explains the format.
 */
public final class ScenarioFiles {
    private static final List<String> KEYS = List.of("name", "description", "tags", "cites", "given", "steps");

    private final List<String> faults = new ArrayList<>();
    private final List<Scenario> scenarios = new ArrayList<>();
    private final Map<String, Place> names = new HashMap<>();

    private ScenarioFiles() {}

    /**
     * The scenarios of these files and of all YAML files in these directories, in the order of their names.
     *
     * @throws ScenarioException with all faults, or if there is no scenario
     */
    public static List<Scenario> read(Collection<Path> places) {
        var files = new ScenarioFiles();
        places.forEach(files::add);
        return files.complete(places.toString());
    }

    /**
     * The scenarios of one text.
     *
     * @param file what complaints call it
     * @throws ScenarioException with all faults
     */
    public static List<Scenario> parse(String file, String text) {
        var files = new ScenarioFiles();
        files.text(file, text);
        return files.complete(file);
    }

    private List<Scenario> complete(String places) {
        if (faults.isEmpty() && scenarios.isEmpty()) {
            faults.add(places + ": there is no scenario. Write one, or name other files.");
        }
        if (!faults.isEmpty()) {
            throw new ScenarioException(faults);
        }
        return List.copyOf(scenarios);
    }

    private void add(Path place) {
        if (!Files.isDirectory(place)) {
            file(place);
            return;
        }
        try (Stream<Path> found = Files.walk(place)) {
            found.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().forEach(this::file);
        } catch (IOException e) {
            faults.add(place + ": the directory can't be read. Correct the path or its permissions.");
        }
    }

    private void file(Path file) {
        try {
            text(file.toString(), Files.readString(file));
        } catch (IOException e) {
            faults.add(file + ": the file can't be read. Correct the path or its permissions, and write it in UTF-8.");
        }
    }

    private void text(String file, String text) {
        try {
            var shared = Given.NOTHING;
            for (var document : Written.documents(file, text)) {
                shared = document(document, shared);
            }
        } catch (ScenarioException e) {
            faults.addAll(e.faults());
        }
    }

    /** Adds a scenario, or gives what counts for those that follow. */
    private Given document(Written document, Given shared) {
        try {
            var keys = document.keys(KEYS);
            var given = keys.get("given");
            if (given != null && keys.size() == 1) {
                return GivenReader.read(given, shared);
            }
            scenarios.add(scenario(document, keys, given == null ? shared : GivenReader.read(given, shared)));
        } catch (ScenarioException e) {
            faults.addAll(e.faults());
        }
        return shared;
    }

    private Scenario scenario(Written document, Map<String, Written> keys, Given given) {
        var name = StepReader.required(document, keys, "name");
        var before = names.putIfAbsent(name.text(), name.place());
        if (before != null) {
            throw name.wrong("there is another scenario \"" + name.text() + "\" at " + before, "Rename one of them");
        }
        var description = keys.get("description");
        return new Scenario(
                name.place(),
                name.text(),
                description == null ? "" : description.text(),
                texts(keys, "tags"),
                texts(keys, "cites"),
                given,
                new StepReader().read(StepReader.required(document, keys, "steps")));
    }

    private static List<String> texts(Map<String, Written> keys, String key) {
        var value = keys.get(key);
        return value == null ? List.of() : value.texts();
    }
}
