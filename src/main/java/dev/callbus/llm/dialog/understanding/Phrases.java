package dev.callbus.llm.dialog.understanding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The phrases that understanding is trained from.
 *
 * @param intents examples by intent
 * @param synonyms ways to say it, by entity and by value
 */
public record Phrases(Map<String, List<String>> intents, Map<String, Map<String, List<String>>> synonyms) {
    /** Copies the collections and keeps their order, so that training gives the same result each time. */
    public Phrases {
        var examples = new LinkedHashMap<String, List<String>>();
        intents.forEach((intent, list) -> examples.put(intent, List.copyOf(list)));
        intents = Collections.unmodifiableMap(examples);
        var ways = new LinkedHashMap<String, Map<String, List<String>>>();
        synonyms.forEach((entity, values) -> {
            var copy = new LinkedHashMap<String, List<String>>();
            values.forEach((value, list) -> copy.put(value, List.copyOf(list)));
            ways.put(entity, Collections.unmodifiableMap(copy));
        });
        synonyms = Collections.unmodifiableMap(ways);
    }
}
