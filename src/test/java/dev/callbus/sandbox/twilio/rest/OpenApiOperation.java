package dev.callbus.sandbox.twilio.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one of Twilio's OpenAPI documents says of a method at a path.
 *
 * @param template the path, with its parameters in braces
 * @param pathParameters what the path that it was found by has for them
 */
public record OpenApiOperation(
        JsonNode document, String method, String template, JsonNode operation, Map<String, String> pathParameters) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ERROR = """
            {"type": "object", "required": ["code", "message", "more_info", "status"], "properties": {
              "code": {"type": "integer", "minimum": 10000}, "message": {"type": "string", "minLength": 1},
              "more_info": {"type": "string", "format": "uri"}, "status": {"type": "integer"}}}""";

    /** What is wrong with a request; nothing if it is as documented. */
    public List<String> faultsOfRequest(MultiMap query, MultiMap form) {
        var faults = new ArrayList<String>();
        var path = MultiMap.caseInsensitiveMultiMap().addAll(pathParameters);
        faults.addAll(faults("path", parameters("path"), path));
        faults.addAll(faults("query", parameters("query"), query));
        var body = operation.at("/requestBody/content").path(FORM).path("schema");
        faults.addAll(faults("form", body.isMissingNode() ? parameters("form") : body, form));
        return faults;
    }

    /** What is wrong with an answer; nothing if it is as documented, or a refusal in Twilio's form. */
    public List<String> faultsOfAnswer(int status, String body) {
        try {
            return status >= 400 ? faultsOfRefusal(status, body) : faultsOfSuccess(status, body);
        } catch (JsonProcessingException e) {
            return List.of("answer: not JSON: " + body);
        }
    }

    private List<String> faultsOfSuccess(int status, String body) throws JsonProcessingException {
        var documented = operation.path("responses").path(String.valueOf(status));
        if (documented.isMissingNode()) {
            return List.of("answer: status " + status + " is not documented for " + method + " " + template);
        }
        var schema = documented.at("/content/application~1json/schema");
        if (schema.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("answer: a body where none is documented");
        }
        return faults("answer", StrictSchema.ofAnswer(document, schema), JSON.readTree(body));
    }

    private List<String> faultsOfRefusal(int status, String body) throws JsonProcessingException {
        var refusal = JSON.readTree(body);
        var faults =
                new ArrayList<>(faults("refusal", StrictSchema.ofRequest(document, JSON.readTree(ERROR)), refusal));
        if (refusal.path("status").asInt() != status) {
            faults.add("refusal: its status is not " + status);
        }
        return faults;
    }

    private ObjectNode parameters(String place) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var required = new ArrayList<String>();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals(place)) {
                properties.set(parameter.path("name").asText(), parameter.path("schema"));
                if (parameter.path("required").asBoolean()) {
                    required.add(parameter.path("name").asText());
                }
            }
        });
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        return schema;
    }

    private List<String> faults(String where, JsonNode schema, MultiMap given) {
        var values = JsonNodeFactory.instance.objectNode();
        given.names()
                .forEach(
                        name -> values.set(name, value(schema.path("properties").path(name), given.getAll(name))));
        return faults(where, StrictSchema.ofRequest(document, schema), values);
    }

    private static List<String> faults(String where, JsonSchema schema, JsonNode value) {
        return schema.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .map(message -> where + ": " + message)
                .toList();
    }

    private JsonNode value(JsonNode schema, List<String> given) {
        var resolved = StrictSchema.resolve(document, schema);
        if (resolved.path("type").asText().equals("array") || given.size() > 1) {
            var values = JsonNodeFactory.instance.arrayNode();
            given.forEach(one -> values.add(scalar(resolved.path("items"), one)));
            return values;
        }
        return scalar(resolved, given.getFirst());
    }

    /** A parameter's text as JSON of the schema's type, or as a text if it is none. */
    private static JsonNode scalar(JsonNode schema, String text) {
        var nodes = JsonNodeFactory.instance;
        return switch (schema.path("type").asText()) {
            case "integer" ->
                text.matches("-?\\d{1,18}") ? nodes.numberNode(Long.parseLong(text)) : nodes.textNode(text);
            case "number" ->
                text.matches("-?\\d+(\\.\\d+)?")
                        ? nodes.numberNode(new java.math.BigDecimal(text))
                        : nodes.textNode(text);
            case "boolean" ->
                text.matches("true|false") ? nodes.booleanNode(Boolean.parseBoolean(text)) : nodes.textNode(text);
            default -> nodes.textNode(text);
        };
    }
}
