package dev.callbus.llm.dialog.flow.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.callbus.config.NearestName;
import dev.callbus.llm.ToolSpec;
import dev.callbus.llm.dialog.flow.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The tools that a flow file names; once it has been read they are held against those that the server has. */
final class ToolUses {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Use> names = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    private record Use(String tool, FlowValue at) {}

    private record Call(String tool, FlowValue at, Map<String, FlowValue> arguments) {}

    /** This tool's results are spoken of here. */
    void result(String tool, FlowValue at) {
        names.add(new Use(tool, at));
    }

    /** This tool is called here. */
    void call(String tool, FlowValue at, Map<String, FlowValue> arguments) {
        names.add(new Use(tool, at));
        calls.add(new Call(tool, at, arguments));
    }

    /** Each of them must be one of these, and called with what it takes. */
    void check(Collection<ToolSpec> tools) {
        var schemas = new LinkedHashMap<String, JsonNode>();
        tools.forEach(tool -> schemas.put(tool.name(), schema(tool)));
        for (var use : names) {
            if (!schemas.containsKey(use.tool)) {
                use.at.fault("names the tool " + use.tool + ", which this server does not have", remedy(use, schemas));
            }
        }
        for (var call : calls) {
            var schema = schemas.get(call.tool);
            if (schema != null && schema.has("properties")) {
                arguments(call, schema);
            }
        }
    }

    /** The schema of its arguments; one that is no JSON says nothing of them. */
    private static JsonNode schema(ToolSpec tool) {
        try {
            return MAPPER.readTree(tool.schema());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String remedy(Use use, Map<String, JsonNode> schemas) {
        return schemas.isEmpty()
                ? "Remove it"
                : "Did you mean " + NearestName.of(use.tool, schemas.keySet()) + "? The tools are "
                        + String.join(", ", new TreeSet<>(schemas.keySet()));
    }

    private static void arguments(Call call, JsonNode schema) {
        var known = new ArrayList<String>();
        schema.path("properties").fieldNames().forEachRemaining(known::add);
        call.arguments.forEach((name, value) -> {
            if (known.isEmpty()) {
                value.fault("is given to " + call.tool + ", which takes nothing", "Remove it");
            } else if (!known.contains(name)) {
                value.fault(
                        "is nothing that " + call.tool + " takes",
                        "Did you mean " + NearestName.of(name, known) + "? It takes " + String.join(", ", known));
            } else {
                choice(value, schema.path("properties").path(name).path("enum"));
            }
        });
        for (var required : schema.path("required")) {
            if (!call.arguments.containsKey(required.asText())) {
                call.at.fault(
                        "is called without " + required.asText() + ", which " + call.tool + " needs",
                        "Add \"with: {" + required.asText() + ": …}\"");
            }
        }
    }

    /** Where only some values will do, what is written out must be one of them. */
    private static void choice(FlowValue value, JsonNode choices) {
        var known = new ArrayList<String>();
        choices.forEach(choice -> known.add(choice.asText()));
        var text = value.text();
        if (!known.isEmpty() && Template.of(text).places().isEmpty() && !known.contains(text)) {
            value.fault(
                    "can't be " + text,
                    "Did you mean " + NearestName.of(text, known) + "? There are " + String.join(", ", known));
        }
    }
}
