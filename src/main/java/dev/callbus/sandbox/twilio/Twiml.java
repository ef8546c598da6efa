package dev.callbus.sandbox.twilio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server tells Twilio to do with a call: one verb of a TwiML document. */
sealed interface Twiml {

    record Say(String text) implements Twiml {}

    record Play(String url) implements Twiml {}

    record Pause(int seconds) implements Twiml {}

    record Hangup() implements Twiml {}

    record Reject(String reason) implements Twiml {}

    record Redirect(String url) implements Twiml {}

    record Dial(String number, @Nullable String action) implements Twiml {}

    record Enqueue(String workflowSid, String task) implements Twiml {}

    /** Recording, transcription and the like, which have no effect here. */
    record Start() implements Twiml {}

    /**
     * Connects the call to a relay.
     *
     * @param action where the server wants to be asked how the call goes on, or null
     * @param attributes of {@code <ConversationRelay>}
     * @param languages the codes that were declared
     */
    record Connect(
            @Nullable String action,
            Map<String, String> attributes,
            List<String> languages,
            Map<String, String> parameters)
            implements Twiml {

        String attribute(String name, String otherwise) {
            return attributes.getOrDefault(name, otherwise);
        }
    }
}
