package dev.callbus.llm.dialog.understanding;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was made of one utterance.
 *
 * @param text the utterance without its surrounding blanks
 * @param guesses the intents that it may have, best first; never empty
 * @param entities what was found in it, by the names in {@link Entities}
 * @param answer the yes or no that it is or begins with
 */
public record Understood(
        String text,
        List<Guess> guesses,
        Map<String, String> entities,
        @Nullable Answer answer) {
    /** Copies the collections. */
    public Understood {
        guesses = List.copyOf(guesses);
        entities = Map.copyOf(entities);
    }

    /** The likeliest intent. */
    public Guess best() {
        return guesses.getFirst();
    }

    /** The value of an entity that was found. */
    public Optional<String> entity(String name) {
        return Optional.ofNullable(entities.get(name));
    }

    /** Whether nothing was said: no word and no digit. */
    public boolean isEmpty() {
        return text.codePoints().noneMatch(Character::isLetterOrDigit);
    }
}
