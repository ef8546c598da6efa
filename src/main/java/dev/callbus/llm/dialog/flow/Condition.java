package dev.callbus.llm.dialog.flow;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What must hold of remembered values, or of the members of a tool's result. */
public record Condition(Map<String, Test> all, Map<String, Test> none) {
    /** What always holds. */
    public static final Condition ALWAYS = new Condition(Map.of(), Map.of());

    /** What one value must be. */
    public sealed interface Test {}

    /** It is there. */
    public record Present() implements Test {}

    /** It isn't there. */
    public record Absent() implements Test {}

    /** It is this, case aside. */
    public record Equal(String value) implements Test {}

    /** This is found in it. */
    public record Found(Pattern pattern) implements Test {}

    /** Whether all of it holds of these values; one that isn't there is empty. */
    public boolean holds(Function<String, String> values) {
        return all.entrySet().stream().allMatch(test -> holds(test.getValue(), values.apply(test.getKey())))
                && (none.isEmpty()
                        || none.entrySet().stream()
                                .anyMatch(test -> !holds(test.getValue(), values.apply(test.getKey()))));
    }

    private static boolean holds(Test test, String value) {
        return switch (test) {
            case Present present -> !value.isEmpty();
            case Absent absent -> value.isEmpty();
            case Equal equal -> equal.value().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT));
            case Found found -> found.pattern().matcher(value).find();
        };
    }
}
