package dev.callbus.llm.dialog.understanding;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a caller meant. Thread-safe, and the same utterance always gives the same result. */
public final class Understanding {
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5}");

    private final IntentClassifier classifier;

    private Understanding(IntentClassifier classifier) {
        this.classifier = classifier;
    }

    /** Understanding trained from these phrases; blocks for less than a second. */
    public static Understanding train(Phrases phrases) {
        return new Understanding(IntentClassifier.train(phrases.intents()));
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
        return new Understood(text, classifier.guesses(text), entities(text), null);
    }

    private static Map<String, String> entities(String text) {
        var entities = new HashMap<String, String>();
        var email = EMAIL.matcher(text);
        if (email.find()) {
            entities.put(Entities.EMAIL, email.group().toLowerCase(Locale.ROOT));
        }
        return entities;
    }
}
