package dev.callbus.call;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ToolCall;
import dev.callbus.servicenow.CallRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The history of a call: what the caller said, what the agent said and the caller heard, which tools ran.
 *
 * <p>Whatever happens, {@link #messages()} is a request that a model accepts: an answer's tool calls are directly followed
 * by one result each. A tool that has not returned yet has a result that says so.
 */
final class Conversation {
    private static final String PENDING = "{\"status\":\"still running\"}";

    private String instructions;
    private final int limit;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Transcript transcript = new Transcript();
    private final List<Spoken> unconfirmed = new ArrayList<>();

    /** @param limit characters that are kept, instructions not counted */
    Conversation(String instructions, int limit) {
        this.instructions = instructions;
        this.limit = limit;
    }

    /** From now on these are the model's instructions; what was said stays. */
    void instruct(String newInstructions) {
        instructions = newInstructions;
    }

    /** The caller said this. */
    void caller(String text, Instant now) {
        forgetOldest();
        entries.add(new Said(text));
        transcript.add(now, CallRecord.Speaker.CALLER, () -> text);
    }

    /** The model is to know this; the caller doesn't hear it. */
    void note(String text) {
        entries.add(new Noted(text));
    }

    /** Begins something that the agent says or does; it shows in the history once there are words or calls. */
    Answer answer(Instant now) {
        var answer = new Answer();
        entries.add(answer);
        transcript.add(now, CallRecord.Speaker.AGENT, answer.text::toString);
        return answer;
    }

    /** All that was said and heard so far. */
    List<CallRecord.Line> transcript() {
        return transcript.lines();
    }

    /** These words were sent to be spoken as part of an answer. */
    void say(Answer answer, String words) {
        unconfirmed.add(new Spoken(answer, answer.text.length(), words));
        answer.text.append(words);
    }

    /** All that was sent has been heard. */
    void heardAll() {
        unconfirmed.clear();
    }

    /** Of what was sent and not yet confirmed only this was heard: the rest leaves the history. */
    void heardOnly(String heard) {
        var sent = new StringBuilder();
        unconfirmed.forEach(piece -> sent.append(piece.words));
        int kept = HeardPrefix.length(sent, heard);
        int position = 0;
        for (var piece : unconfirmed) {
            int keep = Math.clamp(kept - position, 0, piece.words.length());
            position += piece.words.length();
            if (keep < piece.words.length()) {
                piece.answer.text.setLength(Math.min(piece.answer.text.length(), piece.start + keep));
            }
        }
        unconfirmed.clear();
    }

    /** What a model is asked with. Neighbouring messages of one speaker are one message, as some vendors insist. */
    List<ChatMessage> messages() {
        var messages = new ArrayList<ChatMessage>();
        messages.add(new ChatMessage.Instructions(instructions));
        for (var entry : entries) {
            switch (entry) {
                case Said said -> appendCaller(messages, said.text);
                case Noted noted -> messages.add(new ChatMessage.Instructions(noted.text));
                case Answer answer -> appendAnswer(messages, answer);
            }
        }
        return messages;
    }

    private static void appendCaller(List<ChatMessage> messages, String text) {
        if (messages.getLast() instanceof ChatMessage.Caller before) {
            messages.set(messages.size() - 1, new ChatMessage.Caller(before.text() + "\n" + text));
        } else {
            messages.add(new ChatMessage.Caller(text));
        }
    }

    private static void appendAnswer(List<ChatMessage> messages, Answer answer) {
        var text = answer.text.toString().strip();
        if (text.isEmpty() && answer.calls.isEmpty()) {
            return;
        }
        if (messages.getLast() instanceof ChatMessage.Assistant before
                && before.calls().isEmpty()) {
            text = (before.text() + " " + text).strip();
            messages.removeLast();
        }
        messages.add(new ChatMessage.Assistant(text, answer.calls, answer.extra));
        for (var call : answer.calls) {
            var result = answer.results.getOrDefault(call.id(), PENDING);
            messages.add(new ChatMessage.ToolResult(call.id(), call.name(), result));
        }
    }

    /** Drops whole exchanges from the front while there are more characters than the limit; the last one always stays. */
    private void forgetOldest() {
        int size = entries.stream().mapToInt(Entry::size).sum();
        while (size > limit && entries.stream().anyMatch(Predicate.not(entries.getFirst()::equals))) {
            size -= entries.removeFirst().size();
            while (!entries.isEmpty() && !(entries.getFirst() instanceof Said)) {
                size -= entries.removeFirst().size();
            }
        }
    }

    /** A piece of the history. */
    private sealed interface Entry {
        int size();
    }

    private record Said(String text) implements Entry {
        @Override
        public int size() {
            return text.length();
        }
    }

    private record Noted(String text) implements Entry {
        @Override
        public int size() {
            return text.length();
        }
    }

    /** Words that were sent, where they begin in their answer. */
    private record Spoken(Answer answer, int start, String words) {}

    /** What the agent said in one go, and the tools that it then called. */
    static final class Answer implements Entry {
        private final StringBuilder text = new StringBuilder();
        private final Map<String, String> results = new LinkedHashMap<>();
        private List<ToolCall> calls = List.of();
        private @Nullable String extra;

        /** The model called these tools; their ids are unique. */
        void call(List<ToolCall> toolCalls, @Nullable String vendorExtra) {
            calls = List.copyOf(toolCalls);
            extra = vendorExtra;
        }

        /** A tool returned. */
        void result(String callId, String content) {
            results.put(callId, content);
        }

        /** The name of the tool that was called so. */
        String tool(String callId) {
            return calls.stream()
                    .filter(call -> call.id().equals(callId))
                    .map(ToolCall::name)
                    .findFirst()
                    .orElse("");
        }

        boolean isComplete() {
            return results.size() == calls.size();
        }

        @Override
        public int size() {
            int size = text.length();
            for (var call : calls) {
                size += call.arguments().length();
            }
            for (var result : results.values()) {
                size += result.length();
            }
            return size;
        }
    }
}
