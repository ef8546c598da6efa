package dev.callbus.asset;

import dev.callbus.config.Refused;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The attributes of {@code <ConversationRelay>} that Twilio documents, each with what it takes. Source:
 * twilio.com/docs/voice/twiml/connect/conversationrelay.
 */
enum RelayAttribute {
    WELCOME_GREETING("welcomeGreeting", Domain.TEXT),
    WELCOME_GREETING_INTERRUPTIBLE("welcomeGreetingInterruptible", Domain.INPUT),
    LANGUAGE("language", Domain.LANGUAGE),
    TTS_LANGUAGE("ttsLanguage", Domain.LANGUAGE),
    TRANSCRIPTION_LANGUAGE("transcriptionLanguage", Domain.LANGUAGE),
    TTS_PROVIDER("ttsProvider", Domain.WORD, "Google", "Amazon", "ElevenLabs"),
    VOICE("voice", Domain.TEXT),
    TRANSCRIPTION_PROVIDER("transcriptionProvider", Domain.WORD, "Google", "Deepgram"),
    SPEECH_MODEL("speechModel", Domain.TEXT),
    EOT_THRESHOLD("eotThreshold", Domain.THRESHOLD),
    PARTIAL_PROMPTS("partialPrompts", Domain.BOOLEAN),
    SPEECH_TIMEOUT("speechTimeout", Domain.SPEECH_TIMEOUT),
    DEEPGRAM_SMART_FORMAT("deepgramSmartFormat", Domain.BOOLEAN),
    INTERRUPTIBLE("interruptible", Domain.INPUT),
    INTERRUPT_SENSITIVITY("interruptSensitivity", Domain.WORD, "low", "medium", "high"),
    IGNORE_BACKCHANNEL("ignoreBackchannel", Domain.BOOLEAN),
    DTMF_DETECTION("dtmfDetection", Domain.BOOLEAN),
    REPORT_INPUT_DURING_AGENT_SPEECH("reportInputDuringAgentSpeech", Domain.INPUT),
    PREEMPTIBLE("preemptible", Domain.BOOLEAN),
    HINTS("hints", Domain.TEXT_LIST),
    EVENTS("events", Domain.WORD_LIST, "speaker-events", "tokens-played", "config-updated"),
    DEBUG("debug", Domain.WORD_LIST, "debugging", "speaker-events", "tokens-played"),
    ELEVENLABS_TEXT_NORMALIZATION("elevenlabsTextNormalization", Domain.WORD, "on", "auto", "off"),
    PROFANITY_FILTER("profanityFilter", Domain.BOOLEAN),
    BACKGROUND_NOISE_REDUCTION("backgroundNoiseReduction", Domain.TEXT),
    INTELLIGENCE_SERVICE("intelligenceService", Domain.TEXT),
    CONVERSATION_CONFIGURATION("conversationConfiguration", Domain.TEXT),
    CONVERSATION_ID("conversationId", Domain.TEXT),
    ECHO_PROMPT_FILTERING("echoPromptFiltering", Domain.TEXT),
    APPLICATION_RECONNECT("applicationReconnect", Domain.BOOLEAN);

    private final String attribute;
    private final Domain domain;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out
    private final String[] words;

    RelayAttribute(String attribute, Domain domain, String... words) {
        this.attribute = attribute;
        this.domain = domain;
        this.words = words;
    }

    private enum Domain {
        TEXT,
        BOOLEAN,
        LANGUAGE,
        INPUT,
        WORD,
        THRESHOLD,
        SPEECH_TIMEOUT,
        TEXT_LIST,
        WORD_LIST
    }

    /** The name as Twilio writes it. */
    String attribute() {
        return attribute;
    }

    /** What joins the entries where a JSON list may be written, or nothing where it may not. */
    Optional<String> separator() {
        return switch (domain) {
            case TEXT_LIST -> Optional.of(",");
            case WORD_LIST -> Optional.of(" ");
            case TEXT, BOOLEAN, LANGUAGE, INPUT, WORD, THRESHOLD, SPEECH_TIMEOUT -> Optional.empty();
        };
    }

    /** The attribute of this name, whatever its case: Twilio's own SDK writes some in lower case only. */
    static Optional<RelayAttribute> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.attribute.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The value as it goes on the wire. */
    String checked(String value) throws Refused {
        return switch (domain) {
            case TEXT, TEXT_LIST -> value;
            case BOOLEAN -> word(value, "true", "false");
            case LANGUAGE -> language(value);
            case INPUT -> input(value);
            case WORD -> word(value, words);
            case THRESHOLD -> threshold(value);
            case SPEECH_TIMEOUT -> speechTimeout(value);
            case WORD_LIST -> wordList(value);
        };
    }

    /** Twilio takes booleans too: true is any, false is none. */
    private static String input(String value) throws Refused {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> "any";
            case "false" -> "none";
            default -> word(value, "none", "dtmf", "speech", "any");
        };
    }

    private static String language(String value) throws Refused {
        if (!value.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
            throw new Refused("is no language tag", "write it as en-US, or multi for automatic detection");
        }
        return value;
    }

    private static String threshold(String value) throws Refused {
        var refused = new Refused("is no threshold for the end of a turn", "write a number from 0.5 to 0.9");
        try {
            double number = new BigDecimal(value).doubleValue();
            if (number >= 0.5 && number <= 0.9) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused;
        }
        throw refused;
    }

    private static String speechTimeout(String value) throws Refused {
        if (value.equals("auto")) {
            return value;
        }
        boolean inRange =
                value.matches("[0-9]{3,4}") && Integer.parseInt(value) >= 600 && Integer.parseInt(value) <= 5000;
        if (!inRange) {
            throw new Refused("is no speech timeout", "write auto, or 600 to 5000 milliseconds");
        }
        return value;
    }

    private String wordList(String value) throws Refused {
        var given = value.strip().split("\\s+", -1);
        var found = new String[given.length];
        for (int i = 0; i < given.length; i++) {
            found[i] = word(given[i], words);
        }
        return String.join(" ", found);
    }

    private static String word(String value, String... words) throws Refused {
        for (var word : words) {
            if (word.equalsIgnoreCase(value)) {
                return word;
            }
        }
        throw new Refused("is not one of its values", "write " + String.join(", ", List.of(words)));
    }
}
