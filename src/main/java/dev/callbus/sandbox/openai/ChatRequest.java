package dev.callbus.sandbox.openai;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A valid chat completion request, as far as a script looks at it.
 *
 * @param tools names of the functions that may be called
 * @param maxTokens the most tokens to answer with
 */
record ChatRequest(String model, List<Message> messages, Set<String> tools, int maxTokens, Options options) {
    ChatRequest {
        messages = List.copyOf(messages);
        tools = Set.copyOf(tools);
    }

    /** One message; the text is empty if there is none. */
    record Message(
            String role,
            String text,
            List<ToolUse> toolCalls,
            @Nullable String toolCallId) {
        Message {
            toolCalls = List.copyOf(toolCalls);
        }
    }

    /** A tool call of an earlier assistant message, with its arguments as they were written. */
    record ToolUse(String id, String name, String arguments) {}

    /** How the client wants its answer. */
    record Options(boolean stream, boolean includeUsage, boolean parallelToolCalls) {}
}
