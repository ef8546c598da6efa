package dev.callbus.llm.dialog.flow.file;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tries regular expressions on words that go on and on: one that goes back over them again and again would hold up every call. */
final class PatternTrial {
    private static final int LENGTH = 150;

    /** Looks at a character; some hundred for each character of the text are usual. */
    private static final long MOST = 1_000_000;

    private static final int MOST_WORDS = 12;

    /** A sign that no expression is about, so that it isn't found after all. */
    private static final String END = "§";

    private static final Pattern WORD = Pattern.compile("(?<!\\\\)\\p{L}+");
    private static final List<String> ANYTHING = List.of("a", "a ", "1", "1 ", "no, ", "word ", "...", "  ");

    private PatternTrial() {}

    /** Whether it is decided in time, whatever is said. */
    static boolean passes(Pattern pattern) {
        var own = WORD.matcher(pattern.pattern())
                .results()
                .map(MatchResult::group)
                .distinct()
                .limit(MOST_WORDS)
                .flatMap(word -> Stream.of(word, word + " "));
        return Stream.concat(ANYTHING.stream(), own).allMatch(piece -> passes(pattern, piece));
    }

    private static boolean passes(Pattern pattern, String piece) {
        try {
            pattern.matcher(new Watched(piece.repeat(LENGTH / piece.length()) + END))
                    .find();
            return true;
        } catch (Impatient | StackOverflowError e) {
            return false;
        }
    }

    /** It was looked at too often. */
    private static final class Impatient extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A text that counts how often it is looked at. */
    private static final class Watched implements CharSequence {
        private final String text;
        private long looks;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST) {
                throw new Impatient();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
