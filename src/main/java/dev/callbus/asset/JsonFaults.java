package dev.callbus.asset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.config.ConfigFault;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one JSON file by paths and reports what is wrong with file and path. */
final class JsonFaults {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
            .build();

    private final String name;
    private final String origin;
    private final List<ConfigFault> faults;

    /**
     * Faults of one text.
     *
     * @param name what a person calls it
     * @param origin where it is kept
     */
    JsonFaults(String name, String origin, List<ConfigFault> faults) {
        this.name = name;
        this.origin = origin;
        this.faults = faults;
    }

    /** The object that this text holds; an empty one after a fault. */
    ObjectNode parse(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode json) {
                return json;
            }
            add("the file", null, "holds no JSON object", "write it as { … }");
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            var where = location == null ? "" : " line " + location.getLineNr() + ", column " + location.getColumnNr();
            var problem = e.getOriginalMessage().lines().findFirst().orElse("");
            faults.add(new ConfigFault(
                    name,
                    origin + where,
                    null,
                    "is not JSON: " + problem,
                    "correct the commas, quotes and braces around there"));
        }
        return MAPPER.createObjectNode();
    }

    /** The block of this name, a missing node if there is none, or after a fault if it is something else. */
    JsonNode object(JsonNode parent, String path, String name) {
        return child(parent, path, name, JsonNode::isObject, "an object", "write it as { … }");
    }

    /** The list of this name, a missing node if there is none, or after a fault if it is something else. */
    JsonNode array(JsonNode parent, String path, String name) {
        return child(parent, path, name, JsonNode::isArray, "a list", "write it as [ … ]");
    }

    /** The text of this name, or null if there is none, if it is empty, or after a fault if it is something else. */
    @Nullable
    String text(JsonNode parent, String path, String name) {
        var node = child(parent, path, name, JsonNode::isTextual, "a text", "write it between double quotes");
        return node.asText("").isBlank() ? null : node.asText().strip();
    }

    /** Adds a fault at this path, once however often the path is read. */
    void add(String path, @Nullable String value, String problem, String remedy) {
        var fault = new ConfigFault(path, origin, value, problem, remedy);
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    private JsonNode child(
            JsonNode parent, String path, String name, Predicate<JsonNode> fits, String kind, String remedy) {
        var node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return MissingNode.getInstance();
        }
        if (!fits.test(node)) {
            add(join(path, name), shown(node), "is not " + kind, remedy);
            return MissingNode.getInstance();
        }
        return node;
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static @Nullable String shown(JsonNode node) {
        return node.isValueNode() ? node.asText() : null;
    }
}
