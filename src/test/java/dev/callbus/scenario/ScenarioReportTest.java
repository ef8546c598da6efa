package dev.callbus.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.scenario.Scenario.Place;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told on the terminal. */
class ScenarioReportTest {
    private static final Outcome.Failure FAILURE = new Outcome.Failure(
            new Place("a.yaml", 7), "this", "that", List.of("   1.0 s  agent   Hi"), List.of("picture"));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ScenarioReport report =
            new ScenarioReport(new PrintStream(printed, true, StandardCharsets.UTF_8), false, 3);

    @Test
    void eachScenarioIsALine() {
        report.played(List.of(outcome("a.yaml", "one", null, "x")));
        report.played(List.of(outcome("a.yaml", "two", FAILURE, "x")));
        report.finish(Duration.ofMillis(1500));
        assertThat(text())
                .contains("  1/3 ✓ one (3.0 s of virtual time in 12 ms)")
                .contains("  2/3 ✗ two (3.0 s of virtual time in 12 ms)")
                .contains("at        a.yaml:7", "expected  this", "got       that", "1.0 s  agent   Hi", "picture")
                .contains("1 passed, 1 failed — 2 runs in 1.5 s");
        assertThat(report.isGood()).isFalse();
    }

    @Test
    void runsThatDifferAreAFailureThoughEachPassed() {
        var first = outcome("a.yaml", "one", null, "hello\nyes");
        report.played(List.of(first, first, outcome("a.yaml", "one", null, "hello\nno")));
        assertThat(text()).contains("✗ one", "expected  the same each time: yes", "got       in a later run: no");
        assertThat(report.isGood()).isFalse();
        assertThat(report.outcomes().getFirst().passed()).isFalse();
    }

    @Test
    void oneFailureAmongManyRunsIsAFailure() {
        var first = outcome("a.yaml", "one", null, "");
        report.played(List.of(first, outcome("a.yaml", "one", FAILURE, ""), first));
        assertThat(text()).contains("✗ one", "3 times", "expected  this");
    }

    @Test
    void allGoodIsGood() {
        report.played(List.of(outcome("b.yaml", "one", null, "")));
        report.played(List.of(outcome("a.yaml", "two", null, "")));
        assertThat(report.isGood()).isTrue();
        assertThat(report.outcomes())
                .extracting(outcome -> outcome.scenario().name())
                .containsExactly("two", "one");
    }

    static Outcome outcome(String file, String name, Outcome.@Nullable Failure failure, String trace) {
        var scenario = new Scenario(new Place(file, 1), name, "", List.of(), List.of(), Given.NOTHING, List.of());
        return new Outcome(scenario, JunitXmlTest.took(), Duration.ofSeconds(3), failure, trace);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
