package dev.callbus.sandbox.twilio;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the attributes of {@code <ConversationRelay>} settle for a session, with the documented defaults.
 *
 * <p>Source: twilio.com/docs/voice/twiml/connect/conversationrelay
 *
 * @param interruptible what cuts speech off, unless a frame says otherwise
 * @param preemptible whether speech yields to the next utterance, unless a frame says otherwise
 * @param reported which input counts while the agent speaks and can't be interrupted
 * @param languages those that frames may name
 * @param subscriptions to info frames
 */
record SessionSettings(
        String greeting,
        InterruptibleBy greetingInterruptible,
        InterruptibleBy interruptible,
        boolean preemptible,
        InterruptibleBy reported,
        boolean dtmfDetection,
        boolean partialPrompts,
        String transcriptionLanguage,
        Set<String> languages,
        Set<String> subscriptions) {

    static SessionSettings of(Twiml.Connect twiml) {
        var language = twiml.attribute("language", "en-US");
        return new SessionSettings(
                twiml.attribute("welcomeGreeting", ""),
                InterruptibleBy.of(twiml.attribute("welcomeGreetingInterruptible", "any")),
                InterruptibleBy.of(twiml.attribute("interruptible", "any")),
                isTrue(twiml, "preemptible"),
                InterruptibleBy.of(twiml.attribute("reportInputDuringAgentSpeech", "none")),
                isTrue(twiml, "dtmfDetection"),
                isTrue(twiml, "partialPrompts"),
                twiml.attribute("transcriptionLanguage", language),
                languages(twiml, language),
                words(twiml.attribute("events", "") + " " + twiml.attribute("debug", "")));
    }

    private static boolean isTrue(Twiml.Connect twiml, String attribute) {
        return twiml.attribute(attribute, "false").equals("true");
    }

    private static Set<String> languages(Twiml.Connect twiml, String language) {
        var languages = new HashSet<>(twiml.languages());
        languages.add(language);
        languages.add(twiml.attribute("ttsLanguage", language));
        languages.add(twiml.attribute("transcriptionLanguage", language));
        return languages;
    }

    private static Set<String> words(String text) {
        return Set.copyOf(List.of(text.strip().split("\\s+", -1)));
    }
}
