package dev.callbus.servicenow.table;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One comparison of a column with a value. It can't be made with a value that would be more than a value in an encoded query: one
 * with {@code ^} (which can't be escaped there), with control characters, a script, or {@code NULL} (which means "empty").
 *
 * <p>Source: ServiceNow, "Operators available for filters and queries"; "Encoded query strings"
 */
public final class Condition {
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    private final String column;
    private final Operator operator;
    private final List<String> operands;

    private Condition(String column, Operator operator, List<String> operands) {
        if (!COLUMN.matcher(column).matches()) {
            throw new IllegalArgumentException("no column name");
        }
        if (operands.isEmpty()) {
            throw new IllegalArgumentException("nothing to look for");
        }
        this.column = column;
        this.operator = operator;
        this.operands = operands.stream().map(Condition::value).toList();
    }

    /** The column has this value. */
    public static Condition is(String column, String value) {
        return new Condition(column, Operator.IS, List.of(value));
    }

    /** The column has another value than this, or none. */
    public static Condition isNot(String column, String value) {
        return new Condition(column, Operator.IS_NOT, List.of(value));
    }

    /** The column has one of these values. */
    public static Condition oneOf(String column, List<String> values) {
        if (values.stream().anyMatch(value -> value.contains(","))) {
            throw new IllegalArgumentException("contains a comma, which separates values");
        }
        return new Condition(column, Operator.ONE_OF, values);
    }

    /** The column begins with this. */
    public static Condition startsWith(String column, String value) {
        return new Condition(column, Operator.STARTS_WITH, List.of(value));
    }

    /** The column has this somewhere. */
    public static Condition contains(String column, String value) {
        return new Condition(column, Operator.CONTAINS, List.of(value));
    }

    /** Whether a value may stand in a query. */
    public static boolean isAllowed(String value) {
        var bare = value.strip();
        return !bare.isEmpty()
                && bare.indexOf('^') < 0
                && bare.chars().noneMatch(Character::isISOControl)
                && !bare.toLowerCase(Locale.ROOT).startsWith("javascript:")
                && !bare.equalsIgnoreCase("null");
    }

    private static String value(String text) {
        if (!isAllowed(text)) {
            throw new IllegalArgumentException("contains characters that a search can't have, or is empty");
        }
        return text.strip();
    }

    String column() {
        return column;
    }

    /** The condition as it is sent. */
    String text() {
        return column + operator.symbol() + String.join(",", operands);
    }

    /** Whether the row meets it; a column that didn't come back counts as empty. */
    boolean holds(Row row) {
        return operator.accepts(row.value(column), operands);
    }
}
