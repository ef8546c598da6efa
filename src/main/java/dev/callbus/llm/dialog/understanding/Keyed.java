package dev.callbus.llm.dialog.understanding;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a caller entered with the keypad, which a call hands on as "The caller keyed 4 2". */
final class Keyed {
    private static final Pattern DIGITS =
            Pattern.compile("\\s*the caller keyed ([0-9*#](?: ?[0-9*#]){0,63})\\.?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern HIDDEN =
            Pattern.compile("\\s*(?:\\[code]|the caller keyed the code)\\.?\\s*", Pattern.CASE_INSENSITIVE);

    private Keyed() {}

    /** The keys in their order, without blanks. */
    static Optional<String> digits(String utterance) {
        var keyed = DIGITS.matcher(utterance);
        return keyed.matches() ? Optional.of(keyed.group(1).replace(" ", "")) : Optional.empty();
    }

    /** Whether it stands for a code that is kept hidden. */
    static boolean isHidden(String utterance) {
        return HIDDEN.matcher(utterance).matches();
    }
}
