package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Choosing;
import dev.callbus.llm.dialog.understanding.Entities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What was read out to the caller, and what he means by "the second one" or "the one about the VPN". */
final class ReadOut {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern SIGNIFICANT = Pattern.compile("[1-9]\\d{2,}");

    /** Shorter words must be the same, of longer ones the beginning is enough: "printers" are about a printer. */
    private static final int STEM = 4;

    private static final int KEPT = 2048;

    private final @Nullable Choosing choosing;
    private final Bounded<Words, Optional<Meant>> known = new Bounded<>(KEPT);

    /** One of several things: what it is known by, and what it is about. */
    record Item(String value, String subject) {}

    /**
     * What is understood.
     *
     * @param clear whether it is clear which one was meant
     * @param alone what is understood if nothing is asked; the same if more was said than which one
     */
    record Meant(String text, boolean clear, String alone) {}

    /** Words that mean one or more of the items, or none of them. */
    private record Mention(int start, int end, Set<Integer> items) {}

    private record Words(String words, List<Item> items) {}

    /** How the callers of one flow choose; of none, nobody does. */
    ReadOut(@Nullable Choosing choosing) {
        this.choosing = choosing;
    }

    /** Those of the items that are in the agent's words, however their value was spelled, in the order in which they are. */
    static List<Item> heard(String words, List<Item> items) {
        var text = squeezed(words);
        return items.stream()
                .filter(item -> !item.value().isBlank() && text.contains(squeezed(item.value())))
                .sorted(Comparator.comparingInt(item -> text.indexOf(squeezed(item.value()))))
                .toList();
    }

    private static String squeezed(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(found -> found.group())
                .collect(Collectors.joining());
    }

    /** Whether the caller gave a number of his own; "number two" is understood as one, but is a place. */
    static boolean isNumbered(Heard heard) {
        return SIGNIFICANT
                .matcher(heard.entities().getOrDefault(Entities.TICKET, ""))
                .find();
    }

    /** What these words mean if one of these items is spoken of; nothing if none is. */
    Optional<Meant> meant(String words, List<Item> items) {
        return choosing == null || items.isEmpty()
                ? Optional.empty()
                : known.get(new Words(words, items), key -> new Reading(choosing, items).meant(words));
    }

    /** One reading of a caller's words. */
    private record Reading(Choosing choosing, List<Item> items) {

        Optional<Meant> meant(String words) {
            var mentions = placed(words);
            if (mentions.isEmpty()) {
                var about = about(words);
                if (about == null || about.items.isEmpty()) {
                    // It may be about something else.
                    return Optional.ofNullable(about).map(other -> new Meant(words, false, words));
                }
                mentions = List.of(about);
            }
            var all =
                    mentions.stream().flatMap(mention -> mention.items.stream()).collect(Collectors.toSet());
            boolean clear = all.size() == 1 && mentions.stream().noneMatch(mention -> mention.items.isEmpty());
            var choice = clear
                    ? choosing.as()
                            .fill(place -> items.get(all.iterator().next()).value())
                    : choosing.unclear();
            return Optional.of(meant(words, mentions, choice, clear));
        }

        private Meant meant(String words, List<Mention> mentions, String choice, boolean clear) {
            var mention = mentions.getFirst();
            var before = words.substring(0, mention.start);
            var after = words.substring(mention.end);
            var more = told(before + " " + after);
            return more.isEmpty()
                    ? new Meant(choice, clear, choosing.alone().fill(place -> choice))
                    : new Meant(before + choice + after, clear, before + choice + after);
        }

        private List<Mention> placed(String words) {
            var mentions = new ArrayList<Mention>();
            for (var way : choosing.ways()) {
                way.pattern().matcher(words).results().forEach(found -> {
                    var place = way.places().get(found.group(Choosing.PLACE).toLowerCase(Locale.ROOT));
                    mentions.add(new Mention(found.start(), found.end(), at(place)));
                });
            }
            return mentions;
        }

        private Set<Integer> at(@Nullable String place) {
            int at = Choosing.LAST.equals(place) ? items.size() : place == null ? 0 : Integer.parseInt(place);
            return at >= 1 && at <= items.size() ? Set.of(at - 1) : Set.of();
        }

        private @Nullable Mention about(String words) {
            for (var pattern : choosing.about()) {
                var found = pattern.matcher(words);
                while (found.find()) {
                    var told = told(found.group(1));
                    if (!told.isEmpty()) {
                        var fitting = IntStream.range(0, items.size())
                                .filter(i -> shares(items.get(i), told))
                                .boxed()
                                .collect(Collectors.toSet());
                        return new Mention(
                                found.start(), end(found.start(1), found.group(1), found.end(1), found.end()), fitting);
                    }
                }
            }
            return null;
        }

        private int end(int from, String group, int groupEnd, int end) {
            if (groupEnd < end) {
                return end;
            }
            return WORD.matcher(group)
                    .results()
                    .filter(word -> items.stream()
                            .anyMatch(item -> shares(item, Set.of(word.group().toLowerCase(Locale.ROOT)))))
                    .mapToInt(word -> from + word.end())
                    .max()
                    .orElse(end);
        }

        private Set<String> told(String words) {
            return Ears.wordsOf(words)
                    .filter(word -> word.length() > 1 && !choosing.small().contains(word))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private boolean shares(Item item, Set<String> told) {
            return told(item.subject()).stream().anyMatch(word -> told.stream().anyMatch(other -> isSame(word, other)));
        }

        private static boolean isSame(String one, String other) {
            return one.equals(other)
                    || (Math.min(one.length(), other.length()) >= STEM
                            && (one.startsWith(other) || other.startsWith(one)));
        }
    }
}
