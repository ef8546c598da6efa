package dev.callbus.llm.dialog.understanding;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Reads which option of a menu a caller chose: by its key, its place, or its words. */
public final class Choices {
    private static final Set<String> NEUTRAL = Word.set("""
            press pressed option number choice key the one ones i'd i i'll take like want choose choice would please um uh well
            okay ok yes yeah it's is that's a an to my of for with let's go say said it this that thing opción número la el
            por favor una un de""");
    private static final Set<String> NEGATIONS = Set.of("not", "no", "neither", "none", "don't", "isn't");

    private Choices() {}

    /** The option that was chosen, counted from 0, or nothing. */
    public static OptionalInt of(String utterance, List<String> options) {
        var number = number(utterance, options.size());
        if (number.isPresent()) {
            return number.getAsInt() <= options.size() ? OptionalInt.of(number.getAsInt() - 1) : OptionalInt.empty();
        }
        return byWords(Word.texts(utterance), options);
    }

    /**
     * The number that was keyed or said for an option, counted from 1: "The caller keyed 1", "option two", "the first one", "the
     * last". Nothing if more than a choice was said.
     *
     * @param size how many options there are, which is the number of "the last"; 0 if that isn't known
     */
    static OptionalInt number(String utterance, int size) {
        var keyed = Keyed.digits(utterance);
        if (keyed.isPresent()) {
            String digits = keyed.get().replaceAll("[*#]", "");
            return digits.isEmpty() || digits.length() > 2 ? OptionalInt.empty() : positive(Integer.parseInt(digits));
        }
        var said = Word.texts(utterance);
        var telling =
                said.stream().filter(word -> !NEUTRAL.contains(word)).distinct().toList();
        if (telling.isEmpty()) {
            boolean one = said.contains("one") && (said.size() == 1 || said.indexOf("one") == said.size() - 1);
            return one ? OptionalInt.of(1) : OptionalInt.empty();
        }
        if (telling.size() > 1) {
            return OptionalInt.empty();
        }
        String word = telling.getFirst();
        Integer ordinal = Ordinals.value(word);
        if (ordinal != null) {
            return OptionalInt.of(ordinal);
        }
        if (word.equals("last") && size > 0) {
            return OptionalInt.of(size);
        }
        var digits = SpokenNumber.at(telling, 0);
        return digits == null || digits.digits().length() > 2
                ? homophone(word, said.size())
                : positive(Integer.parseInt(digits.digits()));
    }

    /** "to" and "for" are numbers only by themselves. */
    private static OptionalInt homophone(String word, int words) {
        if (words > 2) {
            return OptionalInt.empty();
        }
        return switch (word) {
            case "won" -> OptionalInt.of(1);
            case "too" -> OptionalInt.of(2);
            case "tree" -> OptionalInt.of(3);
            case "fore" -> OptionalInt.of(4);
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt positive(int number) {
        return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** The only option with the most of the words that tell it from the others. */
    private static OptionalInt byWords(List<String> said, List<String> options) {
        if (said.stream().anyMatch(NEGATIONS::contains)) {
            return OptionalInt.empty();
        }
        int best = -1;
        int most = 0;
        boolean tie = false;
        for (int i = 0; i < options.size(); i++) {
            var telling = new HashSet<>(Word.texts(options.get(i)));
            telling.removeAll(NEUTRAL);
            telling.retainAll(said);
            if (telling.size() > most) {
                most = telling.size();
                best = i;
                tie = false;
            } else if (telling.size() == most && most > 0) {
                tie = true;
            }
        }
        return best < 0 || tie ? OptionalInt.empty() : OptionalInt.of(best);
    }
}
