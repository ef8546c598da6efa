package dev.callbus.asset;

import static dev.callbus.asset.JsonFaults.join;
import static dev.callbus.asset.JsonFaults.shown;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.asset.ServerConfigFile.Block;
import dev.callbus.config.NearestName;
import dev.callbus.config.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks what Twilio is told about speech. */
final class RelayReader {
    /** Not attributes, and read by other names. */
    private static final Set<String> CHILDREN = Set.of("languages", "parameters");

    private static final List<RelayAttribute> LANGUAGE_ATTRIBUTES = List.of(
            RelayAttribute.TTS_PROVIDER,
            RelayAttribute.VOICE,
            RelayAttribute.TRANSCRIPTION_PROVIDER,
            RelayAttribute.SPEECH_MODEL);

    private final JsonFaults faults;
    private final List<String> warnings;

    RelayReader(JsonFaults faults, List<String> warnings) {
        this.faults = faults;
        this.warnings = warnings;
    }

    RelaySettings read(Block configuration, Block languages) {
        var attributes = new LinkedHashMap<String, String>();
        configuration.node().fields().forEachRemaining(entry -> {
            if (!CHILDREN.contains(entry.getKey())) {
                readAttribute(attributes, configuration.path(), entry.getKey(), entry.getValue());
            }
        });
        if (attributes.containsKey("eotThreshold") && !"flux".equals(attributes.get("speechModel"))) {
            warnings.add("eotThreshold counts with speechModel flux only");
        }
        return new RelaySettings(attributes, languages(languages), parameters(configuration));
    }

    private void readAttribute(Map<String, String> attributes, String path, String name, JsonNode node) {
        if (name.equals("url")) {
            warnings.add(join(path, name) + " is left out: the server knows its own URL");
            return;
        }
        var known = RelayAttribute.named(name).orElse(null);
        var value = text(node, join(path, name), known);
        if (value == null) {
            return;
        }
        if (known == null) {
            warnings.add(join(path, name) + " is not known and passed on as it is; the nearest known one is "
                    + NearestName.of(name, names()));
            attributes.put(name, value);
        } else if (!known.attribute().equals(name)) {
            warnings.add(join(path, name) + " is written " + known.attribute());
            put(attributes, known, join(path, name), value);
        } else {
            put(attributes, known, join(path, name), value);
        }
    }

    private void put(Map<String, String> attributes, RelayAttribute known, String path, String value) {
        try {
            attributes.put(known.attribute(), known.checked(value));
        } catch (Refused e) {
            faults.add(path, value, e.problem(), e.remedy());
        }
    }

    /** The value as text, or null if it is empty or, after a fault, no single value. */
    private @Nullable String text(JsonNode node, String path, @Nullable RelayAttribute known) {
        var separator = known == null ? null : known.separator().orElse(null);
        if (node.isArray() && separator != null) {
            var entries = new ArrayList<String>();
            node.forEach(entry -> entries.add(entry.asText().strip()));
            return entries.isEmpty() ? null : String.join(separator, entries);
        }
        if (node.isContainerNode()) {
            faults.add(path, null, "is a list or an object", "write one value");
            return null;
        }
        return node.isNull() || node.asText().isBlank() ? null : node.asText().strip();
    }

    /** The languages, as a list or by code; of two with one code the later counts. */
    private List<Map<String, String>> languages(Block block) {
        var byCode = new LinkedHashMap<String, Map<String, String>>();
        if (block.node().isObject()) {
            block.node().fields().forEachRemaining(entry -> {
                var path = join(block.path(), entry.getKey());
                byCode.put(entry.getKey(), language(path, entry.getKey(), entry.getValue()));
            });
        } else if (block.node().isArray()) {
            for (int i = 0; i < block.node().size(); i++) {
                var language = language(
                        block.path() + "[" + i + "]", null, block.node().get(i));
                byCode.put(language.getOrDefault("code", "[" + i + "]"), language);
            }
        } else if (!block.node().isMissingNode()) {
            faults.add(block.path(), shown(block.node()), "is not a list", "write it as [ { \"code\": \"en-US\" } ]");
        }
        return List.copyOf(byCode.values());
    }

    private Map<String, String> language(String path, @Nullable String key, JsonNode node) {
        var language = new LinkedHashMap<String, String>();
        var code = node.path("code").asText(key == null ? "" : key);
        if (code.isBlank()) {
            faults.add(join(path, "code"), null, "is missing", "write the language, such as en-US");
            return language;
        }
        try {
            language.put("code", RelayAttribute.LANGUAGE.checked(code));
        } catch (Refused e) {
            faults.add(join(path, "code"), code, e.problem(), e.remedy());
        }
        node.fields().forEachRemaining(entry -> {
            var name = entry.getKey();
            var known = LANGUAGE_ATTRIBUTES.stream()
                    .filter(each -> each.attribute().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(null);
            var value = name.equals("code") ? null : text(entry.getValue(), join(path, name), known);
            if (value != null && known != null) {
                put(language, known, join(path, name), value);
            } else if (value != null) {
                warnings.add(join(path, name) + " is not known and passed on as it is");
                language.put(name, value);
            }
        });
        return language;
    }

    private Map<String, String> parameters(Block configuration) {
        var parameters = new LinkedHashMap<String, String>();
        var path = join(configuration.path(), "parameters");
        var array = faults.array(configuration.node(), configuration.path(), "parameters");
        for (int i = 0; i < array.size(); i++) {
            var where = path + "[" + i + "]";
            var name = array.get(i).path("name").asText("");
            var value = array.get(i).path("value");
            if (name.isBlank() || !value.isValueNode()) {
                faults.add(where, null, "has no name or no value", "write { \"name\": \"…\", \"value\": \"…\" }");
            } else if (parameters.put(name, value.asText()) != null) {
                faults.add(where, name, "is there twice", "keep one of the two");
            }
        }
        return parameters;
    }

    private static List<String> names() {
        return Arrays.stream(RelayAttribute.values())
                .map(RelayAttribute::attribute)
                .toList();
    }
}
