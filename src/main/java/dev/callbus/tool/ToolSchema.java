package dev.callbus.tool;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** The JSON Schema of a tool's arguments, made from their record: one definition for the model and for the code. */
final class ToolSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ToolSchema() {}

    static ObjectNode of(Class<? extends Record> arguments) {
        var properties = JSON.objectNode();
        var required = JSON.arrayNode();
        for (var component : arguments.getRecordComponents()) {
            var argument = argumentOf(component);
            properties.set(name(component), type(component.getType()).put("description", argument.value()));
            if (argument.required()) {
                required.add(name(component));
            }
        }
        var schema = JSON.objectNode().put("type", "object");
        schema.set("properties", properties);
        schema.set("required", required);
        return schema.put("additionalProperties", false);
    }

    /** The names of required arguments that are missing. */
    static List<String> missing(Class<? extends Record> arguments, JsonNode given) {
        var missing = new ArrayList<String>();
        for (var component : arguments.getRecordComponents()) {
            if (argumentOf(component).required() && !given.hasNonNull(name(component))) {
                missing.add(name(component));
            }
        }
        return missing;
    }

    /** The name on the wire. */
    private static String name(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    private static Argument argumentOf(RecordComponent component) {
        var argument = component.getAnnotation(Argument.class);
        if (argument == null) {
            throw new IllegalArgumentException(component + " has no @Argument");
        }
        return argument;
    }

    private static ObjectNode type(Class<?> type) {
        var schema = JSON.objectNode();
        if (type == String.class) {
            return schema.put("type", "string");
        } else if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return schema.put("type", "integer");
        } else if (type.isEnum()) {
            var values = schema.put("type", "string").putArray("enum");
            for (var constant : type.getEnumConstants()) {
                values.add(constant.toString());
            }
            return schema;
        }
        throw new IllegalArgumentException("no schema for arguments of " + type);
    }
}
