package dev.callbus.llm;

import io.vertx.core.Future;

/** The edge to one vendor's model. Used on one context; nothing of it blocks. */
public interface LanguageModel {

    /** The name of the provider in the configuration, which conversations choose it by. */
    String provider();

    /** The model that is asked when the conversation names none. */
    String model();

    /** The provider and the model that answers this question, such as {@code openai:gpt-4o}. */
    default String nameFor(LlmProtocol.Generate request) {
        return provider() + ":" + request.model().modelOr(model());
    }

    /**
     * Asks once; the model that the question names, if any, is one of this provider. The sink gets words as they come, tool calls when they are whole, then exactly one
     * {@link ModelEvent.Finished} or {@link ModelEvent.Failed}, unless the answer is cancelled before.
     */
    Answer stream(LlmProtocol.Generate request, Sink sink);

    /** Opens a connection ahead of need. Its failure doesn't matter. */
    Future<Void> warm();

    /** Takes what a model says. */
    interface Sink {
        void event(ModelEvent event);

        /** There is no answer, and the vendor asks for so many milliseconds of patience before the next try. */
        default void failedUntil(ModelEvent.Failed failed, long retryAfterMillis) {
            event(failed);
        }
    }

    /** An answer under way. */
    interface Answer {
        /** Closes the vendor's stream; nothing is emitted any more. */
        void cancel();

        /** Stops reading from the vendor. */
        void pause();

        void resume();
    }
}
