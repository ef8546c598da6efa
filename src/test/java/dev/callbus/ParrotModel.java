package dev.callbus;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol.Generate;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A model that calls the tool which the caller names with its arguments: after {@code twice} two times at once, after {@code again} once
 * more when the result is there. Then it says what the test makes of the results.
 */
final class ParrotModel implements Function<Generate, List<ModelEvent>> {
    private static final Pattern ORDER = Pattern.compile("(?:(twice|again) )?([a-z]+(?:-[a-z]+)+) (\\{.*})");

    private final BiFunction<ToolCall, String, String> words;
    private final AtomicLong ids = new AtomicLong();

    /** @param words what is said of a call and its result */
    ParrotModel(BiFunction<ToolCall, String, String> words) {
        this.words = words;
    }

    @Override
    public List<ModelEvent> apply(Generate question) {
        var messages = question.messages().stream()
                .filter(message -> !(message instanceof ChatMessage.Instructions))
                .toList();
        int rounds = 0;
        var results = new ArrayList<ChatMessage.ToolResult>();
        for (int index = messages.size() - 1; index >= 0; index--) {
            switch (messages.get(index)) {
                case ChatMessage.Caller(var text) -> {
                    return answer(text.substring(text.lastIndexOf('\n') + 1), rounds, results, messages);
                }
                case ChatMessage.ToolResult result -> {
                    if (rounds == 0) {
                        results.addFirst(result);
                    }
                }
                case ChatMessage.Assistant spoken when !spoken.calls().isEmpty() -> rounds++;
                case ChatMessage other -> {}
            }
        }
        return said("Hello.");
    }

    private List<ModelEvent> answer(
            String line, int rounds, List<ChatMessage.ToolResult> results, List<ChatMessage> messages) {
        var order = ORDER.matcher(line);
        if (!order.matches()) {
            return said(results.isEmpty() ? "I see." : told(results, messages));
        }
        var times = order.group(1);
        if (rounds == 0) {
            return calls("twice".equals(times) ? 2 : 1, order.group(2), order.group(3));
        } else if (rounds == 1 && "again".equals(times)) {
            return calls(1, order.group(2), order.group(3));
        }
        return said(told(results, messages));
    }

    private String told(List<ChatMessage.ToolResult> results, List<ChatMessage> messages) {
        var text = new StringBuilder();
        for (var result : results) {
            messages.stream()
                    .filter(ChatMessage.Assistant.class::isInstance)
                    .flatMap(message -> ((ChatMessage.Assistant) message).calls().stream())
                    .filter(call -> call.id().equals(result.callId()))
                    .forEach(call ->
                            text.append(words.apply(call, result.content())).append(' '));
        }
        return text.toString();
    }

    private List<ModelEvent> calls(int times, String tool, String arguments) {
        var calls = new ArrayList<ToolCall>();
        for (int time = 0; time < times; time++) {
            calls.add(new ToolCall("t" + ids.incrementAndGet(), tool, arguments, null));
        }
        return List.of(new ModelEvent.ToolCalls(calls, null), finished());
    }

    private static List<ModelEvent> said(String text) {
        return List.of(new ModelEvent.Delta(text), finished());
    }

    private static ModelEvent finished() {
        return new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN);
    }
}
