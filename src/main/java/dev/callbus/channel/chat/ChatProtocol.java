package dev.callbus.channel.chat;

import dev.callbus.bus.Protocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said to the desk that keeps the conversations in writing, and what comes back. */
public sealed interface ChatProtocol extends Protocol {

    /** Something to be answered, as a stream of {@link Words} and one {@link Answered}. */
    sealed interface Question extends ChatProtocol {}

    /**
     * Somebody writes at a web page or a terminal. {@code CONFLICT} while the answer before is still under way.
     *
     * @param sessionId of the conversation that goes on; a new one begins if it is null or nobody knows it
     * @param parameters that a new conversation begins with
     */
    record Say(@Nullable String sessionId, Speaker speaker, String text, Map<String, String> parameters)
            implements Question {
        public Say {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Somebody sends a text message; the two numbers are the conversation. What is being answered then is answered together with it. */
    record Text(String from, String to, String text) implements Question {}

    /** Further words of the answer; never empty. */
    record Words(String text) implements ChatProtocol {}

    /**
     * The answer is complete.
     *
     * @param outcome how it went
     * @param over whether the conversation is
     */
    record Answered(String sessionId, Outcome outcome, boolean over) implements ChatProtocol {}

    /** Who speaks. */
    enum Speaker {
        /** The person whom the agent serves. */
        USER,
        /** The operator: the model is told, and answers. */
        SYSTEM
    }

    /** How an answer went. */
    enum Outcome {
        ANSWERED,
        /** No model could answer; the words are an apology. */
        FAILED,
        /** The person wrote again before there was an answer, which answers both. */
        SUPERSEDED
    }
}
