package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A JSON value of a request with its path, which complains in OpenAI's words when it is not what it must be. */
record Field(String path, JsonNode value) {

    /** Returns a member that must be there. */
    Field required(String name) {
        return optional(name).orElseThrow(() -> {
            String inner = inner(name);
            return ApiError.invalid("Missing required parameter: '" + inner + "'.", inner, "missing_required_parameter")
                    .refusal();
        });
    }

    /** Returns a member that may be absent or null. */
    Optional<Field> optional(String name) {
        JsonNode member = value.get(name);
        return member == null || member.isNull() ? Optional.empty() : Optional.of(new Field(inner(name), member));
    }

    /** Returns the elements of this array, which must not be empty. */
    List<Field> elements() {
        if (!value.isArray()) {
            throw wrongType("an array of objects");
        }
        if (value.isEmpty()) {
            throw ApiError.invalid(
                            "Invalid '" + path + "': empty array. Expected an array with minimum length 1, but got an"
                                    + " empty array instead.",
                            path,
                            "empty_array")
                    .refusal();
        }
        var elements = new ArrayList<Field>();
        value.forEach(element -> elements.add(new Field(path + "[" + elements.size() + "]", element)));
        return elements;
    }

    /** Returns this object. */
    Field object() {
        if (!value.isObject()) {
            throw wrongType("an object");
        }
        return this;
    }

    /** Checks that this object has no other members. */
    void requireOnly(Set<String> known) {
        value.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw ApiError.invalid("Unknown parameter: '" + inner(name) + "'.", inner(name), "unknown_parameter")
                        .refusal();
            }
        });
    }

    /** Returns this string. */
    String text() {
        if (!value.isTextual()) {
            throw wrongType("a string");
        }
        return value.textValue();
    }

    /** Returns this boolean. */
    boolean truth() {
        if (!value.isBoolean()) {
            throw wrongType("a boolean");
        }
        return value.booleanValue();
    }

    /** Returns this whole number of at least 1. */
    int positive() {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongType("an integer");
        }
        if (value.intValue() < 1) {
            throw ApiError.invalid(
                            "Invalid '" + path + "': integer below minimum value. Expected a value >= 1, but got "
                                    + value.intValue() + " instead.",
                            path,
                            "integer_below_min_value")
                    .refusal();
        }
        return value.intValue();
    }

    /** Makes the exception that complains about the type of this value. */
    ApiError.Refusal wrongType(String expected) {
        return ApiError.invalid(
                        "Invalid type for '" + path + "': expected " + expected + ", but got " + kind() + " instead.",
                        path,
                        "invalid_type")
                .refusal();
    }

    /** Makes the exception that complains about this value, which is not among those supported. */
    ApiError.Refusal wrongValue(String supported) {
        return ApiError.invalid(
                        "Invalid value: '" + value.asText() + "'. Supported values are: " + supported + ".",
                        path,
                        "invalid_value")
                .refusal();
    }

    private String inner(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private String kind() {
        JsonNodeType type = value.getNodeType();
        return switch (type) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
            case NULL, MISSING -> "null";
        };
    }
}
