package dev.callbus;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import dev.callbus.llm.dialog.DialogShelf;
import dev.callbus.sandbox.openai.Improviser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** The rule-based dialog as what the sandbox's model server answers, so that it is reached as a vendor's model is. */
final class ServedDialog implements Improviser {
    private final DialogShelf shelf;

    ServedDialog(DialogShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public Answer answer(List<Message> conversation, Set<String> tools) {
        var offered = tools.stream().map(name -> new ToolSpec(name, "", "{}")).toList();
        var reply = shelf.model().reply(new LlmProtocol.Generate("", messages(conversation), offered));
        var calls = reply.calls().stream()
                .map(call -> new Call(call.id(), call.name(), call.arguments()))
                .toList();
        return new Answer(reply.spoken(), calls);
    }

    private static List<ChatMessage> messages(List<Message> conversation) {
        var names = new HashMap<String, String>();
        var messages = new ArrayList<ChatMessage>();
        for (var message : conversation) {
            message.calls().forEach(call -> names.put(call.id(), call.name()));
            messages.add(
                    switch (message.role()) {
                        case "user" -> new ChatMessage.Caller(message.text());
                        case "assistant" ->
                            new ChatMessage.Assistant(
                                    message.text(),
                                    message.calls().stream()
                                            .map(call -> new ToolCall(call.id(), call.name(), call.arguments(), null))
                                            .toList(),
                                    null);
                        case "tool" -> {
                            var id = String.valueOf(message.callId());
                            yield new ChatMessage.ToolResult(id, names.getOrDefault(id, ""), message.text());
                        }
                        default -> new ChatMessage.Instructions(message.text());
                    });
        }
        return messages;
    }
}
