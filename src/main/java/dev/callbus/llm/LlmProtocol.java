package dev.callbus.llm;

import dev.callbus.bus.Protocol;
import java.util.List;

/** What is asked of the model service. */
public sealed interface LlmProtocol extends Protocol {

    /** Asks for the next message of a conversation, as a stream of {@link ModelEvent}s. */
    record Generate(String callSid, List<ChatMessage> messages, List<ToolSpec> tools, ModelChoice model)
            implements LlmProtocol {
        public Generate {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
        }

        /** A question to whichever model is configured. */
        public Generate(String callSid, List<ChatMessage> messages, List<ToolSpec> tools) {
            this(callSid, messages, tools, ModelChoice.CONFIGURED);
        }

        /** The same question to whichever model is configured. */
        public Generate toConfigured() {
            return model.equals(ModelChoice.CONFIGURED) ? this : new Generate(callSid, messages, tools);
        }
    }

    /** Says that a conversation begins, so that connections are open when its first turn comes. */
    record Warm(String callSid) implements LlmProtocol {}
}
