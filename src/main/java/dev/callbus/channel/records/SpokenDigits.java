package dev.callbus.channel.records;

import java.util.regex.Pattern;

/**
 * The numbers that people said: four digits or more in a row, however they are grouped or spelled, are a code, a card or a
 * telephone number, and none of these belongs into a ticket. Years and amounts of four digits go the same way.
 */
final class SpokenDigits {
    static final String MASK = "••••";

    private static final String DIGIT = "(?:\\p{Nd}|\\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\\b)";
    private static final Pattern RUN = Pattern.compile(
            "\\+?" + DIGIT + "(?:[\\s\\p{Pd}.,;:/()_*#]{0,4}" + DIGIT + "){3,60}",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private SpokenDigits() {}

    /** The text without such numbers; a text that is nothing but digits may be a part of one and is masked whole. */
    static String masked(String text) {
        boolean onlyDigits = text.codePoints().anyMatch(Character::isDigit)
                && text.codePoints().noneMatch(Character::isLetter);
        return onlyDigits ? MASK : RUN.matcher(text).replaceAll(MASK);
    }
}
