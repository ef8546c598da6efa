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
}
