package dev.callbus;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The scenarios that come with the product: what it promises, as conversations. */
class ScenariosTest {

    @TestFactory
    Stream<DynamicNode> scenariosHold() {
        return ScenarioFactory.of(Path.of("assets", "scenarios"));
    }

    /** Every kind of step and of trouble does what it says. */
    @TestFactory
    Stream<DynamicNode> stepsDoWhatTheySay() {
        return ScenarioFactory.of(Path.of("src", "test", "resources", "scenarios"));
    }
}
