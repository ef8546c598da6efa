package dev.callbus.asset;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code ConversationRelay.Configuration} part of {@code serverConfig.json}.
 *
 * @param attributes of {@code <ConversationRelay>} by their documented names, without empty ones; values as they go on the wire
 * @param languages the {@code <Language>} children, each as attributes; {@code code} is always there
 * @param parameters the {@code <Parameter>} children that every call gets
 */
public record RelaySettings(
        Map<String, String> attributes, List<Map<String, String>> languages, Map<String, String> parameters) {
    private static final String HINTS = "hints";

    /** Twilio documents no limit; Google, one of the transcribers behind it, takes so many phrases. */
    private static final int MOST_HINTS = 500;

    public RelaySettings {
        attributes = inOrder(attributes);
        languages = languages.stream().map(RelaySettings::inOrder).toList();
        parameters = inOrder(parameters);
    }

    /** What the caller hears first, spoken by Twilio; empty if nothing is. */
    public String welcomeGreeting() {
        return attributes.getOrDefault("welcomeGreeting", "");
    }

    /** The same for a caller who is likely to say these words: the transcription expects them besides the configured ones. */
    public RelaySettings expecting(Collection<String> words) {
        var hints = Stream.concat(
                        Arrays.stream(attributes.getOrDefault(HINTS, "").split(",", -1))
                                .map(String::strip)
                                .filter(hint -> !hint.isEmpty()),
                        words.stream())
                .distinct()
                .limit(MOST_HINTS)
                .collect(Collectors.joining(","));
        if (hints.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(attributes);
        all.put(HINTS, hints);
        return new RelaySettings(all, languages, parameters);
    }

    /** The languages that a session may use: the one it begins with, and those of its {@code <Language>} children. */
    public List<String> codes() {
        return Stream.concat(
                        Stream.of("language", "ttsLanguage", "transcriptionLanguage")
                                .filter(attributes::containsKey)
                                .map(attributes::get),
                        languages.stream().map(language -> language.getOrDefault("code", "")))
                .distinct()
                .toList();
    }

    /** A copy that keeps the order, so that the same assets make the same TwiML. */
    private static Map<String, String> inOrder(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
