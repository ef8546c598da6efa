package dev.callbus.call;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The digits in something that was said, whether written as digits or as words, and where each of them stands in it. */
final class HeardDigits {
    private static final Pattern TOKEN = Pattern.compile("\\p{Nd}|[\\p{L}\\p{M}]+(?:['\u2019][\\p{L}\\p{M}]+)*");

    private final String utterance;
    private final List<MatchResult> tokens;
    private final List<String> words;
    private final DigitWords language;
    private final List<Digit> digits = new ArrayList<>();
    private int segment;
    private int group;
    private int take;
    private boolean otherWords;

    HeardDigits(String utterance) {
        this.utterance = utterance;
        this.tokens = TOKEN.matcher(utterance).results().toList();
        this.words = tokens.stream().map(token -> plain(token.group())).toList();
        this.language = DigitWords.of(words);
        for (int at = 0; at < words.size(); ) {
            at += read(at);
        }
    }

    /**
     * One digit that was said.
     *
     * @param value 0 to 9
     * @param start where its figure or word begins
     * @param end where that ends
     * @param segment digits of one segment have nothing but hesitations between them
     * @param group digits of one group may be of one code
     * @param take digits of a later take correct those of the one before
     */
    record Digit(int value, int start, int end, int segment, int group, int take) {
        @Override
        public String toString() {
            return "•";
        }
    }

    List<Digit> all() {
        return digits;
    }

    /** Whether nothing was said but digits and what one says around a code. */
    boolean isNothingElse() {
        return !otherWords;
    }

    /** Whether the caller took back something. */
    boolean isCorrection() {
        return take > 0;
    }

    /** Reads what begins at a token; returns how many tokens that are. */
    private int read(int at) {
        var word = words.get(at);
        if (Character.isDigit(word.codePointAt(0))) {
            digits.add(digit(Character.digit(word.codePointAt(0), 10), at, at));
            return 1;
        }
        int times = language.times(word);
        if (times > 1 && at + 1 < words.size() && unit(at + 1) >= 0) {
            for (int i = 0; i < times; i++) {
                digits.add(digit(unit(at + 1), at, at + 1));
            }
            return 2;
        }
        var number = language.number(word);
        boolean counted = at + 1 < words.size() && DigitWords.isCounted(words.get(at + 1));
        if (number == null || counted || isInterjection(at)) {
            between(word);
            return 1;
        }
        return number(at, number);
    }

    private int number(int at, int number) {
        int unitAt = at + 1 < words.size() && language.isJoiner(words.get(at + 1)) ? at + 2 : at + 1;
        boolean tens = number >= 20 && number % 10 == 0;
        int unit = tens && unitAt < words.size() && language.number(words.get(unitAt)) != null ? unit(unitAt) : -1;
        int last = unit > 0 ? unitAt : at;
        int value = unit > 0 ? number + unit : number;
        if (value >= 10) {
            digits.add(digit(value / 10, at, last));
        }
        digits.add(digit(value % 10, at, last));
        return last - at + 1;
    }

    /** "Oh" is a digit only next to one. */
    private boolean isInterjection(int at) {
        boolean vague = words.get(at).equals("oh") || words.get(at).equals("o");
        return vague && !isNumber(at - 1) && !isNumber(at + 1) && !isVagueNextToNumber(at);
    }

    private boolean isVagueNextToNumber(int at) {
        return (at + 2 < words.size() && words.get(at + 1).equals(words.get(at)) && isNumber(at + 2))
                || (!digits.isEmpty()
                        && digits.getLast().end()
                                == (at == 0 ? 0 : tokens.get(at - 1).end()));
    }

    private boolean isNumber(int at) {
        if (at < 0 || at >= words.size()) {
            return false;
        }
        var word = words.get(at);
        boolean vague = word.equals("oh") || word.equals("o");
        return !vague && (unit(at) >= 0 || language.number(word) != null || language.times(word) > 1);
    }

    /** The digit that a token is, or -1. */
    private int unit(int at) {
        var word = words.get(at);
        int figure = Character.digit(word.codePointAt(0), 10);
        if (Character.isDigit(word.codePointAt(0))) {
            return figure;
        }
        var number = language.number(word);
        return number == null || number > 9 ? -1 : number;
    }

    private void between(String word) {
        if (DigitWords.CORRECTIONS.contains(word)) {
            take++;
            group++;
            segment++;
        } else if (DigitWords.LEADS.contains(word)) {
            segment++;
        } else if (!DigitWords.HESITATIONS.contains(word)) {
            otherWords = true;
            segment++;
            group++;
        }
    }

    private Digit digit(int value, int from, int to) {
        return new Digit(value, tokens.get(from).start(), tokens.get(to).end(), segment, group, take);
    }

    private static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC)
                .replace('\u2019', '\'')
                .toLowerCase(Locale.ROOT);
    }

    /** The utterance with the mark in place of the digits from one index to before another, and of those alone. */
    String masked(boolean[] hidden, String mark) {
        var text = new StringBuilder();
        int at = 0;
        for (int i = 0; i < hidden.length; i++) {
            if (!hidden[i]) {
                continue;
            }
            int first = i;
            while (i + 1 < hidden.length
                    && hidden[i + 1]
                    && digits.get(i + 1).segment() == digits.get(i).segment()) {
                i++;
            }
            text.append(utterance, at, Math.max(at, digits.get(first).start())).append(mark);
            at = digits.get(i).end();
        }
        return text.append(utterance, at, utterance.length()).toString();
    }
}
