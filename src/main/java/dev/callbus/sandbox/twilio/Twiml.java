package dev.callbus.sandbox.twilio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server tells Twilio to do with a call: one verb of a TwiML document. */
sealed interface Twiml {

    /** Speaks words of Twilio's own. */
    record Say(String text) implements Twiml {}

    /** Plays a recording or keys. */
    record Play(String what) implements Twiml {}

    record Pause(int seconds) implements Twiml {}

    record Hangup() implements Twiml {}

    record Reject(String reason) implements Twiml {}

    record Redirect(Target to) implements Twiml {}

    /** Dials somebody; the action, if there is one, is told how that went. */
    record Dial(String party, @Nullable Target action) implements Twiml {}

    /** Queues the call, for a workflow (with a task's attributes) or in a queue; the action is told how that went. */
    record Enqueue(String queue, String task, @Nullable Target action) implements Twiml {}

    /** Recording, transcription and the like, which have no effect here. */
    record Start() implements Twiml {}

    /**
     * Connects the call to a relay.
     *
     * @param action where the server wants to be asked how the call goes on
     * @param attributes of {@code <ConversationRelay>}
     * @param languages the codes that were declared
     */
    record Connect(
            @Nullable Target action,
            Map<String, String> attributes,
            List<String> languages,
            Map<String, String> parameters)
            implements Twiml {

        String attribute(String name, String otherwise) {
            return attributes.getOrDefault(name, otherwise);
        }
    }

    /** A URL, absolute or relative to the document, and how it is requested. */
    record Target(String url, String method) {}
}
