package dev.callbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Codes and telephone numbers that must not turn up, and the texts in which they are searched, in figures and in words. */
final class Canaries {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,.\\-]{0,3}");
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d(?:[ ().\\-]{0,2}\\d){9,14}");
    private static final Map<String, String> FIGURES = figures(
            "zero one two three four five six seven eight nine",
            "cero uno dos tres cuatro cinco seis siete ocho nueve",
            "null eins zwei drei vier fünf sechs sieben acht neun");

    private final int codeLength;
    private final Set<String> codes = ConcurrentHashMap.newKeySet();
    private final Map<String, String> found = new ConcurrentHashMap<>();
    private final Set<String> numbers;
    private final Map<String, String> foundNumbers = new ConcurrentHashMap<>();

    /**
     * @param numbers that are searched, in E.164
     * @param codeLength digits of a code
     */
    Canaries(List<String> numbers, int codeLength) {
        this.codeLength = codeLength;
        this.numbers = numbers.stream().map(number -> last(number.substring(1))).collect(Collectors.toSet());
    }

    private static Map<String, String> figures(String... languages) {
        var figures = new ConcurrentHashMap<String, String>();
        for (var language : languages) {
            var words = language.split(" ", -1);
            for (int figure = 0; figure < words.length; figure++) {
                figures.put(words[figure], Integer.toString(figure));
            }
        }
        return figures;
    }

    void plant(String code) {
        codes.add(code);
    }

    /** Looks through a text, also for codes that are planted later. */
    void search(String where, String text) {
        var run = new ArrayList<String>();
        var words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        int end = 0;
        while (words.find()) {
            var word = words.group();
            var figures = FIGURES.getOrDefault(word, word.chars().allMatch(Character::isDigit) ? word : "");
            if (figures.isEmpty()
                    || !SEPARATOR.matcher(text.substring(end, words.start())).matches()) {
                run.clear();
            }
            if (!figures.isEmpty()) {
                run.add(figures);
                remember(run, where, text.substring(Math.max(0, words.start() - 150), words.end()));
            }
            end = words.end();
        }
        var candidates = NUMBER.matcher(text);
        while (candidates.find()) {
            if (numbers.contains(last(candidates.group().replaceAll("\\D", "")))) {
                foundNumbers.putIfAbsent(where, text);
            }
        }
    }

    /** Every code and number that turned up, with where. */
    List<String> hits() {
        var hits = new ArrayList<String>();
        found.forEach((code, where) -> {
            if (codes.contains(code)) {
                hits.add("code " + code + " in " + where);
            }
        });
        foundNumbers.forEach((where, text) -> hits.add("number in " + where + ": " + shortened(text)));
        return hits;
    }

    int planted() {
        return codes.size();
    }

    private void remember(List<String> run, String where, String text) {
        var figures = "";
        for (int from = run.size() - 1; from >= 0 && figures.length() < codeLength; from--) {
            figures = run.get(from) + figures;
        }
        if (figures.length() == codeLength) {
            found.putIfAbsent(figures, where + ": " + shortened(text));
        }
    }

    private static String last(String digits) {
        return digits.substring(Math.max(0, digits.length() - 9));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(300, text.length()));
    }
}
