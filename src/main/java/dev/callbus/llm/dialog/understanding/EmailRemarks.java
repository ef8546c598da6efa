package dev.callbus.llm.dialog.understanding;

import java.util.List;
import java.util.Set;

/** What callers say about the spelling of an address and not in it: "all lower case", "with a k", "followed by". */
final class EmailRemarks {
    private static final List<List<String>> WHOLE = phrases("""
            all in lower case,all in lowercase,all lower case,all lowercase,in lower case,in lowercase,lower case,lowercase,
            all in small letters,all small letters,in small letters,small letters,all in capital letters,in capital letters,
            all upper case,all uppercase,upper case,uppercase,all in caps,all caps,in caps,capital letter,capital,small letter,
            all one word,as one word,in one word,one word,all together,all in one,altogether,
            no spaces,no space,without spaces,no dots,no dot,without a dot,without the dot,without dots,
            no dash,no dashes,no hyphen,no underscore,and the number,the number,the digit,the letter,the word,letter,
            followed by the,followed by""");
    private static final List<List<String>> BEFORE_SIGNS = phrases("followed by a,followed by an,and a,and an,and");
    private static final List<List<String>> PLACES =
            phrases("at the end,at the beginning,at the start,at the front,in the middle");
    private static final Set<String> SIGNS = Set.of("dot", "underscore", "dash", "hyphen");
    private static final Set<String> WITH = Set.of("with", "without");
    private static final Set<String> COUNTS = Set.of("a", "an", "one", "two", "double");

    private EmailRemarks() {}

    /** The number of words of the remark that begins at this position, or 0. */
    static int length(List<String> words, int at) {
        for (var remark : BEFORE_SIGNS) {
            int end = at + remark.size();
            if (matches(words, at, remark) && end < words.size() && SIGNS.contains(words.get(end))) {
                return remark.size();
            }
        }
        for (var remark : WHOLE) {
            if (matches(words, at, remark)) {
                return remark.size();
            }
        }
        boolean small = words.get(at).equals("small")
                && at + 1 < words.size()
                && words.get(at + 1).length() == 1;
        return small ? 1 : lettersWithin(words, at);
    }

    /** The length of "with a k", "without an e", "with a double n" or "with two l's", and of where that is. */
    private static int lettersWithin(List<String> words, int from) {
        if (!WITH.contains(words.get(from))) {
            return 0;
        }
        int at = from + 1;
        while (at < words.size() && at < from + 3 && COUNTS.contains(words.get(at)) && isLetter(words, at + 1, true)) {
            at++;
        }
        boolean spelled = at > from + 1 && isLetter(words, at, false) && !isLetter(words, at + 1, false);
        return spelled ? afterPlace(words, at + 1) - from : 0;
    }

    /** The position after "at the end", if that is what stands here. */
    private static int afterPlace(List<String> words, int at) {
        return PLACES.stream().anyMatch(place -> matches(words, at, place)) ? at + 3 : at;
    }

    private static boolean isLetter(List<String> words, int at, boolean orCount) {
        if (at >= words.size()) {
            return false;
        }
        String word = words.get(at);
        String single = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
        return single.length() == 1 || Letters.of(single) != null || (orCount && COUNTS.contains(word));
    }

    private static boolean matches(List<String> words, int at, List<String> expected) {
        int end = at + expected.size();
        return end <= words.size() && words.subList(at, end).equals(expected);
    }

    private static List<List<String>> phrases(String text) {
        return List.of(text.strip().split("\\s*,\\s*", -1)).stream()
                .map(Word::texts)
                .toList();
    }
}
