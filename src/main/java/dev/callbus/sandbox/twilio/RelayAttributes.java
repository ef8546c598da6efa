package dev.callbus.sandbox.twilio;

import static dev.callbus.sandbox.twilio.Domain.ANYTHING;
import static dev.callbus.sandbox.twilio.Domain.BOOLEAN;
import static dev.callbus.sandbox.twilio.Domain.INPUT;
import static dev.callbus.sandbox.twilio.Domain.LANGUAGE;
import static java.util.Map.entry;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The attributes of {@code <ConversationRelay>} and its {@code <Language>}, and what each may be. A name in another case is
 * another name.
 *
 * <p>Source: twilio.com/docs/voice/twiml/connect/conversationrelay
 */
final class RelayAttributes {
    private static final Domain TTS_PROVIDER = Domain.ofIgnoringCase("google", "amazon", "elevenlabs");
    private static final Domain STT_PROVIDER = Domain.ofIgnoringCase("google", "deepgram");
    private static final Set<String> MULTI_MODELS = Set.of("nova-2-general", "nova-3-general");

    private static final Map<String, Domain> RELAY = Map.ofEntries(
            entry("url", RelayAttributes::isSocketUrl),
            entry("welcomeGreeting", ANYTHING),
            entry("welcomeGreetingInterruptible", INPUT),
            entry("language", LANGUAGE),
            entry("ttsLanguage", LANGUAGE),
            entry("transcriptionLanguage", LANGUAGE),
            entry("ttsProvider", TTS_PROVIDER),
            entry("voice", ANYTHING),
            entry("transcriptionProvider", STT_PROVIDER),
            entry("speechModel", ANYTHING),
            entry("eotThreshold", Domain.decimal(0.5, 0.9)),
            entry("partialPrompts", BOOLEAN),
            entry("speechTimeout", RelayAttributes::isSpeechTimeout),
            entry("deepgramSmartFormat", BOOLEAN),
            entry("interruptible", INPUT),
            entry("interruptSensitivity", Domain.oneOf("low", "medium", "high")),
            entry("ignoreBackchannel", BOOLEAN),
            entry("dtmfDetection", BOOLEAN),
            entry("reportInputDuringAgentSpeech", Domain.oneOf("none", "dtmf", "speech", "any")),
            entry("preemptible", BOOLEAN),
            entry("hints", ANYTHING),
            entry("events", Domain.words("speaker-events", "tokens-played", "config-updated")),
            entry("debug", Domain.words("debugging", "speaker-events", "tokens-played")),
            entry("elevenlabsTextNormalization", Domain.oneOf("on", "auto", "off")),
            entry("profanityFilter", BOOLEAN),
            entry("backgroundNoiseReduction", ANYTHING),
            entry("intelligenceService", Domain.SOMETHING),
            entry("conversationConfiguration", Domain.SOMETHING),
            entry("conversationId", Domain.SOMETHING),
            entry("echoPromptFiltering", BOOLEAN),
            entry("applicationReconnect", BOOLEAN));

    private static final Map<String, Domain> LANGUAGE_ELEMENT = Map.of(
            "code", LANGUAGE,
            "ttsProvider", TTS_PROVIDER,
            "voice", ANYTHING,
            "transcriptionProvider", STT_PROVIDER,
            "speechModel", ANYTHING);

    private RelayAttributes() {}

    static void checkRelay(Map<String, String> attributes) throws LineException {
        check("ConversationRelay", attributes, RELAY);
        if (!attributes.containsKey("url")) {
            throw bad("<ConversationRelay> has no url");
        }
        var language = attributes.getOrDefault("language", "");
        checkTranscription(attributes.getOrDefault("transcriptionLanguage", language), attributes);
        checkSpeech(attributes.getOrDefault("ttsLanguage", language), attributes);
    }

    /** Checks a {@code <Language>}, which inherits what it doesn't say from the relay. */
    static void checkLanguage(Map<String, String> attributes, Map<String, String> relay) throws LineException {
        check("Language", attributes, LANGUAGE_ELEMENT);
        if (!attributes.containsKey("code")) {
            throw bad("<Language> has no code");
        }
        var inherited = new HashMap<>(relay);
        inherited.putAll(attributes);
        checkTranscription(attributes.getOrDefault("code", ""), inherited);
        checkSpeech(attributes.getOrDefault("code", ""), inherited);
    }

    private static void check(String element, Map<String, String> attributes, Map<String, Domain> domains)
            throws LineException {
        for (var attribute : attributes.entrySet()) {
            var domain = domains.get(attribute.getKey());
            if (domain == null) {
                throw bad("<" + element + "> has no attribute " + attribute.getKey());
            }
            if (!domain.test(attribute.getValue())) {
                throw bad(attribute.getKey() + " of <" + element + "> can't be \"" + attribute.getValue() + "\"");
            }
        }
    }

    private static void checkTranscription(String language, Map<String, String> attributes) throws LineException {
        var provider = attributes.getOrDefault("transcriptionProvider", "deepgram");
        var model = attributes.getOrDefault("speechModel", "nova-3-general");
        if (language.equals("multi")
                && !(provider.toLowerCase(Locale.ROOT).equals("deepgram") && MULTI_MODELS.contains(model))) {
            throw bad("only Deepgram's nova-2-general and nova-3-general transcribe the language multi");
        }
    }

    private static void checkSpeech(String language, Map<String, String> attributes) throws LineException {
        var provider = attributes.getOrDefault("ttsProvider", "elevenlabs");
        if (language.equals("multi") && !provider.toLowerCase(Locale.ROOT).equals("elevenlabs")) {
            throw bad("only ElevenLabs speaks the language multi");
        }
    }

    /** Milliseconds, or left to Twilio. */
    private static boolean isSpeechTimeout(String value) {
        return value.equals("auto") || Domain.count(600, 5000).test(value);
    }

    private static boolean isSocketUrl(String value) {
        try {
            return value.startsWith("wss://") && URI.create(value).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static LineException bad(String message) {
        return new LineException(LineException.BAD_RELAY, message);
    }
}
