package dev.callbus.scenario;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Tells on a terminal how scenarios go: a line for each, what failed in full, and the sum. */
public final class ScenarioReport {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String GREY = "\u001b[90m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean colours;
    private final int total;
    private final List<Outcome> outcomes = new ArrayList<>();
    private int done;
    private int failed;
    private int runs;

    /** @param total how many scenarios there are */
    public ScenarioReport(PrintStream out, boolean colours, int total) {
        this.out = out;
        this.colours = colours;
        this.total = total;
    }

    /** A scenario was played, once or several times. */
    public void played(List<Outcome> repetitions) {
        done++;
        runs += repetitions.size();
        var outcome = sum(repetitions);
        outcomes.add(outcome);
        out.println(line(outcome, repetitions.size()));
        var failure = outcome.failure();
        if (failure != null) {
            failed++;
            out.println(failure.text());
        }
    }

    /** The first run that failed, or one that differs from the first, which is a failure as well; else the first. */
    private static Outcome sum(List<Outcome> repetitions) {
        var first = repetitions.getFirst();
        var failed = repetitions.stream().filter(outcome -> !outcome.passed()).findFirst();
        if (failed.isPresent()) {
            return failed.get();
        }
        return repetitions.stream()
                .filter(outcome -> !outcome.trace().equals(first.trace()))
                .findFirst()
                .map(other -> first.failing(difference(first, other)))
                .orElse(first);
    }

    /** Tells the first line in which two runs differ. */
    private static Outcome.Failure difference(Outcome first, Outcome other) {
        var one = first.trace().lines().toList();
        var two = other.trace().lines().toList();
        int at = 0;
        while (at < one.size() && at < two.size() && one.get(at).equals(two.get(at))) {
            at++;
        }
        return new Outcome.Failure(
                first.scenario().place(),
                "the same each time: " + lineAt(one, at),
                "in a later run: " + lineAt(two, at),
                two,
                List.of());
    }

    private static String lineAt(List<String> lines, int at) {
        return at < lines.size() ? lines.get(at).strip() : "nothing more";
    }

    private String line(Outcome outcome, int repetitions) {
        var mark = outcome.passed() ? paint(GREEN, "✓") : paint(RED, "✗");
        var times = repetitions == 1 ? "" : ", " + repetitions + " times";
        var took = "(%s of virtual time in %d ms%s)"
                .formatted(Dialogue.seconds(outcome.lasted()), outcome.took().toMillis(), times);
        return "%s %s %s %s"
                .formatted(
                        paint(GREY, "%3d/%d".formatted(done, total)),
                        mark,
                        outcome.scenario().name(),
                        paint(GREY, took));
    }

    /** Prints the sum; so long it took. */
    public void finish(Duration took) {
        out.println();
        var sum = "%d passed, %d failed".formatted(done - failed, failed);
        var speed = "%d runs in %s".formatted(runs, String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0));
        out.println(paint(isGood() ? GREEN : RED, sum) + paint(GREY, " — " + speed));
    }

    /** Whether all passed, and each time in the same way. */
    public boolean isGood() {
        return failed == 0;
    }

    /** What came of each scenario, its failure if there was one, in the order of the files. */
    public List<Outcome> outcomes() {
        return outcomes.stream()
                .sorted(Comparator.comparing(
                                (Outcome outcome) -> outcome.scenario().place().file())
                        .thenComparing(outcome -> outcome.scenario().place().line()))
                .toList();
    }

    private String paint(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }
}
