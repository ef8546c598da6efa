package dev.callbus.sandbox.twilio;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The attributes of {@code <ConversationRelay>} and what each may be.
 *
 * <p>Source: twilio.com/docs/voice/twiml/connect/conversationrelay
 */
final class RelayAttributes {
    private static final Predicate<String> BOOLEAN = Set.of("true", "false")::contains;
    private static final Predicate<String> INPUT = Set.of("none", "dtmf", "speech", "any", "true", "false")::contains;
    private static final Predicate<String> LANGUAGE =
            Pattern.compile("multi|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*").asMatchPredicate();

    private static final Map<String, Predicate<String>> DOMAINS = Map.ofEntries(
            Map.entry("url", value -> value.startsWith("wss://")),
            Map.entry("welcomeGreeting", RelayAttributes::isAnything),
            Map.entry("welcomeGreetingInterruptible", INPUT),
            Map.entry("language", LANGUAGE),
            Map.entry("ttsLanguage", LANGUAGE),
            Map.entry("transcriptionLanguage", LANGUAGE),
            Map.entry("ttsProvider", ofIgnoringCase("google", "amazon", "elevenlabs")),
            Map.entry("voice", RelayAttributes::isAnything),
            Map.entry("transcriptionProvider", ofIgnoringCase("google", "deepgram")),
            Map.entry("speechModel", RelayAttributes::isAnything),
            Map.entry("eotThreshold", value -> isBetween(value, 0.5, 0.9)),
            Map.entry("partialPrompts", BOOLEAN),
            Map.entry("speechTimeout", value -> value.equals("auto") || isBetween(value, 600, 5000)),
            Map.entry("deepgramSmartFormat", BOOLEAN),
            Map.entry("interruptible", INPUT),
            Map.entry("interruptSensitivity", Set.of("low", "medium", "high")::contains),
            Map.entry("ignoreBackchannel", BOOLEAN),
            Map.entry("dtmfDetection", BOOLEAN),
            Map.entry("reportInputDuringAgentSpeech", INPUT),
            Map.entry("preemptible", BOOLEAN),
            Map.entry("hints", RelayAttributes::isAnything),
            Map.entry("events", words("speaker-events", "tokens-played", "config-updated")),
            Map.entry("debug", words("debugging", "speaker-events", "tokens-played")),
            Map.entry("elevenlabsTextNormalization", Set.of("on", "auto", "off")::contains),
            Map.entry("profanityFilter", BOOLEAN),
            Map.entry("backgroundNoiseReduction", RelayAttributes::isAnything),
            Map.entry("intelligenceService", RelayAttributes::isAnything),
            Map.entry("conversationConfiguration", RelayAttributes::isAnything),
            Map.entry("conversationId", RelayAttributes::isAnything),
            Map.entry("echoPromptFiltering", BOOLEAN),
            Map.entry("applicationReconnect", BOOLEAN));

    private RelayAttributes() {}

    static void check(Map<String, String> attributes) throws TwimlException {
        if (!attributes.containsKey("url")) {
            throw new TwimlException(TwimlException.BAD_RELAY, "<ConversationRelay> has no url");
        }
        for (var attribute : attributes.entrySet()) {
            var domain = DOMAINS.get(attribute.getKey());
            if (domain == null) {
                throw new TwimlException(
                        TwimlException.NOT_IN_SCHEMA, "<ConversationRelay> has no attribute " + attribute.getKey());
            }
            if (!domain.test(attribute.getValue())) {
                throw new TwimlException(
                        TwimlException.BAD_RELAY, attribute.getKey() + " can't be " + attribute.getValue());
            }
        }
    }

    private static boolean isAnything(String value) {
        return true;
    }

    private static Predicate<String> ofIgnoringCase(String... values) {
        var known = Set.of(values);
        return value -> known.contains(value.toLowerCase(Locale.ROOT));
    }

    private static Predicate<String> words(String... values) {
        var known = Set.of(values);
        return value -> known.containsAll(Set.of(value.trim().split("\\s+", -1)));
    }

    private static boolean isBetween(String value, double from, double to) {
        try {
            double number = Double.parseDouble(value);
            return number >= from && number <= to;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
