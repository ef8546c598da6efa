package dev.callbus.sandbox.openai;

import dev.callbus.sandbox.openai.ChatRequest.Message;
import dev.callbus.sandbox.openai.ChatRequest.ToolUse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the input of a Responses request as messages, and checks that each function call has its one output. */
final class InputReader {
    private static final Set<String> ROLES = Set.of("assistant", "system", "developer", "user");

    private final List<Message> messages = new ArrayList<>();
    private final Set<String> calls = new HashSet<>();
    private final Set<String> open = new LinkedHashSet<>();

    private InputReader() {}

    /** Reads a text or items; throws {@link ApiError.Refusal} with the first fault found. */
    static List<Message> read(Field input) {
        if (input.value().isTextual()) {
            return List.of(new Message("user", input.text(), List.of(), null));
        }
        var reader = new InputReader();
        input.elements().forEach(item -> reader.item(item.object()));
        if (!reader.open.isEmpty()) {
            throw ApiError.invalid(
                            "No tool output found for function call "
                                    + reader.open.iterator().next() + ".",
                            "input",
                            null)
                    .refusal();
        }
        return reader.messages;
    }

    private void item(Field item) {
        String type = item.optional("type").map(Field::text).orElse("message");
        switch (type) {
            case "message" -> message(item);
            case "function_call" -> call(item);
            case "function_call_output" -> output(item);
            case "reasoning" -> reasoning(item);
            default ->
                throw item.required("type")
                        .wrongValue("'message', 'function_call', 'function_call_output', and 'reasoning'");
        }
    }

    private void message(Field item) {
        Field role = item.required("role");
        if (!ROLES.contains(role.text())) {
            throw role.wrongValue("'assistant', 'system', 'developer', and 'user'");
        }
        item.requireOnly(Set.of("type", "role", "content", "id", "status", "phase"));
        messages.add(new Message(role.text(), text(item.required("content"), role.text()), List.of(), null));
    }

    private static String text(Field content, String role) {
        if (content.value().isTextual()) {
            return content.text();
        }
        String expected = role.equals("assistant") ? "output_text" : "input_text";
        var text = new StringBuilder();
        for (Field part : content.elements()) {
            Field type = part.object().required("type");
            if (!type.text().equals(expected)) {
                throw type.wrongValue("'" + expected + "'");
            }
            text.append(part.required("text").text());
        }
        return text.toString();
    }

    private void call(Field item) {
        item.requireOnly(Set.of("type", "id", "call_id", "name", "arguments", "status"));
        String id = item.required("call_id").text();
        String name = ToolReader.functionName(item.required("name"));
        String arguments = item.required("arguments").text();
        if (!calls.add(id)) {
            throw ApiError.invalid("Duplicate function call with call_id " + id + ".", "input", null)
                    .refusal();
        }
        open.add(id);
        // Calls that follow each other, and the words before them, were one answer.
        var last = messages.isEmpty() ? null : messages.getLast();
        var uses = new ArrayList<ToolUse>();
        String text = "";
        if (last != null && last.role().equals("assistant")) {
            messages.removeLast();
            uses.addAll(last.toolCalls());
            text = last.text();
        }
        uses.add(new ToolUse(id, name, arguments));
        messages.add(new Message("assistant", text, uses, null));
    }

    private void output(Field item) {
        item.requireOnly(Set.of("type", "id", "call_id", "output", "status"));
        String id = item.required("call_id").text();
        if (!open.remove(id)) {
            throw ApiError.invalid(
                            "No tool call found for function call output with call_id " + id + ".", "input", null)
                    .refusal();
        }
        messages.add(new Message("tool", item.required("output").text(), List.of(), id));
    }

    private static void reasoning(Field item) {
        item.requireOnly(Set.of("type", "id", "summary", "content", "encrypted_content", "status"));
        item.required("summary");
        if (item.optional("encrypted_content").isEmpty()) {
            String id = item.optional("id").map(Field::text).orElse("");
            throw ApiError.refused(
                            404,
                            "Item with id '" + id
                                    + "' not found. Items are not persisted when `store` is set to false.",
                            null)
                    .refusal();
        }
    }
}
