package dev.callbus.twilio;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Set;

/**
 * A telephone number with its country code, such as {@code +15551234567}.
 *
 * <p>Source: ITU-T E.164; the numbering plans are libphonenumber's.
 */
public record E164(String number) {
    private static final Set<PhoneNumberType> COSTLY =
            Set.of(PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN);

    /**
     * The number that this text means; blanks, dashes, dots and parentheses don't count.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    public static E164 of(String text) {
        var plans = PhoneNumberUtil.getInstance();
        if (!text.strip().matches("\\+[0-9 ().-]+")) {
            throw new IllegalArgumentException(
                    "must be E.164: +, the country code and the number, such as +15551234567");
        }
        var parsed = parse(plans, text);
        var verdict = plans.isPossibleNumberWithReason(parsed);
        if (verdict != ValidationResult.IS_POSSIBLE) {
            throw new IllegalArgumentException(
                    switch (verdict) {
                        case TOO_SHORT -> "is too short for a number of its country";
                        case TOO_LONG -> "is too long for a number of its country";
                        case IS_POSSIBLE_LOCAL_ONLY -> "lacks its area code";
                        case INVALID_COUNTRY_CODE, INVALID_LENGTH, IS_POSSIBLE -> "is no number of its country";
                    });
        }
        return new E164(plans.format(parsed, PhoneNumberFormat.E164));
    }

    /** Whether calling it costs more than the line. */
    public boolean isPremium() {
        var plans = PhoneNumberUtil.getInstance();
        return COSTLY.contains(plans.getNumberType(parse(plans, number)));
    }

    private static PhoneNumber parse(PhoneNumberUtil plans, String text) {
        try {
            return plans.parse(text, null);
        } catch (NumberParseException e) {
            throw new IllegalArgumentException("has no country code that is in use", e);
        }
    }
}
