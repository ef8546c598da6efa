package dev.callbus;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.callbus.scenario.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.opentest4j.AssertionFailedError;

/**
 * Makes JUnit tests of scenario files, a container for each file: return {@link #of} from a method with
 * {@link org.junit.jupiter.api.TestFactory}.
 */
final class ScenarioFactory {
    private ScenarioFactory() {}

    /** A test for each scenario of these files and directories; broken files fail at once. */
    static Stream<DynamicNode> of(Path... places) {
        var scenarios = new Scenarios();
        Map<String, List<Scenario>> files = Scenarios.read(places).stream()
                .collect(Collectors.groupingBy(
                        scenario -> scenario.place().file(), LinkedHashMap::new, Collectors.toList()));
        return files.entrySet().stream()
                .<DynamicNode>map(file -> dynamicContainer(
                        file.getKey(), file.getValue().stream().map(scenario -> test(scenario, scenarios))))
                .onClose(scenarios::close);
    }

    private static DynamicNode test(Scenario scenario, Scenarios scenarios) {
        var place = Path.of(scenario.place().file()).toUri() + "?line="
                + scenario.place().line();
        return dynamicTest(scenario.name(), URI.create(place), () -> {
            var failure = scenarios.play(scenario).failure();
            if (failure != null) {
                throw new AssertionFailedError(
                        scenario.name() + "\n" + failure.text(), failure.expected(), failure.got());
            }
        });
    }
}
