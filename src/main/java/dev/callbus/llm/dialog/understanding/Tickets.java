package dev.callbus.llm.dialog.understanding;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an incident's number as it is typed, spelled or said: "INC0010001", "i n c one zero zero zero one", "ticket number ten
 * thousand and one". It has seven digits, filled up with zeros.
 *
 * <p>Source: docs.servicenow.com, Number maintenance: prefix INC and seven digits by default
 */
final class Tickets {
    private static final int DIGITS = 7;
    private static final int FEWEST_BARE_DIGITS = 4;
    private static final Set<String> PREFIXES = Set.of("inc", "ink", "eink", "ins");
    private static final List<List<String>> SPELLED_PREFIXES = List.of(
            List.of("i", "n", "c"),
            List.of("i", "and", "c"),
            List.of("i", "in", "c"),
            List.of("eye", "en", "see"),
            List.of("i", "n", "see"),
            List.of("in", "c"),
            List.of("i", "en", "c"));
    private static final Set<String> NOUNS = Set.of(
            "ticket", "tickets", "incident", "incidents", "case", "issue", "incidencia", "caso", "number", "número");
    private static final Set<String> BETWEEN = Set.of(
            "number", "no", "id", "is", "it's", "uh", "um", "er", "the", "#", "-", ".", ",", ":", "número", "and",
            "es");
    private static final Set<String> OTHER_NUMBERS = Word.set(
            "phone telephone mobile cell employee badge staff personnel my extension room account serial priority option");

    private Tickets() {}

    /**
     * The number of an incident that an utterance gives.
     *
     * @param asked whether it was asked for, so that the digits alone are enough
     */
    static Optional<Found> find(String utterance, boolean asked) {
        var words = Word.of(utterance);
        var texts = words.stream().map(Word::text).toList();
        for (int i = 0; i < texts.size(); i++) {
            int prefix = prefix(texts, i);
            if (prefix > i) {
                var found = digits(words, texts, i, prefix, 1);
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        for (int i = 0; i < texts.size(); i++) {
            if (NOUNS.contains(texts.get(i)) && !isOther(texts, i)) {
                var found = digits(words, texts, i, i + 1, fewest(texts, i));
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        return asked ? bare(words, texts) : Optional.empty();
    }

    /** How many digits have to follow a noun, for "number one" and "case two" may mean something else. */
    private static int fewest(List<String> texts, int noun) {
        boolean number = noun + 1 < texts.size() && texts.get(noun + 1).equals("number");
        return number ? 1 : FEWEST_BARE_DIGITS;
    }

    private static boolean isOther(List<String> texts, int at) {
        return texts.get(at).equals("number") && at > 0 && OTHER_NUMBERS.contains(texts.get(at - 1));
    }

    private static int prefix(List<String> texts, int at) {
        if (PREFIXES.contains(texts.get(at))) {
            return at + 1;
        }
        for (var spelled : SPELLED_PREFIXES) {
            int end = at + spelled.size();
            if (end <= texts.size() && texts.subList(at, end).equals(spelled)) {
                return end;
            }
        }
        return at;
    }

    /** The digits from here on, which may come in several groups. */
    private static @Nullable Found digits(List<Word> words, List<String> texts, int start, int from, int fewest) {
        var digits = new StringBuilder();
        int at = from;
        int end = from;
        while (at < texts.size()) {
            var number = SpokenNumber.at(texts, at);
            if (number != null) {
                digits.append(number.digits());
                at = number.end();
                end = at;
            } else if (BETWEEN.contains(texts.get(at)) && at < end + 4) {
                at++;
            } else {
                break;
            }
        }
        return digits.length() < fewest
                ? null
                : number(
                        digits.toString(),
                        words.get(start).start(),
                        words.get(end - 1).end());
    }

    private static Optional<Found> bare(List<Word> words, List<String> texts) {
        var run = DigitRun.longest(texts);
        if (run == null) {
            return Optional.empty();
        }
        boolean enough = run.digits().length() >= FEWEST_BARE_DIGITS || (run.from() == 0 && run.to() == texts.size());
        return enough
                ? Optional.ofNullable(number(
                        run.digits(),
                        words.get(run.from()).start(),
                        words.get(run.to() - 1).end()))
                : Optional.empty();
    }

    private static @Nullable Found number(String digits, int start, int end) {
        String significant = digits.replaceFirst("^0+", "");
        if (significant.isEmpty() || significant.length() > DIGITS || digits.length() > DIGITS + 3) {
            return null;
        }
        return new Found("INC" + "0".repeat(DIGITS - significant.length()) + significant, start, end);
    }
}
