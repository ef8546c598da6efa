package dev.callbus.scenario;

import dev.callbus.scenario.Scenario.Place;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Plays scenarios, each in a world of its own. */
public final class ScenarioPlay {
    private static final Duration AFTERMATH = Duration.ofSeconds(5);
    private static final Duration RINGING = Duration.ofSeconds(20);

    private final World.Maker maker;
    private final LongSupplier clock;

    /** @param clock on the wall, in nanoseconds; the worlds have their own */
    public ScenarioPlay(World.Maker maker, LongSupplier clock) {
        this.maker = maker;
        this.clock = clock;
    }

    /** Plays one from the first ring to the last step; never throws. */
    public Outcome play(Scenario scenario) {
        long began = clock.getAsLong();
        try (var logs = LogEars.open();
                var stage = new Stage(maker.make(scenario), scenario.given(), logs)) {
            var failure = new Run(scenario, stage).failure();
            var lasted = stage.world.elapsed();
            return new Outcome(scenario, since(began), lasted, failure, String.join("\n", stage.ear.lines()));
        } catch (RuntimeException e) {
            var failure = new Outcome.Failure(
                    scenario.place(), "a world as it is given", String.valueOf(e.getMessage()), List.of(), List.of());
            return new Outcome(scenario, since(began), Duration.ZERO, failure, "");
        }
    }

    private Duration since(long began) {
        return Duration.ofNanos(clock.getAsLong() - began);
    }

    /** One scenario on its stage. */
    private static final class Run {
        private final Scenario scenario;
        private final Stage stage;
        private final Acting acting;
        private final Hearing hearing;
        private final Checking checking;
        private Duration since = Duration.ZERO;

        Run(Scenario scenario, Stage stage) {
            this.scenario = scenario;
            this.stage = stage;
            this.acting = new Acting(stage);
            this.hearing = new Hearing(stage);
            this.checking = new Checking(stage);
        }

        /** Plays it; what was not as expected, or null. */
        Outcome.@Nullable Failure failure() {
            int line = scenario.place().line();
            try {
                begin();
                for (int i = 0; i < scenario.steps().size(); i++) {
                    var step = scenario.steps().get(i);
                    line = step.line();
                    if (step instanceof Step.Act act) {
                        orderStubs(i + 1);
                        acting.act(act);
                    } else if (step instanceof Step.Expectation expectation) {
                        expect(expectation);
                    }
                    since = stage.world.elapsed();
                }
                for (var never : nevers()) {
                    line = never.line();
                    expect(never);
                }
                return null;
            } catch (Unmet e) {
                return failure(line, e.expected(), e.got());
            } catch (RuntimeException e) {
                return failure(line, "a step that can be played", String.valueOf(e));
            }
        }

        /** What is to hold at the end as well, when what follows a call is done. */
        private List<Step.Expectation> nevers() {
            var nevers = scenario.steps().stream()
                    .<Step.Expectation>mapMulti((step, kept) -> {
                        if (step instanceof Step.NeverHears || step instanceof Step.NeverLogs) {
                            kept.accept((Step.Expectation) step);
                        }
                    })
                    .toList();
            if (!nevers.isEmpty()) {
                stage.world.pass(AFTERMATH);
            }
            return nevers;
        }

        private void begin() {
            stage.give();
            scenario.given().tools().forEach(stubbed -> stage.world.tools().always(stubbed.tool(), stubbed.stub()));
            orderStubs(0);
            scenario.given().chaos().forEach(acting::cause);
            var given = scenario.given();
            var dialling = stage.world.dial(given.from(), given.to(), stage.ear::take);
            stage.world.until(() -> isSettled(dialling), RINGING);
            if (!dialling.succeeded()) {
                var cause = dialling.cause();
                throw new Unmet(
                        "the call is answered", cause == null ? "it rings" : String.valueOf(cause.getMessage()));
            }
            stage.answered(dialling.result());
        }

        private static boolean isSettled(Future<?> dialling) {
            return dialling.isComplete();
        }

        /** What tools do is ordered before the act that may lead to their call. */
        private void orderStubs(int from) {
            for (var step : scenario.steps().subList(from, scenario.steps().size())) {
                if (step instanceof Step.Act) {
                    return;
                }
                if (step instanceof Step.CallsTool tool && !tool.stub().isNothing()) {
                    int times = tool.times() == null ? 1 : tool.times();
                    for (int i = 0; i < times; i++) {
                        stage.world.tools().next(tool.tool(), tool.stub());
                    }
                }
            }
        }

        private void expect(Step.Expectation expectation) {
            switch (expectation) {
                case Step.Hears hears -> hearing.hears(hears, since);
                case Step.NeverHears never -> hearing.neverHears(never);
                case Step.HearsNothing nothing -> hearing.hearsNothing(nothing);
                case Step.GetsMessage message -> hearing.getsMessage(message);
                case Step.CallsTool tool -> checking.callsTool(tool);
                case Step.HasHistory history -> checking.hasHistory(history);
                case Step.HasRows rows -> checking.hasRows(rows);
                case Step.HasGrant grant -> checking.hasGrant(grant);
                case Step.IsUp up -> checking.isUp();
                case Step.HasEnded ended -> checking.hasEnded(ended);
                case Step.NeverLogs never -> {
                    stage.waitPolitely();
                    Secrecy.check(stage, never.texts());
                }
            }
        }

        private Outcome.Failure failure(int line, String expected, String got) {
            return new Outcome.Failure(
                    new Place(scenario.place().file(), line),
                    stage.memory.masked(expected),
                    stage.memory.masked(got),
                    stage.ear.lines().stream().map(stage.memory::masked).toList(),
                    Diagram.of(stage.bus.messages()).stream()
                            .map(stage.memory::masked)
                            .toList());
        }
    }
}
