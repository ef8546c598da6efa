package dev.callbus.scenario.file;

import dev.callbus.config.NearestName;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which names earlier steps of a scenario remember, so that later ones can write them in braces. */
final class Remembering {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)(?::(\\w+))?}");
    private static final Set<String> FORMS = Set.of("spaced", "wrong");

    private final Set<String> names = new LinkedHashSet<>(Set.of("from", "to"));

    void remember(String name) {
        names.add(name);
    }

    /** A text with nothing in braces that is not remembered by then. */
    String known(Written value) {
        var text = value.text();
        var matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            var name = matcher.group(1);
            if (!names.contains(name)) {
                throw value.wrong(
                        "no step before remembers {" + name + "}",
                        "Did you mean {" + NearestName.of(name, names) + "}? Names are remembered by \"sms: {code: "
                                + name + "}\" and by groups \"(?<" + name + ">...)\" of \"matches\"");
            }
            if (matcher.group(2) != null && !FORMS.contains(matcher.group(2))) {
                throw value.wrong(
                        "{" + name + "} has no form \"" + matcher.group(2) + "\"",
                        "Write {" + name + "}, {" + name + ":spaced} or {" + name + ":wrong}");
            }
        }
        return text;
    }

    /** A regular expression, whose named groups are remembered from now on. */
    String expression(Written value) {
        var text = known(value);
        try {
            Pattern.compile(without(text)).namedGroups().keySet().forEach(this::remember);
            return text;
        } catch (PatternSyntaxException e) {
            throw value.wrong(
                    "\"" + text + "\" is no regular expression: " + e.getDescription(),
                    "Correct it, or write \"says\" for plain words");
        }
    }

    /** A text without its placeholders. */
    static String without(String text) {
        return PLACEHOLDER.matcher(text).replaceAll("");
    }
}
