package dev.callbus.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scenario has remembered so far, and fills in for names in braces. */
final class Memory {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)(?::(\\w+))?}");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> codes = new LinkedHashMap<>();

    void remember(String name, String value) {
        values.put(name, value);
    }

    /** Remembers what is not to be shown. */
    void rememberCode(String name, String value) {
        remember(name, value);
        codes.put(name, value);
    }

    /** A text with what is remembered in place of its names. */
    String fill(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        value(found.group(), found.group(1), found.group(2) == null ? "" : found.group(2))));
    }

    /** The same in a regular expression, where what is remembered stands for itself. */
    String fillExpression(String expression) {
        return PLACEHOLDER
                .matcher(expression)
                .replaceAll(found -> Matcher.quoteReplacement(Pattern.quote(
                        value(found.group(), found.group(1), found.group(2) == null ? "" : found.group(2)))));
    }

    /** A text as it may be shown: with dots for codes. */
    String masked(String text) {
        var masked = text;
        for (var code : codes.values()) {
            masked = masked.replace(code, "•".repeat(code.length())).replace(spaced(code), "•");
        }
        return masked;
    }

    private String value(String written, String name, String form) {
        var value = values.get(name);
        if (value == null) {
            return written;
        }
        return switch (form) {
            case "spaced" -> spaced(value);
            case "wrong" -> wrong(value);
            default -> value;
        };
    }

    private static String spaced(String value) {
        return String.join(" ", value.split("", -1)).strip();
    }

    /** As long, and another one: each digit is the next. */
    private static String wrong(String value) {
        var wrong = new StringBuilder();
        value.chars().forEach(each -> wrong.append(Character.isDigit(each) ? (each - '0' + 1) % 10 : (char) each));
        return wrong.toString();
    }
}
