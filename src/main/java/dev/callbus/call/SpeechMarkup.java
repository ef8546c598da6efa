package dev.callbus.call;

import static dev.callbus.call.Lookahead.Found.UNDECIDED;
import static dev.callbus.call.Lookahead.Found.YES;
import static dev.callbus.call.SpeechSigns.BREAK;
import static dev.callbus.call.SpeechSigns.PAUSE;
import static dev.callbus.call.SpeechSigns.SEAM;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Takes markdown, markup, pictures and the addresses of links out of a text and puts words in place of symbols. None of the
 * symbols that it knows is left over, so that its result is free of markup, too.
 */
final class SpeechMarkup {
    private static final Pattern STAR_BEFORE_DIGIT = Pattern.compile("\\*(?=\\p{Nd})");
    private static final Pattern UNDERSCORE_IN_WORD = Pattern.compile("_(?=[\\p{L}\\p{N}])");
    private static final Pattern ABOUT = Pattern.compile("~(?=[\\p{Nd}\\p{Sc}])");
    private static final Pattern NUMBER = Pattern.compile("#(?=\\p{Nd})");
    private static final Pattern FENCE = Pattern.compile("`{3,16}[\\w+#.-]{0,20}[ \\t]{0,4}\\r?\\n");
    private static final Pattern MARK_IN_BRACKETS = Pattern.compile("\\[(?:\\^[^\\]\\s]{1,20}\\]|[ xX]\\](?=[ \\t]))");
    private static final Pattern LINK_TARGET = Pattern.compile("\\](?:\\([^\\s()]{0,300}(?:\\([^\\s()]{0,60}\\)"
            + "[^\\s()]{0,60})?(?:[ \\t]{1,2}\"[^\"\\n]{0,80}\")?\\)|\\[[^\\]\\n]{0,60}\\])");
    private static final Pattern IMAGE = Pattern.compile("!(?=\\[)");
    private static final Pattern TAG =
            Pattern.compile("</?[A-Za-z][A-Za-z0-9:_-]{0,24}(?:\\s[^<>]{0,160})?/?>|<!--[^<>]{0,160}-->");
    private static final Pattern BLOCK_TAG = Pattern.compile("</?(?:br|p|li|tr|div|h[1-6]|ul|ol|table)\\b.*");
    private static final Pattern LESS = Pattern.compile("<(?=[ \\t]?[\\p{Nd}\\p{Sc}])");
    private static final Pattern GREATER = Pattern.compile(">(?=[ \\t]?[\\p{Nd}\\p{Sc}])");
    private static final Pattern TABLE_RULE = Pattern.compile("\\|(?:[ \\t]{0,4}:?-{1,24}:?[ \\t]{0,4}\\|){1,12}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?=\\p{Punct})");
    private static final Pattern ENTITY =
            Pattern.compile("&(?:amp|lt|gt|quot|apos|nbsp|#\\d{1,6}|#[xX][0-9a-fA-F]{1,6});");
    private static final Pattern SCHEME = Pattern.compile("(?i:https?://|www\\.(?=[a-z0-9]))");
    private static final Pattern WWW = Pattern.compile("(?i:www\\.(?=[a-z0-9]))");
    private static final Pattern HOST =
            Pattern.compile("[\\p{IsLatin}\\p{Nd}](?:[\\p{IsLatin}\\p{Nd}.-]{0,98}[\\p{IsLatin}\\p{Nd}])?");
    private static final Pattern AFTER_LINK = Pattern.compile("[.,;:!?']{1,4}(?![^\\s<>()\"|*`\\[\\]])");

    private final Lookahead in = new Lookahead();
    private final StringBuilder out = new StringBuilder();
    private Link link = Link.NONE;
    private int last = Lookahead.NOTHING;
    private boolean lineStart = true;
    private boolean atSeam;

    /** What of the text is free of markup now that more of it came. */
    String next(String delta) {
        in.add(delta);
        boolean known = true;
        while (known && in.hasNext()) {
            known = step();
        }
        var free = out.toString();
        out.setLength(0);
        return free;
    }

    /** The rest. */
    String end() {
        in.complete();
        return next("");
    }

    /** Reads the next thing; false if it is not known yet what it is. */
    private boolean step() {
        return switch (link) {
            case HOST -> host();
            case PATH -> path();
            case NONE -> sign();
        };
    }

    private boolean sign() {
        int c = in.peek();
        return switch (c) {
            case '*' -> star();
            case '_' -> !SpeechSigns.isWordPart(last) ? drop("") : either(UNDERSCORE_IN_WORD, " ", "");
            case '~' -> in.before() == '~' ? drop("") : either(ABOUT, SEAM + "about ", "");
            case '`' -> lineStart ? either(FENCE, "\n", "" + SEAM) : drop("" + SEAM);
            case '#' -> (last >= 0 && Character.isLetter(last)) ? keep(c) : either(NUMBER, SEAM + "number ", "");
            case '[' -> either(MARK_IN_BRACKETS, "" + SEAM, "" + SEAM);
            case ']' -> either(LINK_TARGET, "" + SEAM, "" + SEAM);
            case '!' -> last > ' ' ? keep(c) : either(IMAGE, "", "!");
            case '<' -> tag();
            case '>' -> greater();
            case '|' -> either(TABLE_RULE, "" + PAUSE, "" + PAUSE);
            case '\\' -> either(ESCAPE, "", " backslash ");
            case '&' -> entity();
            case '{', '}', '^' -> drop("" + SEAM);
            default -> other(c);
        };
    }

