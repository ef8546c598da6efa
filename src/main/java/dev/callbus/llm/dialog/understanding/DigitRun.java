package dev.callbus.llm.dialog.understanding;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Digits that were said or keyed one group after the other.
 *
 * @param from the position of the first word
 * @param to the position after the last word
 */
record DigitRun(String digits, int from, int to) {
    private static final Set<String> BETWEEN = Set.of(",", "-", ".", "(", ")", "uh", "um", "er", "then", "/", "dash");

    /** The longest run of digits among these words, if there is one. */
    static @Nullable DigitRun longest(List<String> words) {
        DigitRun longest = null;
        int at = 0;
        while (at < words.size()) {
            var run = at(words, at);
            if (run == null) {
                at++;
                continue;
            }
            if (longest == null || run.digits.length() > longest.digits.length()) {
                longest = run;
            }
            at = run.to;
        }
        return longest;
    }

    /** The run that begins at this position, if one does. */
    static @Nullable DigitRun at(List<String> words, int from) {
        var digits = new StringBuilder();
        int at = from;
        int end = from;
        while (at < words.size()) {
            var number = SpokenNumber.at(words, at);
            if (number != null) {
                digits.append(number.digits());
                at = number.end();
                end = at;
            } else if (!digits.isEmpty() && BETWEEN.contains(words.get(at))) {
                at++;
            } else {
                break;
            }
        }
        return digits.isEmpty() ? null : new DigitRun(digits.toString(), from, end);
    }
}
