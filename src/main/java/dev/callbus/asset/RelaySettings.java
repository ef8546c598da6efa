package dev.callbus.asset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    public RelaySettings {
        attributes = inOrder(attributes);
        languages = languages.stream().map(RelaySettings::inOrder).toList();
        parameters = inOrder(parameters);
    }

    /** What the caller hears first, spoken by Twilio; empty if nothing is. */
    public String welcomeGreeting() {
        return attributes.getOrDefault("welcomeGreeting", "");
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
