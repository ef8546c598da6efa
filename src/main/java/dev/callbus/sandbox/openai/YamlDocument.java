package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one YAML document into values that know their places. */
final class YamlDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

    private final String source;
    private final YAMLParser parser;

    private YamlDocument(String source, YAMLParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /** Reads the only document of a YAML text; broken syntax, a repeated key or an alias is refused. */
    static YamlValue read(String source, String yaml) {
        try (YAMLParser parser = (YAMLParser) MAPPER.getFactory().createParser(yaml)) {
            if (parser.nextToken() == null) {
                throw new ScriptException(source, 0, "", "is empty; a script needs at least the key otherwise");
            }
            var document = new YamlDocument(source, parser);
            YamlValue root = document.value("", document.line());
            if (parser.nextToken() != null) {
                throw new ScriptException(source, document.line(), "", "has a second document; keep one per file");
            }
            return root;
        } catch (JsonProcessingException e) {
            @Nullable JsonLocation at = e.getLocation();
            String problem = e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
            throw new ScriptException(source, at == null ? 0 : at.getLineNr(), "", "is not YAML: " + problem);
        } catch (IOException e) {
            throw new ScriptException(source, 0, "", "cannot be read: " + e.getMessage());
        }
    }

    private YamlValue value(String path, int line) throws IOException {
        if (parser.isCurrentAlias()) {
            throw new ScriptException(source, line, path, "aliases (*name) are not supported; write the value out");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return new YamlValue(source, path, line, new YamlValue.Mapping(mapping(path)));
        }
        if (token == JsonToken.START_ARRAY) {
            return new YamlValue(source, path, line, new YamlValue.Sequence(sequence(path)));
        }
        JsonNode scalar = MAPPER.readTree(parser);
        return new YamlValue(source, path, line, new YamlValue.Scalar(scalar));
    }

    private Map<String, YamlValue> mapping(String path) throws IOException {
        var entries = new LinkedHashMap<String, YamlValue>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = path.isEmpty() ? key : path + "." + key;
            int line = line();
            parser.nextToken();
            if (entries.put(key, value(inner, line)) != null) {
                throw new ScriptException(source, line, inner, "is given twice; keep one");
            }
        }
        return entries;
    }

    private List<YamlValue> sequence(String path) throws IOException {
        var items = new ArrayList<YamlValue>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(path + "[" + items.size() + "]", line()));
        }
        return items;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
