package dev.callbus.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How spoken words are compared: case, punctuation and spaces don't count, but a match begins and ends with whole words. */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}@]+(?:['’][\\p{L}]+)*");

    private Words() {}

    /** Where some words are first found in a text; empty if they are not. */
    static Optional<Span> find(String text, String words) {
        if (!letters(text).contains(letters(words))) {
            return Optional.empty(); // it is cheap to say so, and mostly true
        }
        var wanted = squeezed(words);
        var heard = pieces(text);
        for (int first = 0; first < heard.size(); first++) {
            var run = new StringBuilder();
            for (int last = first; last < heard.size() && run.length() < wanted.length(); last++) {
                run.append(heard.get(last).word());
                if (run.length() == wanted.length() && run.toString().equals(wanted)) {
                    return Optional.of(
                            new Span(heard.get(first).start(), heard.get(last).end()));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether there is no word in it. */
    static boolean isNothing(String text) {
        return pieces(text).isEmpty();
    }

    /** A text with one space wherever there are several. */
    static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** All that words are made of, one after the other. */
    private static String letters(String text) {
        var letters = new StringBuilder(text.length());
        text.chars()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .forEach(letter -> letters.append((char) letter));
        return letters.toString();
    }

    private static String squeezed(String words) {
        var squeezed = new StringBuilder();
        pieces(words).forEach(piece -> squeezed.append(piece.word()));
        return squeezed.toString();
    }

    private static List<Piece> pieces(String text) {
        var pieces = new ArrayList<Piece>();
        var matcher = WORD.matcher(text);
        while (matcher.find()) {
            var word = matcher.group().toLowerCase(Locale.ROOT).replace("’", "'");
            pieces.add(new Piece(word, matcher.start(), matcher.end()));
        }
        return pieces;
    }

    /** From the first character on, up to and without the last. */
    record Span(int start, int end) {}

    private record Piece(String word, int start, int end) {}
}
