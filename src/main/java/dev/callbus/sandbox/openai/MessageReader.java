package dev.callbus.sandbox.openai;

import dev.callbus.sandbox.openai.ChatRequest.Message;
import dev.callbus.sandbox.openai.ChatRequest.ToolUse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the messages of a request and checks that each tool call is directly followed by its one result. */
final class MessageReader {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");
    private static final String ROLE_NAMES = "'system', 'assistant', 'user', 'function', 'tool', and 'developer'";

    private MessageReader() {}

    /** Reads all messages; throws {@link ApiError.Refusal} with the first fault found. */
    static List<Message> read(Field field) {
        var messages = new ArrayList<Message>();
        Set<String> open = new LinkedHashSet<>();
        for (Field element : field.elements()) {
            Message message = message(element.object());
            String rolePath = "messages.[" + messages.size() + "].role";
            if (!message.role().equals("tool")) {
                requireNoneOpen(open, rolePath);
            } else if (message.toolCallId() == null || !open.remove(message.toolCallId())) {
                throw ApiError.invalid(
                                "Invalid parameter: messages with role 'tool' must be a response to a preceeding"
                                        + " message with 'tool_calls'.",
                                rolePath,
                                null)
                        .refusal();
            }
            message.toolCalls().forEach(call -> open.add(call.id()));
            messages.add(message);
        }
        requireNoneOpen(open, "messages.[" + messages.size() + "].role");
        return messages;
    }

    private static void requireNoneOpen(Set<String> open, String param) {
        if (!open.isEmpty()) {
            throw ApiError.invalid(
                            "An assistant message with 'tool_calls' must be followed by tool messages responding to"
                                    + " each 'tool_call_id'. The following tool_call_ids did not have response"
                                    + " messages: " + String.join(", ", open),
                            param,
                            null)
                    .refusal();
        }
    }

    private static Message message(Field message) {
        Field role = message.required("role");
        if (!ROLES.contains(role.text())) {
            throw role.wrongValue(ROLE_NAMES);
        }
        message.optional("name").ifPresent(Field::text);
        List<ToolUse> calls = toolCalls(message, role);
        boolean mayBeSilent = !calls.isEmpty() || message.optional("refusal").isPresent();
        String text = role.text().equals("assistant") && mayBeSilent
                ? message.optional("content")
                        .map(content -> text(content, role))
                        .orElse("")
                : text(content(message), role);
        String id =
                role.text().equals("tool") ? message.required("tool_call_id").text() : null;
        return new Message(role.text(), text, calls, id);
    }

    private static Field content(Field message) {
        if (message.value().path("content").isNull()) {
            throw new Field(message.path() + ".content", message.value().path("content"))
                    .wrongType("one of a string or array of objects");
        }
        return message.required("content");
    }

    private static String text(Field content, Field role) {
        if (content.value().isTextual()) {
            return content.text();
        }
        if (!content.value().isArray()) {
            throw content.wrongType("one of a string or array of objects");
        }
        var text = new StringBuilder();
        for (Field part : content.elements()) {
            text.append(partText(part.object(), role.text()));
        }
        return text.toString();
    }

    private static String partText(Field part, String role) {
        Field type = part.required("type");
        return switch (type.text()) {
            case "text" -> part.required("text").text();
            case "refusal" -> {
                if (!role.equals("assistant")) {
                    throw type.wrongValue("'text'");
                }
                yield part.required("refusal").text();
            }
            case "image_url", "input_audio", "file" -> {
                if (!role.equals("user")) {
                    throw type.wrongValue("'text'");
                }
                part.required(type.text()).object();
                yield "";
            }
            default -> throw type.wrongValue("'text', 'image_url', 'input_audio', 'refusal', and 'file'");
        };
    }

    private static List<ToolUse> toolCalls(Field message, Field role) {
        Optional<Field> field = message.optional("tool_calls");
        if (field.isEmpty()) {
            return List.of();
        }
        if (!role.text().equals("assistant")) {
            throw ApiError.invalid(
                            "Invalid parameter: 'tool_calls' is only allowed in messages with role 'assistant'.",
                            field.get().path(),
                            null)
                    .refusal();
        }
        var calls = new ArrayList<ToolUse>();
        var ids = new HashSet<String>();
        for (Field call : field.get().elements()) {
            ToolUse use = toolUse(call.object());
            if (!ids.add(use.id())) {
                throw ApiError.invalid(
                                "Duplicate value for 'tool_call_id' of '" + use.id() + "' in " + message.path() + ".",
                                call.path() + ".id",
                                null)
                        .refusal();
            }
            calls.add(use);
        }
        return calls;
    }

    private static ToolUse toolUse(Field call) {
        String id = call.required("id").text();
        Field type = call.required("type");
        if (!type.text().equals("function")) {
            throw type.wrongValue("'function'");
        }
        Field function = call.required("function").object();
        return new ToolUse(
                id,
                ToolReader.functionName(function.required("name")),
                function.required("arguments").text());
    }
}
