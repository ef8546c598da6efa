package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A YAML value that knows its place, so that each complaint about it names file, line and key. */
record YamlValue(String source, String path, int line, Content content) {

    /** What a value is made of. */
    sealed interface Content {}

    /** Keys and their values in the order of the file. */
    record Mapping(Map<String, YamlValue> entries) implements Content {}

    /** A list. */
    record Sequence(List<YamlValue> items) implements Content {}

    /** A string, number, boolean or null. */
    record Scalar(JsonNode value) implements Content {}

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s)");

    /** Makes the exception that complains about this value. */
    ScriptException wrong(String problem) {
        return new ScriptException(source, line, path, problem);
    }

    /** Returns the entries of this mapping, whose keys must all be among those known. */
    Map<String, YamlValue> keys(String... known) {
        if (!(content instanceof Mapping(var entries))) {
            throw wrong("must be a mapping with keys out of " + String.join(", ", known));
        }
        entries.forEach((key, value) -> {
            if (!Arrays.asList(known).contains(key)) {
                throw value.wrong("unknown key; known here: " + String.join(", ", known));
            }
        });
        return entries;
    }

    /** Returns the items of this list. */
    List<YamlValue> items() {
        if (!(content instanceof Sequence(var items))) {
            throw wrong("must be a list");
        }
        if (items.isEmpty()) {
            throw wrong("is an empty list; give it an item or leave the key out");
        }
        return items;
    }

    /** Returns the items of this list, or this value as the only item. */
    List<YamlValue> itemsOrSelf() {
        return content instanceof Sequence ? items() : List.of(this);
    }

    /** Returns this string, which must not be blank. */
    String text() {
        if (!(content instanceof Scalar(var value)) || !value.isTextual()) {
            throw wrong("must be a string; put it in quotes");
        }
        if (value.textValue().isBlank()) {
            throw wrong("must not be blank");
        }
        return value.textValue();
    }

    /** Returns this whole number, which must lie between two bounds, both included. */
    int integer(int least, int most) {
        if (!(content instanceof Scalar(var value)) || !value.canConvertToInt() || !value.isIntegralNumber()) {
            throw wrong("must be a whole number from " + least + " to " + most);
        }
        if (value.intValue() < least || value.intValue() > most) {
            throw wrong("is " + value.intValue() + " but must be from " + least + " to " + most);
        }
        return value.intValue();
    }

    /** Accepts only {@code true}. */
    void mustBeTrue() {
        if (!(content instanceof Scalar(var value)) || !value.isBoolean() || !value.booleanValue()) {
            throw wrong("must be true; leave the key out to switch it off");
        }
    }

    /** Returns this duration, written as a number with the unit ms or s. */
    Duration duration() {
        Matcher matcher = DURATION.matcher(scalarText());
        if (!matcher.matches()) {
            throw wrong("must be a duration such as 250ms or 2s");
        }
        long amount = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
    }

    /** Returns this regular expression, compiled to ignore case. */
    Pattern regex() {
        try {
            return Pattern.compile(text(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            throw wrong("is not a regular expression: " + e.getDescription() + " near index " + e.getIndex());
        }
    }

    /** Returns the plain JSON of this value. */
    JsonNode json() {
        return switch (content) {
            case Scalar(var value) -> value;
            case Sequence(var items) -> {
                var array = JsonNodeFactory.instance.arrayNode();
                items.forEach(item -> array.add(item.json()));
                yield array;
            }
            case Mapping(var entries) -> {
                var fields = new LinkedHashMap<String, JsonNode>();
                entries.forEach((key, value) -> fields.put(key, value.json()));
                yield JsonNodeFactory.instance.objectNode().setAll(fields);
            }
        };
    }

    private String scalarText() {
        return content instanceof Scalar(var value) ? value.asText() : "";
    }
}
