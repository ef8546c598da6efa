package dev.callbus.call;

import dev.callbus.bus.Sensitive;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds one-time codes in what callers say and keeps their digits out of everything else, however they are said. It remembers
 * the parts of a code that is said in several utterances, and every code that it heard, to mask it for the rest of the call.
 */
final class CodeEar {
    private static final String MARK = "[code]";

    /** So many digits are hidden while a code is expected, whatever they are. */
    private static final int SUSPICIOUS = 3;

    private final Set<String> known = new LinkedHashSet<>();
    private String begun = "";

    /**
     * What was heard while a code is expected.
     *
     * @param text the utterance without the digits
     * @param code the code, if it is complete
     * @param amount how many digits there were, with those of the utterances before that this one continues
     */
    record Heard(String text, @Nullable Sensitive code, Amount amount) {}

    /** How many digits were heard, by the length of the code. */
    enum Amount {
        NONE,
        TOO_FEW,
        WHOLE,
        TOO_MANY
    }

    /** Listens for a code of so many digits. */
    Heard listen(String utterance, int codeLength) {
        var heard = new HeardDigits(utterance);
        var digits = heard.all();
        var hidden = new boolean[digits.size()];
        boolean[] suspicious = suspicious(heard);
        merge(hidden, suspicious);
        if (heard.isCorrection() || (digits.isEmpty() && !heard.isNothingElse())) {
            begun = "";
        }
        var code = code(heard, suspicious, codeLength, hidden);
        var amount = amount(code, heard, suspicious, codeLength);
        if (code != null) {
            begun = "";
            known.add(code);
        }
        hideKnown(digits, hidden);
        return new Heard(heard.masked(hidden, MARK), code == null ? null : new Sensitive(code), amount);
    }

    /** The utterance without the codes that were heard in this call; everything else stays. */
    String mask(String utterance) {
        if (known.isEmpty()) {
            return utterance;
        }
        var heard = new HeardDigits(utterance);
        var hidden = new boolean[heard.all().size()];
        hideKnown(heard.all(), hidden);
        return heard.masked(hidden, MARK);
    }

    /** Forgets the part of a code that was heard; complete ones stay known. */
    void forget() {
        begun = "";
    }

    @Override
    public String toString() {
        return "an ear that knows codes: " + known.size();
    }

    private @Nullable String code(HeardDigits heard, boolean[] suspicious, int length, boolean[] hidden) {
        var digits = heard.all();
        var own = whole(digits, suspicious, length);
        if (own != null) {
            return own;
        }
        int from = retaken(digits);
        var all = text(digits, i -> i >= from);
        var likely = text(digits, i -> i >= from && suspicious[i]);
        var said = likely.isEmpty() || !begun.isEmpty() ? all : likely;
        if (all.length() == length || (!begun.isEmpty() && !all.isEmpty() && begun.length() + all.length() == length)) {
            Arrays.fill(hidden, true);
            return all.length() == length ? all : begun + all;
        }
        if (!likely.isEmpty()) {
            begun = begun.length() + said.length() < length ? begun + said : said.length() < length ? said : "";
        }
        return null;
    }

    /** The last complete code in one utterance: a segment by itself, else neighbouring segments, else a whole group. */
    private static @Nullable String whole(List<HeardDigits.Digit> digits, boolean[] suspicious, int length) {
        for (int end = digits.size(); end >= length; end--) {
            int from = end - length;
            var first = digits.get(from);
            var last = digits.get(end - 1);
            boolean begins = from == 0 || digits.get(from - 1).segment() != first.segment();
            boolean ends = end == digits.size() || digits.get(end).segment() != last.segment();
            boolean retracted = IntStream.range(end, digits.size())
                            .filter(i -> suspicious[i] && digits.get(i).take() > last.take())
                            .count()
                    >= SUSPICIOUS;
            if (begins && ends && first.group() == last.group() && !retracted) {
                return text(digits.subList(from, end), i -> true);
            }
        }
        return null;
    }

    private Amount amount(@Nullable String code, HeardDigits heard, boolean[] suspicious, int length) {
        if (code != null) {
            return Amount.WHOLE;
        }
        int from = retaken(heard.all());
        var said = text(heard.all(), i -> i >= from && suspicious[i]);
        if (said.isEmpty()) {
            return Amount.NONE;
        }
        return said.length() > length ? Amount.TOO_MANY : Amount.TOO_FEW;
    }

    /** Which digits may be those of a code: three or more together, or whatever there is if nothing else is said. */
    private static boolean[] suspicious(HeardDigits heard) {
        var digits = heard.all();
        var suspicious = new boolean[digits.size()];
        for (int i = 0; i < suspicious.length; i++) {
            int group = digits.get(i).group();
            long together =
                    digits.stream().filter(other -> other.group() == group).count();
            suspicious[i] = heard.isNothingElse() || together >= SUSPICIOUS;
        }
        return suspicious;
    }

    /** Where the digits begin that were said after the last correction. */
    private static int retaken(List<HeardDigits.Digit> digits) {
        int from = digits.size();
        while (from > 0 && digits.get(from - 1).take() == digits.getLast().take()) {
            from--;
        }
        return from;
    }

    private void hideKnown(List<HeardDigits.Digit> digits, boolean[] hidden) {
        var said = text(digits, i -> true);
        for (var code : known) {
            for (int at = said.indexOf(code); at >= 0; at = said.indexOf(code, at + 1)) {
                Arrays.fill(hidden, at, at + code.length(), true);
            }
        }
        digits.stream()
                .map(HeardDigits.Digit::segment)
                .distinct()
                .filter(segment -> isPartOfKnown(text(digits, i -> digits.get(i).segment() == segment)))
                .forEach(segment -> IntStream.range(0, hidden.length)
                        .filter(i -> digits.get(i).segment() == segment)
                        .forEach(i -> hidden[i] = true));
    }

    /** Whether somebody who repeats a known code in two goes would say just these digits in one of them. */
    private boolean isPartOfKnown(String said) {
        return said.length() >= SUSPICIOUS
                && known.stream().anyMatch(code -> code.startsWith(said) || code.endsWith(said));
    }

    private static void merge(boolean[] hidden, boolean[] more) {
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] |= more[i];
        }
    }

    private static String text(List<HeardDigits.Digit> digits, IntPredicate which) {
        return IntStream.range(0, digits.size())
                .filter(which)
                .mapToObj(i -> String.valueOf(digits.get(i).value()))
                .collect(Collectors.joining());
    }
}
