package dev.callbus.channel.relay;

import java.util.regex.Pattern;

/** What came from outside, made fit for a log line. */
final class Plain {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private Plain() {}

    /** The text if it is one short word, as identifiers and states are; else a dash. */
    static String word(String text) {
        return WORD.matcher(text).matches() ? text : "-";
    }
}
