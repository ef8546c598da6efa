package dev.callbus.llm.dialog.understanding;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a caller meant. Thread-safe, and the same utterance always gives the same result. */
public final class Understanding {
    /** The confidence above which a guess is good enough to act on. */
    public static final double SURE = 0.3;

    private static final double CERTAIN = 0.98;
    private static final double LIKELY = 0.9;
    private static final String REGION = "US";
    private static final Set<String> BARE_GREETINGS = Set.of("hi", "hi there", "hai", "hi hi");

    private final IntentClassifier classifier;
    private final Priorities priorities;

    private Understanding(IntentClassifier classifier, Priorities priorities) {
        this.classifier = classifier;
        this.priorities = priorities;
    }

    /** Understanding trained from these phrases; blocks for less than a second. */
    public static Understanding train(Phrases phrases) {
        return new Understanding(IntentClassifier.train(phrases.intents()), new Priorities(phrases.synonyms()));
    }

    /** What an utterance meant, without dates. */
    public Understood read(String utterance, @Nullable Asked asked) {
        return read(utterance, asked, null);
    }

    /**
     * What an utterance meant.
     *
     * @param asked what the agent asked for last, if anything
     * @param today the caller's day, from which "yesterday" counts; without it no date is read
     */
    public Understood read(String utterance, @Nullable Asked asked, @Nullable LocalDate today) {
        String text = utterance.strip();
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return new Understood(text, List.of(new Guess(Intents.OUT_OF_SCOPE, 0)), Map.of(), null);
        }
        if (Keyed.isHidden(text)) {
            return informed(text, Map.of(Entities.CODE, "keyed"), null);
        }
        var keyed = Keyed.digits(text);
        if (keyed.isPresent()) {
            return keyed(text, keyed.get(), asked);
        }
        var entities = new EntityReader(priorities, REGION, asked, today).read(text);
        var answer = answer(text, asked);
        var guesses = guesses(text, entities, answer, asked);
        return new Understood(text, guesses, entities.values(), answer == null ? null : answer.answer());
    }

    /** The answer in an utterance; a "yeah so …" when nothing was asked answers nothing. */
    private static Answers.@Nullable Read answer(String text, @Nullable Asked asked) {
        var answer = Answers.find(text, asked == Asked.YES_NO);
        boolean filler = answer != null && asked == null && !answer.whole() && answer.answer() == Answer.YES;
        return filler ? null : answer;
    }

    private static Understood keyed(String text, String keys, @Nullable Asked asked) {
        String digits = keys.replaceAll("[*#]", "");
        var entities = new HashMap<String, String>();
        if (!digits.isEmpty()) {
            entities.put(Entities.DIGITS, digits);
            entities.putAll(EntityReader.keyed(digits, asked, REGION));
        }
        Answer answer = null;
        if (asked == Asked.YES_NO) {
            answer = digits.equals("1") ? Answer.YES : digits.equals("2") ? Answer.NO : null;
        }
        return informed(text, entities, answer);
    }

    private static Understood informed(String text, Map<String, String> entities, @Nullable Answer answer) {
        String intent = answer == null ? Intents.INFORM : answer == Answer.YES ? Intents.AFFIRM : Intents.DENY;
        return new Understood(text, List.of(new Guess(intent, 1)), entities, answer);
    }

    private List<Guess> guesses(
            String text, EntityReader.Read entities, Answers.@Nullable Read answer, @Nullable Asked asked) {
        var guesses = classifier.guesses(entities.marked());
        if (answer != null && answer.whole()) {
            return ahead(guesses, answer.answer() == Answer.YES ? Intents.AFFIRM : Intents.DENY, CERTAIN);
        }
        String plain = String.join(" ", Word.texts(text)).toLowerCase(Locale.ROOT);
        if (BARE_GREETINGS.contains(plain)) {
            boolean high = entities.values().containsKey(Entities.PRIORITY);
            return ahead(guesses, high ? Intents.INFORM : Intents.GREET, LIKELY);
        }
        if (answer != null && answer.answer() == Answer.NO && entities.values().containsKey(Entities.EMAIL)) {
            return ahead(guesses, Intents.DENY, LIKELY);
        }
        boolean priority = asked == Asked.PRIORITY && entities.values().containsKey(Entities.PRIORITY);
        if (priority || entities.isAll()) {
            return ahead(guesses, Intents.INFORM, LIKELY);
        }
        return guesses;
    }

    /** The guesses with this one at their head, and the others sharing what confidence is left. */
    private static List<Guess> ahead(List<Guess> guesses, String intent, double confidence) {
        var reordered = new ArrayList<Guess>();
        reordered.add(new Guess(intent, confidence));
        guesses.stream()
                .filter(guess -> !guess.intent().equals(intent))
                .map(guess -> new Guess(guess.intent(), guess.confidence() * (1 - confidence)))
                .forEach(reordered::add);
        return reordered;
    }
}
