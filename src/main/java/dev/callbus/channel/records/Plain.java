package dev.callbus.channel.records;

import java.util.List;
import java.util.regex.Pattern;

/** What came from outside, made fit for notes, answers and logs. */
final class Plain {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final Pattern TIME = Pattern.compile("[A-Za-z0-9:+,. -]{1,40}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,7}");

    private Plain() {}

    /** The text if it is one short word, as identifiers and states are; else this. */
    static String word(String text, String otherwise) {
        return WORD.matcher(text).matches() ? text : otherwise;
    }

    /** The text if it can be a date and time and isn't a telephone number; else nothing. */
    static String time(String text) {
        boolean isTime = TIME.matcher(text).matches() && text.contains(":") && !text.matches(".*[0-9]{5}.*");
        return isTime ? text : "";
    }

    /** The text as a number of seconds; 0 if it is none. */
    static int seconds(String text) {
        return SECONDS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }

    /** Whether the text is a SID of this kind, such as {@code CA}. */
    static boolean isSid(String kind, String text) {
        return text.matches(kind + "[0-9a-fA-F]{32}");
    }

    /** The lines that say something. */
    static String lines(List<String> lines) {
        return String.join("\n", lines.stream().filter(line -> !line.isBlank()).toList());
    }
}
