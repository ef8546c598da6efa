package dev.callbus.call;

import java.util.Locale;

/**
 * Finds how much of the words that were sent a caller heard. The report is the channel's transcript of its own speech, so
 * spacing, case and punctuation may differ, and it may hold the last utterance only.
 */
final class HeardPrefix {
    private HeardPrefix() {}

    /** The length of the part of {@code sent} that ends where {@code heard} ends. */
    static int length(CharSequence sent, String heard) {
        var letters = new StringBuilder();
        var ends = new int[sent.length()];
        for (int i = 0; i < sent.length(); i++) {
            if (Character.isLetterOrDigit(sent.charAt(i))) {
                ends[letters.length()] = i + 1;
                letters.append(Character.toLowerCase(sent.charAt(i)));
            }
        }
        var wanted = lettersOf(heard);
        if (wanted.isEmpty()) {
            return 0;
        }
        int start = letters.indexOf(wanted);
        if (start < 0) {
            return endOfWord(sent, heard.strip().split("\\s+").length);
        }
        return withPunctuation(sent, ends[start + wanted.length() - 1]);
    }

    private static String lettersOf(String text) {
        var letters = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .forEach(letter -> letters.append((char) letter));
        return letters.toString();
    }

    private static int withPunctuation(CharSequence sent, int end) {
        int last = end;
        while (last < sent.length()
                && !Character.isLetterOrDigit(sent.charAt(last))
                && !Character.isWhitespace(sent.charAt(last))) {
            last++;
        }
        return last;
    }

    /** Where the n-th word ends: the best guess when the report was worded differently (digits as words, say). */
    private static int endOfWord(CharSequence sent, int words) {
        int seen = 0;
        boolean inWord = false;
        for (int i = 0; i < sent.length(); i++) {
            boolean space = Character.isWhitespace(sent.charAt(i));
            if (inWord && space && ++seen == words) {
                return i;
            }
            inWord = !space;
        }
        return sent.length();
    }
}
