package dev.callbus.llm.dialog.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A word or a single sign of an utterance, in lower case.
 *
 * @param start where it begins in the utterance
 * @param end where it ends, exclusive
 * @param glued whether it follows the one before without a blank
 */
record Word(String text, int start, int end, boolean glued) {
    /** Nothing that a caller says in one turn and that entities are read from is longer; what follows is left out. */
    static final int LONGEST_UTTERANCE = 1_000;

    private static final Pattern PIECE =
            Pattern.compile("\\p{N}+|[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)*|[^\\s\\p{L}\\p{N}]");

    /** The words and signs of an utterance. Digits are words of their own: {@code inc10} is two. */
    static List<Word> of(String utterance) {
        String text = utterance.length() > LONGEST_UTTERANCE ? utterance.substring(0, LONGEST_UTTERANCE) : utterance;
        var words = new ArrayList<Word>();
        var pieces = PIECE.matcher(text);
        int end = -1;
        while (pieces.find()) {
            String word = pieces.group().toLowerCase(Locale.ROOT).replace('’', '\'');
            words.add(new Word(word, pieces.start(), pieces.end(), pieces.start() == end));
            end = pieces.end();
        }
        return words;
    }

    /** The words of a text, each once. */
    static Set<String> set(String text) {
        return Set.copyOf(List.of(text.strip().split("\\s+", -1)));
    }

    /** The texts of an utterance's words, without its signs. */
    static List<String> texts(String utterance) {
        return of(utterance).stream()
                .filter(word -> !word.isSign())
                .map(Word::text)
                .toList();
    }

    /** Whether it is a sign such as a comma. */
    boolean isSign() {
        return !Character.isLetterOrDigit(text.codePointAt(0));
    }

    /** Whether it is one letter from a to z. */
    boolean isLetter() {
        return text.length() == 1 && text.charAt(0) >= 'a' && text.charAt(0) <= 'z';
    }

    /** Whether it is written in digits. */
    boolean isDigits() {
        return Character.isDigit(text.charAt(0));
    }
}
