package dev.callbus.llm.dialog.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads how urgent something is from its synonyms, of which there are three kinds: those that always mean it ("urgent"), those
 * that mean it while it is asked for or beside the word "priority" ("low"), and those that mean it only if they are all that
 * was said in answer ("hi", which is how "high" is often transcribed).
 */
final class Priorities {
    /** Synonyms that always count. */
    static final String ALWAYS = "priority";
    /** Synonyms that count while the priority is asked for, beside the word, or with nothing else around. */
    static final String WHEN_ASKED = "priority_when_asked";
    /** Synonyms that count only as the whole answer. */
    static final String WHOLE_ANSWER = "priority_whole_answer";

    private static final Set<String> NAMES = Word.set("priority priorities urgency importance prioridad urgencia");
    private static final Set<String> NEGATIONS = Word.set("not isn't isnt never aren't wasn't");
    private static final Set<String> AFTER_NOT = Word.set("a an so very that really too as super the at all");
    private static final Set<String> CORRECTIONS =
            Word.set("no actually sorry rather but make instead mean wait change");
    private static final Set<String> NEUTRAL = Word.set("""
            it it's its is this that's that should be would make set as put i i'd i'll say said just probably maybe please a an
            the to very super so really quite pretty think let's lets go with mark uh um well okay ok yes yeah no sorry
            actually of guess kind sir thanks priority one level option for them all me es de la prioridad call""");

    private final List<Way> always;
    private final List<Way> whenAsked;
    private final List<Way> wholeAnswer;

    private record Way(String value, List<String> words) {}

    private record Hit(String value, int from, int to) {}

    /** @param synonyms by kind and by value, as in the phrases file */
    Priorities(Map<String, Map<String, List<String>>> synonyms) {
        always = ways(synonyms.getOrDefault(ALWAYS, Map.of()));
        whenAsked = new ArrayList<>(always);
        whenAsked.addAll(ways(synonyms.getOrDefault(WHEN_ASKED, Map.of())));
        whenAsked.sort(Comparator.comparingInt((Way way) -> way.words.size()).reversed());
        wholeAnswer = ways(synonyms.getOrDefault(WHOLE_ANSWER, Map.of()));
    }

    private static List<Way> ways(Map<String, List<String>> synonyms) {
        var ways = new ArrayList<Way>();
        synonyms.forEach((value, list) -> list.forEach(phrase -> ways.add(new Way(value, Word.texts(phrase)))));
        ways.removeIf(way -> way.words.isEmpty());
        ways.sort(Comparator.comparingInt((Way way) -> way.words.size()).reversed());
        return ways;
    }

    /** The priority that an utterance gives; nothing if it gives several without choosing, or only says what it is not. */
    Optional<String> find(String utterance, boolean asked) {
        var words = Word.texts(utterance);
        if (asked) {
            var whole = whole(words);
            if (whole != null) {
                return Optional.of(whole);
            }
        }
        boolean named = words.stream().anyMatch(NAMES::contains);
        var hits = hits(words, asked || named ? whenAsked : always);
        if (hits.isEmpty() && !asked && !named) {
            hits = hits(words, whenAsked);
            if (!isAll(words, hits)) {
                return Optional.empty();
            }
        }
        return choose(words, hits);
    }

    private @Nullable String whole(List<String> words) {
        var bare = words.stream()
                .filter(word -> !NEUTRAL.contains(word))
                .distinct()
                .toList();
        for (var way : wholeAnswer) {
            if (way.words.equals(bare) || way.words.equals(words)) {
                return way.value;
            }
        }
        return null;
    }

    private static List<Hit> hits(List<String> words, List<Way> ways) {
        var hits = new ArrayList<Hit>();
        int at = 0;
        while (at < words.size()) {
            var hit = hit(words, at, ways);
            if (hit == null) {
                at++;
            } else {
                hits.add(hit);
                at = hit.to;
            }
        }
        return hits;
    }

    private static @Nullable Hit hit(List<String> words, int at, List<Way> ways) {
        for (var way : ways) {
            int end = at + way.words.size();
            if (end <= words.size() && words.subList(at, end).equals(way.words)) {
                return new Hit(way.value, at, end);
            }
        }
        return null;
    }

    private static boolean isAll(List<String> words, List<Hit> hits) {
        return !hits.isEmpty()
                && IntStream.range(0, words.size())
                        .filter(i -> hits.stream().noneMatch(hit -> i >= hit.from && i < hit.to))
                        .allMatch(i -> NEUTRAL.contains(words.get(i)));
    }

    private static Optional<String> choose(List<String> words, List<Hit> hits) {
        var meant = hits.stream().filter(hit -> !isNegated(words, hit)).toList();
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        var last = meant.getLast();
        boolean agree = meant.stream().allMatch(hit -> hit.value.equals(last.value));
        boolean corrected =
                !agree && words.subList(meant.getFirst().to, last.from).stream().anyMatch(CORRECTIONS::contains);
        return agree || corrected ? Optional.of(last.value) : Optional.empty();
    }

    private static boolean isNegated(List<String> words, Hit hit) {
        int from = Math.max(0, hit.from - 3);
        var before = words.subList(from, hit.from);
        int negation = -1;
        for (int i = 0; i < before.size(); i++) {
            if (NEGATIONS.contains(before.get(i))) {
                negation = i;
            }
        }
        if (negation < 0) {
            return false;
        }
        return before.subList(negation + 1, before.size()).stream().allMatch(AFTER_NOT::contains);
    }
}
