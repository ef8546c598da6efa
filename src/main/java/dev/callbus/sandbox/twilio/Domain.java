package dev.callbus.sandbox.twilio;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What an attribute of TwiML may be. */
interface Domain extends Predicate<String> {
    Domain ANYTHING = value -> true;
    Domain SOMETHING = value -> !value.isBlank();
    Domain BOOLEAN = oneOf("true", "false");
    Domain METHOD = ofIgnoringCase("get", "post");
    Domain INPUT = oneOf("none", "dtmf", "speech", "any", "true", "false");
    Domain LANGUAGE = Pattern.compile("multi|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*").asMatchPredicate()::test;
    Domain URL = Domain::isUrl;

    static Domain oneOf(String... values) {
        return Set.of(values)::contains;
    }

    static Domain ofIgnoringCase(String... values) {
        var known = Set.of(values);
        return value -> known.contains(value.toLowerCase(Locale.ROOT));
    }

    /** Words of this set, with spaces between them. */
    static Domain words(String... values) {
        var known = Set.of(values);
        return value -> known.containsAll(Arrays.asList(value.strip().split("\\s+", -1)));
    }

    static Domain matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate()::test;
    }

    /** Whole numbers. */
    static Domain count(int from, int to) {
        return value -> value.matches("\\d{1,9}") && Integer.parseInt(value) >= from && Integer.parseInt(value) <= to;
    }

    /** Decimal numbers. */
    static Domain decimal(double from, double to) {
        return value -> value.matches("\\d{1,9}(\\.\\d{1,9})?")
                && Double.parseDouble(value) >= from
                && Double.parseDouble(value) <= to;
    }

    private static boolean isUrl(String value) {
        try {
            var url = URI.create(value);
            return !value.isBlank()
                    && (!url.isAbsolute()
                            || (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
