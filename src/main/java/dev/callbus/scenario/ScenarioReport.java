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
    private static final String YELLOW = "\u001b[33m";
    private static final String GREY = "\u001b[90m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean colours;
    private final int total;
    private final List<Outcome> outcomes = new ArrayList<>();
    private int done;
    private int failed;
    private int unsteady;
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
        var first = repetitions.getFirst();
        var worst = repetitions.stream()
                .filter(outcome -> !outcome.passed())
                .findFirst()
                .orElse(first);
        outcomes.add(worst);
        boolean steady = repetitions.stream().allMatch(outcome -> isSame(outcome, first));
        if (!worst.passed()) {
            failed++;
        } else if (!steady) {
            unsteady++;
        }
        out.println(line(worst, steady, repetitions.size()));
        var failure = worst.failure();
        if (failure != null) {
            out.println(failure.text());
        }
        if (!steady) {
            out.println("  Its runs differ:\n" + difference(first, repetitions));
        }
    }

    private String line(Outcome outcome, boolean steady, int repetitions) {
        var mark = !outcome.passed() ? paint(RED, "✗") : steady ? paint(GREEN, "✓") : paint(YELLOW, "≠");
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

    private static boolean isSame(Outcome one, Outcome other) {
        return one.passed() == other.passed() && one.trace().equals(other.trace());
    }

    /** The first line in which two runs differ. */
    private static String difference(Outcome first, List<Outcome> repetitions) {
        var other = repetitions.stream()
                .filter(outcome -> !isSame(outcome, first))
                .findFirst()
                .orElse(first);
        var one = first.trace().lines().toList();
        var two = other.trace().lines().toList();
        int at = 0;
        while (at < one.size() && at < two.size() && one.get(at).equals(two.get(at))) {
            at++;
        }
        return "    first  " + (at < one.size() ? one.get(at) : "(nothing more)") + "\n    later  "
                + (at < two.size() ? two.get(at) : "(nothing more)");
    }

    /** Prints the sum; so long it took. */
    public void finish(Duration took) {
        out.println();
        var sum = "%d passed, %d failed".formatted(done - failed - unsteady, failed)
                + (unsteady == 0 ? "" : ", " + unsteady + " not the same each time");
        var speed = "%d runs in %s".formatted(runs, String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0));
        out.println(paint(isGood() ? GREEN : RED, sum) + paint(GREY, " — " + speed));
    }

    /** Whether all passed, and each time in the same way. */
    public boolean isGood() {
        return failed == 0 && unsteady == 0;
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
