package dev.callbus;

import dev.callbus.scenario.Outcome;
import dev.callbus.scenario.Scenario;
import dev.callbus.scenario.ScenarioPlay;
import dev.callbus.scenario.SimulatedWorlds;
import dev.callbus.scenario.file.ScenarioFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Conversation tests for builds of your own: reads scenario files and plays them in virtual time, all on the thread that made this.
 *
 * {@snippet :
 * @TestFactory
 * Stream<DynamicTest> conversations() {
 *     var scenarios = new Scenarios();
 *     return Scenarios.read(Path.of("scenarios")).stream()
 *             .map(each -> dynamicTest(each.name(), () -> assertEquals("", scenarios.play(each).complaint())))
 *             .onClose(scenarios::close);
 * }
 * }
 */
public final class Scenarios implements AutoCloseable {
    private final SimulatedWorlds worlds = new SimulatedWorlds(new ScenarioServer());
    private final ScenarioPlay play = new ScenarioPlay(worlds, System::nanoTime);

    /**
     * The scenarios of these files, and of all YAML files in these directories.
     *
     * @throws dev.callbus.scenario.ScenarioException with all faults of the files, each with its line and what to do
     */
    public static List<Scenario> read(Path... places) {
        return ScenarioFiles.read(List.of(places));
    }

    /** Plays a scenario in a world of its own; never throws. */
    public Outcome play(Scenario scenario) {
        return play.play(scenario);
    }

    /** Ends the last world. */
    @Override
    public void close() {
        worlds.close();
    }
}
