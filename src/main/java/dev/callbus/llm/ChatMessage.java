package dev.callbus.llm;

import dev.callbus.bus.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message of a conversation as a model reads it. */
public sealed interface ChatMessage extends Protocol {

    /** What the operator tells the model. */
    record Instructions(String text) implements ChatMessage {}

    /** What the caller said or keyed. */
    record Caller(String text) implements ChatMessage {}

    /**
     * What the assistant said and which tools it called; each call's result follows as a message of its own.
     *
     * @param extra what the vendor sent along and wants back unchanged, as a JSON object, or null
     */
    record Assistant(
            String text, List<ToolCall> calls, @Nullable String extra) implements ChatMessage {
        public Assistant {
            calls = List.copyOf(calls);
        }
    }

    /** What a tool returned to the call with this id. */
    record ToolResult(String callId, String name, String content) implements ChatMessage {}
}
