package dev.callbus.llm.dialog.understanding;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the number of an employee: digits, perhaps after a letter or two, such as {@code E48213}. */
final class EmployeeNumbers {
    private static final int FEWEST_DIGITS = 3;
    private static final int MOST_DIGITS = 10;
    private static final Set<String> OWNERS =
            Word.set("employee badge staff personnel payroll worker personal empleado");
    private static final Set<String> BETWEEN =
            Word.set("number id i d no is it's my the uh um er , : # . es - number's i.d");

    private EmployeeNumbers() {}

    /**
     * The employee number that an utterance gives.
     *
     * @param asked whether it was asked for, so that the number alone is enough
     */
    static Optional<Found> find(String utterance, boolean asked) {
        var words = Word.of(utterance);
        var texts = words.stream().map(Word::text).toList();
        for (int i = 0; i < texts.size(); i++) {
            if (OWNERS.contains(texts.get(i))) {
                var found = after(words, texts, i + 1);
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        return asked ? bare(words, texts) : Optional.empty();
    }

    private static @Nullable Found after(List<Word> words, List<String> texts, int from) {
        for (int at = from; at < texts.size(); at++) {
            var run = DigitRun.at(texts, at);
            if (run != null) {
                return number(words, texts, run, from);
            }
            if (!BETWEEN.contains(texts.get(at)) && !words.get(at).isLetter()) {
                return null;
            }
        }
        return null;
    }

    private static Optional<Found> bare(List<Word> words, List<String> texts) {
        var run = DigitRun.longest(texts);
        return run == null ? Optional.empty() : Optional.ofNullable(number(words, texts, run, 0));
    }

    private static @Nullable Found number(List<Word> words, List<String> texts, DigitRun run, int from) {
        if (run.digits().length() < FEWEST_DIGITS || run.digits().length() > MOST_DIGITS) {
            return null;
        }
        int start = run.from();
        var letters = new StringBuilder();
        while (start > from && words.get(start - 1).isLetter() && letters.length() < 2 && !isId(texts, start - 1)) {
            letters.insert(0, texts.get(--start));
        }
        String value = letters.toString().toUpperCase(Locale.ROOT) + run.digits();
        return new Found(
                value, words.get(start).start(), words.get(run.to() - 1).end());
    }

    /** Whether this letter belongs to "i d". */
    private static boolean isId(List<String> texts, int at) {
        return texts.get(at).equals("d") && at > 0 && texts.get(at - 1).equals("i");
    }
}
