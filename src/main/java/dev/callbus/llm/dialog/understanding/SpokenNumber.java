package dev.callbus.llm.dialog.understanding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number as it is said: digit by digit ("one zero five"), in pairs ("nineteen eighty four"), whole ("ten thousand and one"),
 * with "double" and "triple", or any mixture of these.
 *
 * @param digits what was said, in digits
 * @param end the position after its last word
 */
record SpokenNumber(String digits, int end) {
    private static final List<String> UNITS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final List<String> SPANISH =
            List.of("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez");
    private static final Map<String, Integer> VALUES = values();
    private static final Map<String, Integer> REPEATS = Map.of("double", 2, "triple", 3, "doble", 2);
    private static final int LONGEST = 40;

    private static Map<String, Integer> values() {
        var values = new HashMap<String, Integer>();
        for (int i = 0; i < UNITS.size(); i++) {
            values.put(UNITS.get(i), i);
        }
        for (int i = 0; i < TENS.size(); i++) {
            values.put(TENS.get(i), 20 + 10 * i);
        }
        for (int i = 0; i < SPANISH.size(); i++) {
            values.put(SPANISH.get(i), i);
        }
        values.put("fourty", 40);
        values.put("niner", 9);
        return values;
    }

    /** The number that begins at this position, if one does. */
    static @Nullable SpokenNumber at(List<String> words, int from) {
        var digits = new StringBuilder();
        int at = from;
        while (at < words.size() && digits.length() < LONGEST) {
            var next = piece(words, at, !digits.isEmpty());
            if (next == null) {
                break;
            }
            digits.append(next.digits);
            at = next.end;
        }
        return digits.isEmpty() ? null : new SpokenNumber(digits.toString(), at);
    }

    /** The value of a word such as "seven" or "seventy"; nothing if it is no such word. */
    static @Nullable Integer value(String word) {
        return VALUES.get(word);
    }

    private static @Nullable SpokenNumber piece(List<String> words, int at, boolean continued) {
        String word = words.get(at);
        if (Character.isDigit(word.charAt(0))) {
            return new SpokenNumber(asciiDigits(word), at + 1);
        }
        if (isOh(word) && (continued || beginsDigits(words, at + 1))) {
            return new SpokenNumber("0", at + 1);
        }
        Integer times = REPEATS.get(word);
        if (times != null) {
            return repeated(words, at + 1, times);
        }
        return VALUES.containsKey(word) ? whole(words, at) : null;
    }

    private static boolean isOh(String word) {
        return word.equals("oh") || word.equals("o") || word.equals("nought") || word.equals("null");
    }

    private static boolean beginsDigits(List<String> words, int at) {
        int next = at;
        while (next < words.size() && isOh(words.get(next))) {
            next++;
        }
        return next < words.size()
                && (VALUES.containsKey(words.get(next))
                        || Character.isDigit(words.get(next).charAt(0)));
    }

    private static @Nullable SpokenNumber repeated(List<String> words, int at, int times) {
        if (at >= words.size()) {
            return null;
        }
        String word = words.get(at);
        Integer value = isOh(word) ? Integer.valueOf(0) : VALUES.get(word);
        if (value == null && word.length() == 1 && Character.isDigit(word.charAt(0))) {
            value = Character.digit(word.charAt(0), 10);
        }
        return value == null || value > 9
                ? null
                : new SpokenNumber(value.toString().repeat(times), at + 1);
    }

    /** "ten thousand and one", "two hundred five", "twenty three", or one word of these. */
    private static SpokenNumber whole(List<String> words, int from) {
        var first = belowHundred(words, from);
        long value = Long.parseLong(first.digits);
        int at = first.end;
        boolean scaled = false;
        for (var scale : List.of(Map.entry("hundred", 100L), Map.entry("thousand", 1_000L))) {
            if (at < words.size() && words.get(at).equals(scale.getKey())) {
                value *= scale.getValue();
                at++;
                scaled = true;
                var rest = rest(words, at, scale.getValue());
                if (rest != null) {
                    value += Long.parseLong(rest.digits);
                    at = rest.end;
                }
            }
        }
        return new SpokenNumber(scaled ? Long.toString(value) : first.digits, at);
    }

    /** What follows "hundred" or "thousand", perhaps after "and", if it is smaller. */
    private static @Nullable SpokenNumber rest(List<String> words, int at, long below) {
        int from = at < words.size() && words.get(at).equals("and") ? at + 1 : at;
        if (from >= words.size() || !VALUES.containsKey(words.get(from))) {
            return null;
        }
        var rest = below > 100 ? hundreds(words, from) : belowHundred(words, from);
        return rest.digits.equals("0") ? null : rest;
    }

    private static SpokenNumber hundreds(List<String> words, int from) {
        var first = belowHundred(words, from);
        if (first.end >= words.size() || !words.get(first.end).equals("hundred")) {
            return first;
        }
        long value = Long.parseLong(first.digits) * 100;
        var rest = rest(words, first.end + 1, 100);
        return rest == null
                ? new SpokenNumber(Long.toString(value), first.end + 1)
                : new SpokenNumber(Long.toString(value + Long.parseLong(rest.digits)), rest.end);
    }

    private static SpokenNumber belowHundred(List<String> words, int at) {
        int value = VALUES.getOrDefault(words.get(at), 0);
        if (value >= 20 && at + 1 < words.size()) {
            int unit = VALUES.getOrDefault(words.get(at + 1), 0);
            if (unit >= 1 && unit <= 9) {
                return new SpokenNumber(Integer.toString(value + unit), at + 2);
            }
        }
        return new SpokenNumber(Integer.toString(value), at + 1);
    }

    private static String asciiDigits(String word) {
        var digits = new StringBuilder();
        word.codePoints()
                .map(Character::getNumericValue)
                .filter(d -> d >= 0 && d <= 9)
                .forEach(digits::append);
        return digits.isEmpty() ? "0" : digits.toString();
    }
}
