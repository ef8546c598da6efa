package dev.callbus.sandbox.twilio.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A schema of an OpenAPI document, read strictly: an object has no other members than those named, and Twilio's own formats are
 * checked too. References are resolved.
 */
final class StrictSchema {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            builder -> builder.metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
    private static final String RFC_2822 = "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} "
            + "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{4} \\d{2}:\\d{2}:\\d{2} [+-]\\d{4}$";
    private static final Map<String, String> PATTERNS = Map.of(
            "date-time-rfc-2822", RFC_2822,
            "currency", "^[A-Za-z]{3}$",
            "iso-country-code", "^[A-Z]{2}$",
            "http-method", "^(HEAD|GET|POST|PATCH|PUT|DELETE)$");

    private final JsonNode document;
    private final boolean demandsAll;

    private StrictSchema(JsonNode document, boolean demandsAll) {
        this.document = document;
        this.demandsAll = demandsAll;
    }

    /** What a client may send: parameters that are not required may be missing. */
    static JsonSchema ofRequest(JsonNode document, JsonNode schema) {
        return FACTORY.getSchema(new StrictSchema(document, false).rewrite("", schema));
    }

    /** What the server answers: every member that is named is there, if only as null, as it is in Twilio's answers. */
    static JsonSchema ofAnswer(JsonNode document, JsonNode schema) {
        return FACTORY.getSchema(new StrictSchema(document, true).rewrite("", schema));
    }

    /** A schema, or what it refers to. */
    static JsonNode resolve(JsonNode document, JsonNode schema) {
        var reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    private ObjectNode rewrite(String name, JsonNode original) {
        ObjectNode schema = resolve(document, original).deepCopy();
        List.of("description", "x-twilio", "example", "default").forEach(schema::remove);
        rewriteFormat(name, schema);
        if (schema.has("items")) {
            schema.set("items", rewrite(name, schema.get("items")));
        }
        if (schema.get("properties") instanceof ObjectNode properties) {
            rewriteMembers(schema, properties);
        }
        return schema;
    }

    private void rewriteMembers(ObjectNode schema, ObjectNode properties) {
        var names = new ArrayList<String>();
        properties.fieldNames().forEachRemaining(names::add);
        names.forEach(member -> properties.set(member, rewrite(member, properties.get(member))));
        schema.put("additionalProperties", false);
        if (demandsAll && !names.isEmpty()) {
            ArrayNode required = schema.putArray("required");
            names.forEach(required::add);
        }
    }

    private static void rewriteFormat(String name, ObjectNode schema) {
        var format = schema.path("format").asText("");
        if (PATTERNS.containsKey(format)) {
            schema.put("pattern", PATTERNS.get(format)).remove("format");
        } else if (format.equals("uri") && name.endsWith("uri")) {
            schema.put("format", "uri-reference");
        } else if (format.equals("uri-map")) {
            schema.putObject("additionalProperties").put("type", "string").put("format", "uri-reference");
            schema.remove("format");
        }
    }
}