    private boolean other(int c) {
        if (SpeechSigns.isNewline(c)) {
            lineStart = true;
            return drop("\n");
        }
        if (SpeechSigns.isSpace(c)) {
            return drop(" ");
        }
        if (SpeechSigns.isBullet(c)) {
            return drop("" + (lineStart ? BREAK : PAUSE));
        }
        if (SpeechSigns.isArrow(c)) {
            return drop("" + PAUSE);
        }
        if (SpeechSigns.isPictograph(c)) {
            return drop("" + SEAM);
        }
        if (SpeechSigns.isIgnorable(c) || (c == 0x200D && SpeechSigns.isPictograph(in.before()))) {
            return drop("");
        }
        boolean mayBeLink = (c == 'h' || c == 'H' || c == 'w' || c == 'W') && !SpeechSigns.isLatinWordPart(last);
        return mayBeLink ? linkOr(c) : keep(c);
    }

    private boolean linkOr(int c) {
        var found = in.take(SCHEME);
        if (found == UNDECIDED) {
            return false;
        }
        if (found == YES) {
            link = Link.HOST;
            return true;
        }
        return keep(c);
    }

    private boolean host() {
        var www = in.take(WWW);
        if (www == UNDECIDED) {
            return false;
        }
        if (www == YES) {
            return true;
        }
        var found = in.take(HOST);
        if (found == UNDECIDED) {
            return false;
        }
        if (found == YES) {
            put(in.taken());
        }
        link = found == YES ? Link.PATH : Link.NONE;
        return true;
    }

    private boolean path() {
        var found = in.take(AFTER_LINK);
        if (found == UNDECIDED) {
            return false;
        }
        if (found == YES) {
            put(in.taken());
            link = Link.NONE;
            return true;
        }
        int c = in.peek();
        if (c <= ' ' || c > '~' || "<>()\"|*`[]".indexOf(c) >= 0) {
            link = Link.NONE;
            return true;
        }
        return drop("");
    }

    private boolean star() {
        if (!SpeechSigns.isDigit(last)) {
            return drop("");
        }
        return either(STAR_BEFORE_DIGIT, SpeechSigns.isDigit(in.before()) ? " times " : " ", "");
    }

    private boolean tag() {
        var found = in.take(TAG);
        if (found == UNDECIDED) {
            return false;
        }
        if (found == YES) {
            var name = in.taken().toLowerCase(Locale.ROOT);
            put(BLOCK_TAG.matcher(name).lookingAt() ? "\n" : name.startsWith("<td") ? "" + PAUSE : "");
            return true;
        }
        return either(LESS, " less than ", "" + SEAM);
    }

    private boolean greater() {
        boolean arrow = in.before() == '-' || in.before() == '=';
        return (lineStart || arrow) ? drop("" + PAUSE) : either(GREATER, " greater than ", "" + PAUSE);
    }

    private boolean entity() {
        var found = in.take(ENTITY);
        if (found == UNDECIDED) {
            return false;
        }
        if (found == YES) {
            put(
                    switch (in.taken()) {
                        case "&amp;" -> SEAM + "and" + SEAM;
                        case "&quot;" -> "\"";
                        case "&apos;", "&#39;" -> "'";
                        case "&nbsp;" -> " ";
                        default -> "" + SEAM;
                    });
            return true;
        }
        return drop(SEAM + "and" + SEAM);
    }

    /** Says the one if the pattern follows, else the other in place of the next character. */
    private boolean either(Pattern pattern, String then, String otherwise) {
        return switch (in.take(pattern)) {
            case UNDECIDED -> false;
            case YES -> {
                put(then);
                yield true;
            }
            case NO -> drop(otherwise);
        };
    }

    private boolean keep(int c) {
        return drop(Character.toString(c));
    }

    /** Says something in place of the next character. */
    private boolean drop(String instead) {
        in.skip();
        put(instead);
        return true;
    }

    private void put(String text) {
        text.codePoints().forEach(c -> {
            if (c != SEAM || !atSeam) {
                out.appendCodePoint(c);
            }
            atSeam = c == SEAM;
            if (SpeechSigns.isNewline(c)) {
                lineStart = true;
            } else if (c != SEAM && c != PAUSE && c != BREAK && c != ' ') {
                lineStart = false;
            }
            last = c == SEAM ? last : c;
        });
    }

    /** How far a link has been read. */
    private enum Link {
        NONE,
        HOST,
        PATH
    }
}
