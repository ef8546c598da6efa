package dev.callbus.channel.records;

import java.util.ArrayList;
import java.util.List;

/**
 * A transcript as a ticket's note: without codes and without telephone numbers.
 *
 * @param transcriptSid empty if it is not known
 * @param seconds 0 if it is not known
 * @param start a time as Twilio gave it, or empty
 * @param language such as {@code en-US}, or empty
 */
record TranscriptNote(
        String callSid,
        String transcriptSid,
        int seconds,
        String start,
        String end,
        String language,
        List<Line> lines) {
    /** More than an hour of talk; ServiceNow keeps journal entries whole, people don't read longer ones. */
    private static final int LONGEST = 60_000;

    TranscriptNote {
        lines = List.copyOf(lines);
    }

    /** What one side said. */
    record Line(String speaker, String text) {}

    /** The note; numbers are masked over all that one side said in a row, which a recogniser may have cut anywhere. */
    String text() {
        var turns = turns().stream()
                .map(turn -> (turn.speaker.isEmpty() ? "" : turn.speaker + ": ") + SpokenDigits.masked(turn.text))
                .toList();
        var said = String.join("\n", turns);
        var head = List.of(
                "=== CALL TRANSCRIPT ===",
                "Call SID: " + callSid,
                transcriptSid.isEmpty() ? "" : "Transcript SID: " + transcriptSid,
                seconds == 0 ? "" : "Duration: " + seconds + " seconds",
                start.isEmpty() ? "" : "Start: " + start,
                end.isEmpty() ? "" : "End: " + end,
                language.isEmpty() ? "" : "Language: " + language);
        var shown = said.length() > LONGEST ? said.substring(0, LONGEST) + "\n(shortened)" : said;
        return Plain.lines(head) + "\n\n" + (shown.isBlank() ? "(nothing was said)" : shown)
                + "\n\n=== END OF TRANSCRIPT ===";
    }

    private List<Line> turns() {
        var turns = new ArrayList<Line>();
        for (var line : lines) {
            var last = turns.isEmpty() ? null : turns.getLast();
            if (last != null && last.speaker.equals(line.speaker)) {
                var between = line.speaker.isEmpty() ? "\n" : " ";
                turns.set(turns.size() - 1, new Line(line.speaker, last.text + between + line.text.strip()));
            } else {
                turns.add(new Line(line.speaker, line.text.strip()));
            }
        }
        return turns;
    }
}
