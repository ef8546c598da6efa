package dev.callbus.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A conversation as lines with the times at which they begin. */
final class Dialogue {
    private static final String AGENT = "agent ";
    private static final String CALLER = "caller";

    private final List<Line> lines = new ArrayList<>();

    /** The agent is heard to say this, with the spaces that belong to it. */
    void agent(Duration at, String words) {
        if (!lines.isEmpty() && lines.getLast().who().equals(AGENT)) {
            lines.getLast().text().append(words);
        } else {
            add(at, AGENT, words.stripLeading());
        }
    }

    /** The agent falls silent. */
    void pause() {
        if (!lines.isEmpty() && lines.getLast().who().equals(AGENT)) {
            lines.getLast().text().append(' ');
        }
    }

    /** The caller does this. */
    void caller(Duration at, String what) {
        add(at, CALLER, what);
    }

    /** Something happens. */
    void remark(Duration at, String what) {
        add(at, "      ", what);
    }

    List<String> lines() {
        return lines.stream()
                .map(line -> "%8s  %s  %s"
                        .formatted(seconds(line.at()), line.who(), line.text())
                        .stripTrailing())
                .toList();
    }

    /** A time in seconds, such as {@code 12.3 s}. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private void add(Duration at, String who, String text) {
        lines.add(new Line(at, who, new StringBuilder(text)));
    }

    private record Line(Duration at, String who, StringBuilder text) {}
}
