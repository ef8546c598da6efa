package dev.callbus.asset;

import java.util.List;
import java.util.Map;

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
        attributes = Map.copyOf(attributes);
        languages = languages.stream().map(Map::copyOf).toList();
        parameters = Map.copyOf(parameters);
    }

    /** What the caller hears first, spoken by Twilio; empty if nothing is. */
    public String welcomeGreeting() {
        return attributes.getOrDefault("welcomeGreeting", "");
    }
}
