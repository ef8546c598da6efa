package dev.callbus.llm.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.llm.dialog.understanding.Answer;
import dev.callbus.llm.dialog.understanding.Asked;
import dev.callbus.llm.dialog.understanding.Entities;
import dev.callbus.llm.dialog.understanding.Understanding;
import dev.callbus.llm.dialog.understanding.Understood;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hears what a caller means: speech by understanding, {@code /intent{"entity":"value"}} as it is written. */
final class Ears {
    /** Utterances that are kept; each is read again with every further message of its conversation. */
    private static final int KEPT = 4096;

    private static final Pattern PAYLOAD = Pattern.compile("^/(\\w+)\\s*(\\{.*})?$", Pattern.DOTALL);
    private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?])\\s+|\\n+");
    private static final Pattern CLAUSES = Pattern.compile("(?<=[.!?,;])\\s+|\\n+");
    private static final int MOST_PARTS = 8;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** What people say around what they want. */
    private static final Set<String> AROUND =
            Set.of("greet", "thank", "affirm", "deny", "inform", "out_of_scope", "bot_challenge", "help", "wait");

    private static final Set<String> PROBLEMS = Set.of("problem_it", "problem_email", "password_reset");

    private final Understanding understanding;
    private final Bounded<Question, Heard> known = new Bounded<>(KEPT);
    private final Bounded<String, Map<Pattern, Boolean>> found = new Bounded<>(KEPT);

    private record Question(String text, @Nullable Asked asked, double confident) {}

    Ears(Understanding understanding) {
        this.understanding = understanding;
    }

    /** What was meant, given what was asked and how sure one must be. */
    Heard hear(String text, @Nullable Asked asked, double confident) {
        return known.get(new Question(text, asked, confident), this::read);
    }

    /** Which words of a flow are in what was said; each is looked for once. */
    Predicate<Pattern> spotted(Heard heard) {
        var known = found.get(heard.text(), text -> new ConcurrentHashMap<>());
        return words -> known.computeIfAbsent(
                words, pattern -> pattern.matcher(heard.text()).find());
    }

    private Heard read(Question question) {
        var payload = PAYLOAD.matcher(question.text().strip());
        if (payload.matches()) {
            return exactly(question.text().strip(), payload.group(1), payload.group(2));
        }
        var whole = understanding.read(question.text(), question.asked());
        var meant = meant(whole, question);
        return new Heard(
                whole.text(),
                meant.best().intent(),
                meant.best().confidence(),
                entities(whole, meant),
                answer(whole, question.confident()),
                words(whole.text()),
                false);
    }

    /** The whole, or the part of it that says what is wanted: its last sentence that does, a clause if none of them does. */
    private Understood meant(Understood whole, Question question) {
        if (isWish(whole, question.confident()) && !isBackground(whole)) {
            return whole;
        }
        var own = isWish(whole, question.confident()) ? whole : null;
        return part(SENTENCES, whole, question)
                .filter(part -> own == null || !isBackground(part))
                .or(() -> Optional.ofNullable(own).filter(given -> !given.text().contains(",")))
                .or(() -> part(CLAUSES, whole, question).filter(part -> own == null || !isBackground(part)))
                .orElse(whole);
    }

    private Optional<Understood> part(Pattern border, Understood whole, Question question) {
        var parts = List.of(border.split(whole.text(), -1));
        if (parts.size() < 2 || parts.size() > MOST_PARTS) {
            return Optional.empty();
        }
        var wishes = parts.reversed().stream()
                .map(part -> understanding.read(part, question.asked()))
                .filter(part -> isWish(part, question.confident()))
                .toList();
        return wishes.stream()
                .filter(part -> !isBackground(part))
                .findFirst()
                .or(() -> wishes.stream().findFirst());
    }

    /** A problem may be told as the reason of a wish, so that the wish counts more. */
    private static boolean isBackground(Understood understood) {
        return PROBLEMS.contains(understood.best().intent());
    }

    private static boolean isWish(Understood understood, double confident) {
        return understood.best().confidence() >= confident
                && !AROUND.contains(understood.best().intent());
    }

    /** The yes or no of the words, else that of their meaning. */
    private static @Nullable Answer answer(Understood whole, double confident) {
        if (whole.answer() != null || whole.best().confidence() < confident) {
            return whole.answer();
        }
        return answer(whole.best().intent());
    }

    private static @Nullable Answer answer(String intent) {
        return switch (intent) {
            case "affirm" -> Answer.YES;
            case "deny" -> Answer.NO;
            default -> null;
        };
    }

    private static Map<String, String> entities(Understood whole, Understood part) {
        var entities = new LinkedHashMap<>(part.entities());
        entities.putAll(whole.entities());
        return entities;
    }

    private static Heard exactly(String text, String intent, @Nullable String json) {
        var entities = new LinkedHashMap<String, String>();
        JsonNode members = Results.parse(json == null ? "{}" : json);
        members.fields().forEachRemaining(member -> entities.put(entity(member.getKey()), value(member.getValue())));
        return new Heard(text, intent, 1, entities, answer(intent), 1, true);
    }

    /** The first value of a list, as each entity has one. */
    private static String value(JsonNode value) {
        return value.isArray() ? value.path(0).asText() : value.asText();
    }

    private static String entity(String name) {
        return switch (name) {
            case "ticket_number" -> Entities.TICKET;
            case "phone_number" -> Entities.PHONE;
            case "employee_number" -> Entities.EMPLOYEE;
            default -> name;
        };
    }

    private static int words(String text) {
        return (int) WORD.matcher(text).results().count();
    }

    /** The words of a text in small letters, apart by one blank. */
    static String plain(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining(" "));
    }

    static Stream<String> wordsOf(String text) {
        return Arrays.stream(plain(text).split(" ", -1));
    }
}
