package dev.callbus.sandbox.openai;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads the tools of a request and which of them the client lets the model call. */
final class ToolReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private ToolReader() {}

    /** Returns the functions that may be called; throws {@link ApiError.Refusal} if a definition is wrong. */
    static Set<String> offered(Field root) {
        return offered(
                root, ToolReader::nested, choice -> choice.required("function").object());
    }

    /** The same for the Responses API, in which a tool's members aren't nested. */
    static Set<String> offeredFlat(Field root) {
        return offered(root, ToolReader::flat, choice -> choice);
    }

    private static Set<String> offered(
            Field root, UnaryOperator<Field> definition, UnaryOperator<Field> chosenFunction) {
        Optional<Field> tools = root.optional("tools");
        var names = new LinkedHashSet<String>();
        if (tools.isPresent()) {
            tools.get().elements().forEach(tool -> names.add(name(definition.apply(tool.object()))));
        }
        Optional<Field> choice = root.optional("tool_choice");
        if (choice.isEmpty()) {
            return names;
        }
        if (tools.isEmpty()) {
            throw ApiError.invalid(
                            "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
                            "tool_choice",
                            null)
                    .refusal();
        }
        return chosen(choice.get(), names, chosenFunction);
    }

    private static Field nested(Field tool) {
        requireFunction(tool);
        return tool.required("function").object();
    }

    private static Field flat(Field tool) {
        requireFunction(tool);
        tool.required("name");
        tool.requireOnly(Set.of("type", "name", "description", "parameters", "strict"));
        return tool;
    }

    private static void requireFunction(Field tool) {
        Field type = tool.required("type");
        if (!type.text().equals("function")) {
            throw type.wrongValue("'function'");
        }
    }

    private static String name(Field function) {
        function.optional("description").ifPresent(Field::text);
        function.optional("parameters").ifPresent(Field::object);
        function.optional("strict").ifPresent(Field::truth);
        return functionName(function.required("name"));
    }

    /** Returns the name of a function; throws {@link ApiError.Refusal} if it is not 1 to 64 of {@code [A-Za-z0-9_-]}. */
    static String functionName(Field field) {
        String name = field.text();
        if (name.length() > 64) {
            throw ApiError.invalid(
                            "Invalid '" + field.path() + "': string too long. Expected a string with maximum length 64,"
                                    + " but got a string with length " + name.length() + " instead.",
                            field.path(),
                            "string_above_max_length")
                    .refusal();
        }
        if (!NAME.matcher(name).matches()) {
            throw ApiError.invalid(
                            "Invalid '" + field.path() + "': string does not match pattern. Expected a string that"
                                    + " matches the pattern '^[a-zA-Z0-9_-]+$'.",
                            field.path(),
                            "invalid_value")
                    .refusal();
        }
        return name;
    }

    private static Set<String> chosen(Field choice, Set<String> names, UnaryOperator<Field> function) {
        if (choice.value().isTextual()) {
            return switch (choice.text()) {
                case "none" -> Set.of();
                case "auto", "required" -> names;
                default -> throw choice.wrongValue("'none', 'auto', and 'required'");
            };
        }
        Field name = function.apply(choice.object()).required("name");
        if (!names.contains(name.text())) {
            throw ApiError.invalid(
                            "Tool choice '" + name.text() + "' not found in 'tools' parameter.", "tool_choice", null)
                    .refusal();
        }
        return Set.of(name.text());
    }
}
