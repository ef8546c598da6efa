package dev.callbus.llm.dialog.understanding;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;

/**
 * Reads a telephone number, typed or said digit by digit, in E.164.
 *
 * <p>Source: the numbering plans are libphonenumber's
 */
final class Phones {
    private static final int FEWEST_DIGITS = 10;
    private static final int MOST_DIGITS = 15;
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private Phones() {}

    /**
     * The number that an utterance gives.
     *
     * @param region the country of numbers without a country code, such as {@code US}
     */
    static Optional<Found> find(String utterance, String region) {
        var words = Word.of(utterance);
        var texts = words.stream().map(Word::text).toList();
        for (int i = 0; i < texts.size(); i++) {
            var run = DigitRun.at(texts, i);
            if (run == null) {
                continue;
            }
            boolean international =
                    i > 0 && (texts.get(i - 1).equals("+") || texts.get(i - 1).equals("plus"));
            if (run.digits().length() >= FEWEST_DIGITS && run.digits().length() <= MOST_DIGITS) {
                var number = parse((international ? "+" : "") + run.digits(), region);
                if (number.isPresent()) {
                    int start = words.get(international ? i - 1 : i).start();
                    return Optional.of(new Found(
                            number.get(), start, words.get(run.to() - 1).end()));
                }
            }
            i = run.to() - 1;
        }
        return Optional.empty();
    }

    private static Optional<String> parse(String digits, String region) {
        try {
            var number = PLANS.parse(digits.replaceFirst("^(?:00|011)(?=[1-9])", "+"), region);
            return PLANS.isPossibleNumber(number)
                    ? Optional.of(PLANS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
