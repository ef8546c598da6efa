package dev.callbus.sandbox.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Cuts text into the pieces that are streamed; joined again they are the text. */
final class Tokens {
    private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*$|\\s*\\S+");
    private static final int PIECE = 8;

    private Tokens() {}

    /** Cuts text into words, each with the space before it. */
    static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /** How many words a text has. */
    static int count(String text) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = " \t\n\u000B\f\r".indexOf(text.charAt(i)) >= 0;
            words += inWord || space ? 0 : 1;
            inWord = !space;
        }
        return words;
    }

    /** Cuts tool arguments into pieces of eight characters, never inside one. */
    static List<String> pieces(String arguments) {
        var pieces = new ArrayList<String>();
        int start = 0;
        while (start < arguments.length()) {
            int length = arguments.codePointCount(start, arguments.length());
            int end = arguments.offsetByCodePoints(start, Math.min(PIECE, length));
            pieces.add(arguments.substring(start, end));
            start = end;
        }
        return pieces;
    }
}
