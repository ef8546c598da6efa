package dev.callbus.verify;

import java.util.Optional;

/** A one-time code as callers key or say it: digits, perhaps with blanks, dashes or a closing {@code #}. */
record KeyedCode(String digits) {

    /** The code that this text means; none if it isn't one of so many digits. */
    static Optional<KeyedCode> of(String text, int length) {
        var digits = new StringBuilder();
        var others = text.codePoints()
                .filter(point -> {
                    int digit = Character.digit(point, 10);
                    if (digit >= 0) {
                        digits.append(digit);
                    }
                    return digit < 0;
                })
                .anyMatch(Character::isLetter);
        return others || digits.length() != length ? Optional.empty() : Optional.of(new KeyedCode(digits.toString()));
    }

    @Override
    public String toString() {
        return "•";
    }
}
