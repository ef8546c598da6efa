package dev.callbus.llm.flowise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.StringJoiner;

/**
 * Writes what a flow is asked: what the caller said last, with the notes and tool results that surround it. What came
 * before, the flow remembers.
 */
final class FlowiseQuestion {
    private FlowiseQuestion() {}

    /** The body of a Prediction request. */
    static Buffer body(ObjectMapper mapper, LlmProtocol.Generate request) {
        var body = mapper.createObjectNode()
                .put("question", question(request.messages()))
                .put("chatId", request.callSid())
                .put("streaming", true);
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the request cannot be written", e);
        }
    }

    /** The words for the flow; empty only if there is no message with words. */
    static String question(List<ChatMessage> messages) {
        var question = new StringJoiner("\n");
        for (var message : messages.subList(begin(messages), messages.size())) {
            var words = words(message);
            if (!words.isBlank()) {
                question.add(words);
            }
        }
        return question.toString();
    }

    private static String words(ChatMessage message) {
        return switch (message) {
            case ChatMessage.Instructions note -> note.text();
            case ChatMessage.Caller caller -> caller.text();
            case ChatMessage.ToolResult result -> result.name() + ": " + result.content();
            case ChatMessage.Assistant own -> "";
        };
    }

    /** Where the news begin: after the last answer that was not a step towards tools, or else with the last message. */
    private static int begin(List<ChatMessage> messages) {
        int begin = messages.size();
        while (begin > 0 && !isAnswer(messages.get(begin - 1))) {
            begin--;
        }
        if (begin > 0) {
            return begin == messages.size() ? lastWordsFromOutside(messages) : begin;
        }
        // Nothing was answered yet: the instructions at the beginning are for other models, the flow has its own.
        while (begin < messages.size() - 1 && messages.get(begin) instanceof ChatMessage.Instructions) {
            begin++;
        }
        return begin;
    }

    private static boolean isAnswer(ChatMessage message) {
        return message instanceof ChatMessage.Assistant own && own.calls().isEmpty();
    }

    /** The place of the last message that isn't the assistant's own, when the conversation ends with an answer. */
    private static int lastWordsFromOutside(List<ChatMessage> messages) {
        for (int i = messages.size() - 1; i > 0; i--) {
            if (!(messages.get(i) instanceof ChatMessage.Assistant)) {
                return i;
            }
        }
        return 0;
    }
}
