package dev.callbus.scenario;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a scenario.
 *
 * @param took of the clock on the wall
 * @param lasted by the scenario's own clock
 * @param failure what was not as expected, or null
 * @param trace what happened, to tell two runs apart
 */
public record Outcome(
        Scenario scenario,
        Duration took,
        Duration lasted,
        @Nullable Failure failure,
        String trace) {

    /** The same, but not as expected. */
    Outcome failing(Failure other) {
        return new Outcome(scenario, took, lasted, other, trace);
    }

    /** What was not as expected, with the conversation and the bus; empty if it passed. */
    public String complaint() {
        return failure == null ? "" : failure.text();
    }

    /** Whether all was as expected. */
    public boolean passed() {
        return failure == null;
    }

    /**
     * What was not as expected.
     *
     * @param place of the step
     * @param conversation what was said until then
     * @param bus what went over the bus
     */
    public record Failure(
            Scenario.Place place, String expected, String got, List<String> conversation, List<String> bus) {
        public Failure {
            conversation = List.copyOf(conversation);
            bus = List.copyOf(bus);
        }

        /** All of it, for whoever is to find out why. */
        public String text() {
            var text = new StringBuilder();
            text.append("  at        ").append(place).append('\n');
            text.append("  expected  ").append(expected).append('\n');
            text.append("  got       ").append(got).append('\n');
            section(text, "The conversation so far:", conversation);
            section(text, "On the bus:", bus);
            return text.toString();
        }

        private static void section(StringBuilder text, String title, List<String> lines) {
            if (!lines.isEmpty()) {
                text.append("  ").append(title).append('\n');
                lines.forEach(line -> text.append("  ").append(line).append('\n'));
            }
        }
    }
}
