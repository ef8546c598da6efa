package dev.callbus.llm.dialog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Reads what tools returned. */
final class Results {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Results() {}

    /** The result as JSON; one that is none is an object whose message it is. */
    static JsonNode parse(String content) {
        try {
            var json = MAPPER.readTree(content);
            return json.isObject() ? json : plain(content);
        } catch (JsonProcessingException e) {
            return plain(content);
        }
    }

    private static JsonNode plain(String content) {
        return JsonNodeFactory.instance.objectNode().put("message", content);
    }

    /** Whether it worked, as far as it says. */
    static boolean isSuccess(JsonNode result) {
        return !text(result, "success").equals("false") && !text(result, "ok").equals("false") && !result.has("error");
    }

    /** Whether it says that there is no result yet. */
    static boolean isRunning(JsonNode result) {
        return text(result, "status").equals("still running");
    }

    /** What is found at this path, such as {@code ticket.number}, {@code tickets.0.number} or {@code tickets.size}. */
    static String text(JsonNode json, String path) {
        var at = json;
        for (var member : path.split("\\.", -1)) {
            if (at.isArray() && member.equals("size")) {
                return String.valueOf(at.size());
            }
            at = at.isArray() && member.matches("\\d{1,4}") ? at.path(Integer.parseInt(member)) : at.path(member);
        }
        return at.isValueNode() && !at.isNull() ? at.asText() : at.isContainerNode() ? at.toString() : "";
    }
}
