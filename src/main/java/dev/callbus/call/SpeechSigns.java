package dev.callbus.call;

/** What {@link SpeechMarkup} tells {@link SpeechWords} besides characters, and how both of them sort characters. */
final class SpeechSigns {
    /** A short pause, a comma if a word is before it. */
    static final char PAUSE = '\uE000';

    /** The end of a sentence. */
    static final char BREAK = '\uE001';

    /** A place where two words must not grow together. */
    static final char SEAM = '\uE002';

    private SpeechSigns() {}

    static boolean isDigit(int c) {
        return c >= 0 && Character.isDigit(c);
    }

    static boolean isWordPart(int c) {
        return c >= 0 && Character.isLetterOrDigit(c);
    }

    /** Whether a ticket number or a link could not begin after the character. */
    static boolean isLatinWordPart(int c) {
        return isDigit(c)
                || (c >= 0 && Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN);
    }

    static boolean isCurrency(int c) {
        return Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    static boolean isNewline(int c) {
        return c == '\n' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000B';
    }

    /** Whether the character is a picture, which nobody can say. */
    static boolean isPictograph(int c) {
        return (c >= 0x1F000 && c <= 0x1FAFF)
                || (c >= 0x2300 && c <= 0x23FF)
                || (c >= 0x2500 && c <= 0x27BF)
                || (c >= 0x2B00 && c <= 0x2BFF)
                || c == 0x2139;
    }

    static boolean isArrow(int c) {
        return (c >= 0x2190 && c <= 0x21FF) || (c >= 0x27F0 && c <= 0x27FF) || c == 0x203A;
    }

    static boolean isBullet(int c) {
        return c == '\u2022' || c == '\u25E6' || c == '\u2023' || c == '\u25AA' || c == '\u25CF';
    }

    /** Whether the character can't be seen, let alone heard: controls, halves of pairs, private ones, selectors of pictures. */
    static boolean isIgnorable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default ->
                c == 0x200B
                        || c == 0xFEFF
                        || c == 0x2060
                        || c == 0x00AD
                        || c == 0x20E3
                        || (c >= 0xFE00 && c <= 0xFE0F)
                        || (c >= 0xE0000 && c <= 0xE01EF);
        };
    }
}
