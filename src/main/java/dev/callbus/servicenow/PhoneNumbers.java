package dev.callbus.servicenow;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
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

    /**
     * A number as somebody wrote it.
     *
     * @param e164 without its extension
     * @param shared whether it needs an extension: others answer it as well
     */
    record Written(String e164, boolean shared) {}

    /** The number in E.164; nothing if it is none, is too short to tell anybody apart, or stands for a withheld one. */
    Optional<String> normalised(String text) {
        return read(text).map(Written::e164);
    }

    /** The number in a text that may have more in it, such as an extension or a remark. */
    Optional<Written> read(String text) {
        var digits = text.replaceAll("[^0-9]", "");
        if (text.length() > LONGEST_TEXT
                || digits.length() < FEWEST_DIGITS
                || WITHHELD_NUMBERS.contains(digits)
                || WITHHELD_WORDS.contains(text.strip().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        var numbers = plans.findNumbers(international(text), region, Leniency.POSSIBLE, 3)
                .iterator();
        if (!numbers.hasNext()) {
            return Optional.empty();
        }
        var number = numbers.next().number();
        return Optional.of(new Written(plans.format(number, PhoneNumberFormat.E164), number.hasExtension()));
    }

    /** With + in place of 00, which most countries dial before a country code. */
    private static String international(String text) {
        return text.strip().replaceFirst("^00(?=[1-9])", "+");
    }

    /**
     * Parts of which a written form of this number has one: five digits in a row, or the last group of two, three or four digits with
     * two of the group before it.
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
