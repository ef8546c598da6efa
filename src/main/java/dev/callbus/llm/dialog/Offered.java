package dev.callbus.llm.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.llm.ToolSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools that a conversation has. */
final class Offered {
    private final @Nullable Map<String, String> schemas;

    private Offered(@Nullable Map<String, String> schemas) {
        this.schemas = schemas;
    }

    /** These tools. */
    static Offered of(List<ToolSpec> tools) {
        var schemas = new HashMap<String, String>();
        tools.forEach(tool -> schemas.put(tool.name(), tool.schema()));
        return new Offered(schemas);
    }

    /** What was offered earlier in the conversation isn't known: any tool may have been. */
    static Offered anything() {
        return new Offered(null);
    }

    boolean has(String tool) {
        return schemas == null || schemas.containsKey(tool);
    }

    /** The arguments as JSON that the tool's schema accepts; what it doesn't know, or has no value, is left out. */
    String arguments(Plan.Wish wish) {
        var schema = schemas == null ? "" : schemas.getOrDefault(wish.use().tool(), "");
        var properties = schema.isBlank()
                ? MissingNode.getInstance()
                : Results.parse(schema).path("properties");
        var json = JsonNodeFactory.instance.objectNode();
        wish.arguments().forEach((name, value) -> {
            if (!value.isBlank() && (!properties.isObject() || properties.has(name))) {
                put(json, name, value, properties.path(name));
            }
        });
        return json.toString();
    }

    private static void put(ObjectNode json, String name, String value, JsonNode property) {
        switch (property.path("type").asText()) {
            case "integer", "number" -> {
                if (value.matches("-?\\d{1,9}")) {
                    json.put(name, Integer.parseInt(value));
                }
            }
            case "boolean" -> json.put(name, value.equals("true"));
            default -> json.put(name, value);
        }
    }
}
