package dev.callbus.call;

import java.util.regex.Pattern;

/**
 * A text that arrives in pieces, read from its beginning. A pattern that reaches the end of what has arrived is undecided
 * until more comes, so whoever reads with it can't tell how the text was cut.
 */
final class Lookahead {
    /** What came of looking for a pattern. */
    enum Found {
        YES,
        NO,
        UNDECIDED
    }

    /** Stands for no character: nothing was read yet. */
    static final int NOTHING = -1;

    private final StringBuilder text = new StringBuilder();
    private int at;
    private int before = NOTHING;
    private boolean complete;
    private String taken = "";

    /** More of the text arrived. */
    void add(CharSequence more) {
        text.delete(0, at).append(more);
        at = 0;
    }

    /** No more comes. */
    void complete() {
        complete = true;
    }

    /** Whether a character can be read; half a surrogate pair can't. */
    boolean hasNext() {
        return at < limit();
    }

    /** The next character, which stays. */
    int peek() {
        return text.codePointAt(at);
    }

    /** Passes the next character. */
    void skip() {
        before = peek();
        at += Character.charCount(before);
    }

    /** The character that was passed last, or {@link #NOTHING}. */
    int before() {
        return before;
    }

    /** Passes what follows if it is of the pattern, which must not be endless. */
    Found take(Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, limit());
        boolean matches = matcher.lookingAt();
        if (matcher.hitEnd() && !complete) {
            return Found.UNDECIDED;
        }
        if (!matches) {
            return Found.NO;
        }
        taken = matcher.group();
        at = matcher.end();
        before = taken.isEmpty() ? before : taken.codePointBefore(taken.length());
        return Found.YES;
    }

    /** What was passed with the last pattern. */
    String taken() {
        return taken;
    }

    private int limit() {
        int length = text.length();
        boolean cut = length > 0 && !complete && Character.isHighSurrogate(text.charAt(length - 1));
        return cut ? length - 1 : length;
    }
}
