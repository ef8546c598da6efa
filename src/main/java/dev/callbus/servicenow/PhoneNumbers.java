package dev.callbus.servicenow;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Telephone numbers as people write them in user records.
 *
 * <p>Source: ITU-T E.164, by libphonenumber; Twilio's words and numbers for callers who withhold theirs
 * (help.twilio.com/articles/223179988)
 */
final class PhoneNumbers {
    private static final int FEWEST_DIGITS = 8;
    private static final int LONGEST_TEXT = 40;
    private static final Set<String> WITHHELD_WORDS =
            Set.of("anonymous", "restricted", "unavailable", "unknown", "private", "blocked", "withheld");
    private static final Set<String> WITHHELD_NUMBERS =
            Set.of("266696687", "7378742833", "2562533", "8566696", "86282452253", "464");
    private static final List<String> SEPARATORS = List.of(" ", "-", ".");

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    private final String region;

    /** @param region the country of numbers without a country code */
    PhoneNumbers(String region) {
        this.region = region;
    }

    /** The number in E.164; nothing if it is none, is too short to tell anybody apart, or stands for a withheld one. */
    Optional<String> normalised(String text) {
        var digits = text.replaceAll("[^0-9]", "");
        if (text.length() > LONGEST_TEXT
                || digits.length() < FEWEST_DIGITS
                || WITHHELD_NUMBERS.contains(digits)
                || WITHHELD_WORDS.contains(text.strip().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        try {
            var number = plans.parse(text, region);
            return plans.isPossibleNumber(number)
                    ? Optional.of(plans.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /**
     * How a written form of this number may end: with five digits in a row, or with a last group of two, three or four digits
     * and two or more of the group before it.
     */
    static List<String> endings(String e164) {
        var digits = e164.substring(1);
        var endings = new ArrayList<String>();
        endings.add(tail(digits, 5));
        for (int group = 2; group <= 4; group++) {
            var last = tail(digits, group);
            var before = tail(digits.substring(0, digits.length() - group), 2);
            SEPARATORS.forEach(separator -> endings.add(before + separator + last));
        }
        return endings;
    }

    private static String tail(String digits, int count) {
        return digits.substring(Math.max(0, digits.length() - count));
    }
}
