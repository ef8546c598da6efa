package dev.callbus.sandbox.openai;

import dev.callbus.sandbox.openai.ChatRequest.Message;
import dev.callbus.sandbox.openai.ChatRequest.ToolUse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a script's conditions look at in a request's messages.
 *
 * @param caller the last user message, empty if there is none
 * @param said the last assistant text, empty if there is none
 * @param results results of tools that are the last thing that happened, by tool name
 * @param turn the number of user messages
 * @param answers the number of assistant messages
 */
record Conversation(String caller, String said, Map<String, String> results, int turn, int answers) {

    /** Reads messages that are a valid history. */
    static Conversation of(List<Message> messages) {
        String caller = "";
        String said = "";
        int turn = 0;
        int answers = 0;
        Map<String, String> names = new HashMap<>();
        Map<String, String> results = new LinkedHashMap<>();
        for (Message message : messages) {
            switch (message.role()) {
                case "user" -> {
                    caller = plain(message.text());
                    turn++;
                    results.clear();
                }
                case "assistant" -> {
                    said = message.text().isBlank() ? said : message.text().strip();
                    answers++;
                    results.clear();
                    message.toolCalls().forEach((ToolUse call) -> names.put(call.id(), call.name()));
                }
                case "tool" ->
                    results.merge(
                            names.getOrDefault(String.valueOf(message.toolCallId()), ""),
                            message.text(),
                            (first, next) -> first + "\n" + next);
                default -> {}
            }
        }
        return new Conversation(caller, said, results, turn, answers);
    }

    private static String plain(String text) {
        return text.replace('\u2019', '\'').strip();
    }
}
