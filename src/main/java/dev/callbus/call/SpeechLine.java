package dev.callbus.call;

/**
 * One line of speech that grows: white space, pauses and dashes wait in it for what follows them, so that no space is doubled,
 * no words are glued together, and nothing ends in white space.
 */
final class SpeechLine {
    private final StringBuilder out = new StringBuilder();
    private int last = Lookahead.NOTHING;
    private int beforeLast = Lookahead.NOTHING;
    private boolean gap;
    private boolean seam;
    private Rest rest = Rest.NONE;
    private boolean lineStart = true;
    private boolean amount;
    private int mark;
    private int marks;
    private boolean markAtLineStart;

    /** What was added since; it is gone from here. */
    String take() {
        var added = out.toString();
        out.setLength(0);
        return added;
    }

    /** Nothing follows. */
    void end() {
        settle(Lookahead.NOTHING);
    }

    void space() {
        settle(' ');
        gap = true;
    }

    void newline() {
        settle(' ');
        rest(lineStart ? Rest.SENTENCE : Rest.LINE);
        gap = true;
        lineStart = true;
    }

    void pause() {
        boolean arrow = mark != 0 && mark != '/' && marks == 1 && !isAfterSlash();
        mark = arrow ? 0 : mark;
        settle(' ');
        rest(Rest.COMMA);
    }

    void sentenceEnd() {
        settle(' ');
        rest(Rest.SENTENCE);
    }

    /** Two words must not grow together here. */
    void seam() {
        seam = true;
    }

    /** A dash, an equals sign or a slash: what it is depends on what is around it. */
    void mark(int c) {
        if (mark == c) {
            marks++;
            return;
        }
        settle(c);
        mark = c;
        marks = 1;
        markAtLineStart = lineStart;
    }

    /** A character is next: says what the dash or slash before it is. */
    void settle(int next) {
        int settled = mark;
        mark = 0;
        if (settled == '/') {
            slash(next);
        } else if (settled != 0 && marks > 1 && !isAfterSlash()) {
            boolean option = gap && SpeechSigns.isWordPart(next);
            rest(option ? Rest.NONE : Rest.COMMA);
            gap = true;
        } else if (settled == '-' && markAtLineStart && next == ' ') {
            rest(Rest.SENTENCE);
        } else if (settled != 0) {
            write(settled);
        }
    }

    private boolean isAfterSlash() {
        return last == '/' && !gap && rest == Rest.NONE;
    }

    private void slash(int next) {
        if ((gap || rest != Rest.NONE) && next == ' ' && last != Lookahead.NOTHING) {
            write('o');
            write('r');
        } else if (last != '/' || gap || rest != Rest.NONE) {
            write('/');
        }
    }

    /** Adds a character, after the white space and pauses that are due. */
    void write(int c) {
        boolean apart = last != Lookahead.NOTHING && (rest == Rest.NONE ? isApart(c) : rest(c));
        if (apart) {
            out.append(' ');
            shift(' ');
        }
        out.appendCodePoint(c);
        shift(c);
        boolean fraction = (c == '.' || c == ',') && !apart && SpeechSigns.isDigit(beforeLast);
        amount = SpeechSigns.isCurrency(c) || fraction || (amount && SpeechSigns.isDigit(c));
        gap = false;
        seam = false;
        rest = Rest.NONE;
        lineStart = false;
    }

    /** Whether what follows begins a word. */
    boolean isBetweenWords() {
        return gap || seam || rest != Rest.NONE || !SpeechSigns.isLatinWordPart(last);
    }

    /** Whether a number that follows is an amount of money or a fraction. */
    boolean isInAmount() {
        return amount && rest == Rest.NONE;
    }

    private boolean isApart(int c) {
        if (gap) {
            return !(seam && isClosing(c));
        }
        return seam && SpeechSigns.isWordPart(last) && SpeechSigns.isWordPart(c);
    }

    /** Adds the punctuation of a pause; returns whether a space is due after it. */
    private boolean rest(int c) {
        boolean silent = isClosing(c) || !isWordEnd(last) || (rest == Rest.LINE && Character.isLowerCase(c));
        if (silent) {
            return !isClosing(c);
        }
        boolean ideograph = Character.isIdeographic(last) || (last >= 0x3040 && last <= 0x30FF);
        int comma = ideograph ? '\uFF0C' : ',';
        int stop = ideograph ? '\u3002' : '.';
        int sign = rest == Rest.COMMA ? comma : stop;
        out.appendCodePoint(sign);
        shift(sign);
        amount = false;
        return !ideograph;
    }

    private void rest(Rest due) {
        rest = due.compareTo(rest) > 0 ? due : rest;
    }

    private void shift(int c) {
        beforeLast = last;
        last = c;
    }

    private static boolean isWordEnd(int c) {
        return SpeechSigns.isWordPart(c) || ")\"'\u201D\u2019%\u00B0".indexOf(c) >= 0 || SpeechSigns.isCurrency(c);
    }

    private static boolean isClosing(int c) {
        return ".,;:!?)".indexOf(c) >= 0;
    }

    /** How long a rest is due before what follows. */
    private enum Rest {
        NONE,
        COMMA,
        LINE,
        SENTENCE
    }
}
