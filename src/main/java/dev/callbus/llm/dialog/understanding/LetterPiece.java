package dev.callbus.llm.dialog.understanding;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of spelling a word: a letter, its name, "double l", or "k as in kilo".
 *
 * @param sure whether it is spelling even if it stands alone, as "k" is and "mike" isn't
 * @param end the position after its last word
 */
record LetterPiece(String letters, boolean sure, int end) {
    private static final Set<String> LIKENESS = Set.of("like", "for", "as", "in", "is");

    /** The step that begins at this position, if one does. */
    static @Nullable LetterPiece at(List<String> words, int at) {
        String word = words.get(at);
        if (word.equals("double") || word.equals("triple")) {
            return repeated(words, at);
        }
        int ray = afterXray(words, at);
        if (ray > at) {
            return new LetterPiece("x", true, ray);
        }
        Character letter = Letters.of(word);
        if (letter == null) {
            return null;
        }
        int end = afterLikeness(words, at + 1, letter);
        return new LetterPiece(letter.toString(), word.length() == 1 || end > at + 1, end);
    }

    private static @Nullable LetterPiece repeated(List<String> words, int at) {
        if (at + 1 >= words.size()) {
            return null;
        }
        String next = words.get(at + 1);
        boolean isDouble = words.get(at).equals("double");
        if (isDouble && (next.equals("u") || next.equals("you"))) {
            return new LetterPiece("w", true, afterLikeness(words, at + 2, 'w'));
        }
        Character letter = Letters.of(next);
        if (letter == null || next.equals("oh")) {
            return null;
        }
        return new LetterPiece(letter.toString().repeat(isDouble ? 2 : 3), true, afterLikeness(words, at + 2, letter));
    }

    /** The position after "as in kilo", "like nancy" or "for boy", if that is what stands here. */
    private static int afterLikeness(List<String> words, int from, char letter) {
        int at = from;
        while (at < words.size() && at < from + 2 && LIKENESS.contains(words.get(at))) {
            at++;
        }
        if (at == from || at >= words.size()) {
            return from;
        }
        boolean certain = at == from + 2 && words.get(at - 1).equals("in");
        boolean alike = words.get(at).charAt(0) == letter && words.get(at).length() > 1;
        int ray = afterXray(words, at);
        boolean xray = letter == 'x' && ray > at;
        return xray ? ray : certain || alike ? at + 1 : from;
    }

    /** The position after "x ray" or "x-ray", if that is what stands here. */
    private static int afterXray(List<String> words, int at) {
        if (!words.get(at).equals("x")) {
            return at;
        }
        int ray = at + 1 < words.size() && words.get(at + 1).equals("-") ? at + 2 : at + 1;
        return ray < words.size() && words.get(ray).equals("ray") ? ray + 1 : at;
    }
}
