package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.query.Operator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One field compared with a value, as SQL; empty if the value makes no sense for the operator. */
final class FieldSql {
    static final Map<Operator, String> COMPARISONS = Map.of(
            Operator.EQUALS, "=",
            Operator.GREATER, ">",
            Operator.GREATER_OR_EQUAL, ">=",
            Operator.LESS, "<",
            Operator.LESS_OR_EQUAL, "<=");
    static final Sql NEVER = Sql.of("1 = 0");

    private static final Sql ALWAYS = Sql.of("1 = 1");
    private static final Pattern RELATIVE = Pattern.compile(
            "@(?<unit>minute|hour|dayofweek|day|week|month|quarter|year)@(?<way>ago|ahead)@(?<count>\\d{1,4})");
    private static final Pattern DATE_PART =
            Pattern.compile(".*gs\\.datePart\\('(?<part>\\w+)',\\s*'?(?<number>\\d{1,4})'?.*");

    /** The ids of the dynamic filter options "Me" that every instance has. Source: any instance's sys_filter_option_dynamic. */
    private static final String ME = "90d1921e5f510100a9ad2572f2b477fe";

    private final FieldPath path;
    private final String column;
    private final String text;
    private final Session session;
    private final Script script;

    FieldSql(FieldPath path, String alias, Session session, Script script) {
        this.path = path;
        this.column = path.value(alias);
        this.text = textOf(path, alias);
        this.session = session;
        this.script = script;
    }

    Optional<Sql> is(Operator operator, String value) {
        return switch (operator) {
            case ANYTHING -> Optional.of(ALWAYS);
            case IS_EMPTY, EMPTY_STRING ->
                Optional.of(isNumber() ? Sql.of(column + " IS NULL") : Sql.of(column + " = ''"));
            case IS_NOT_EMPTY -> Optional.of(isNumber() ? Sql.of(column + " IS NOT NULL") : Sql.of(column + " <> ''"));
            case IN, NOT_IN -> oneOf(operator, value);
            case BETWEEN -> between(value);
            case ON, NOT_ON -> on(operator, value);
            case DATE_PART -> datePart(value);
            case RELATIVE_AFTER -> relative(">", value);
            case RELATIVE_AT_OR_AFTER -> relative(">=", value);
            case RELATIVE_BEFORE -> relative("<", value);
            case RELATIVE_AT_OR_BEFORE -> relative("<=", value);
            case DYNAMIC ->
                value.equals(ME) ? Optional.of(Sql.of(column + " = ?", session.userId())) : Optional.empty();
            default -> script.value(value).map(known -> plain(operator, known));
        };
    }

    private Sql plain(Operator operator, String value) {
        return switch (operator) {
            case NOT_EQUALS -> not(compare("=", value));
            case STARTS_WITH -> like(text, literally(value) + "%");
            case ENDS_WITH -> like(text, "%" + literally(value));
            case CONTAINS -> like(text, "%" + literally(value) + "%");
            case NOT_CONTAINS -> not(like(text, "%" + literally(value) + "%"));
            default -> compare(COMPARISONS.getOrDefault(operator, "="), value);
        };
    }

    /** A value that isn't of the field's type is equal to nothing, and neither more nor less than anything. */
    private Sql compare(String comparison, String value) {
        return switch (path.last().type()) {
            case INTEGER ->
                value.isEmpty()
                        ? Sql.of(column + " IS NULL")
                        : number(value)
                                .map(number -> Sql.of("COALESCE(" + column + ' ' + comparison + " ?, FALSE)", number))
                                .orElse(NEVER);
            case BOOLEAN ->
                Sql.of(
                        column + ' ' + comparison + " ?",
                        value.equals("1") ? "true" : value.equals("0") ? "false" : value);
            case DATE_TIME ->
                Sql.of(
                        column + ' ' + comparison + " ?",
                        Times.storedFrom(value, ZoneOffset.UTC).orElse(value));
            case TEXT, REFERENCE, JOURNAL -> Sql.of(column + ' ' + comparison + " ?", value);
        };
    }

    private Optional<Sql> oneOf(Operator operator, String value) {
        var known = Arrays.stream(value.split(",", -1))
                .flatMap(one -> script.value(one.strip()).stream())
                .map(one -> compare("=", one))
                .toList();
        var any = Sql.join(" OR ", known);
        return known.isEmpty() ? Optional.empty() : Optional.of(operator == Operator.IN ? any : not(any));
    }

    private Optional<Sql> between(String value) {
        var bounds = bounds(value);
        return bounds.size() == 2
                ? Optional.of(
                        Sql.join(" AND ", List.of(compare(">=", bounds.getFirst()), compare("<=", bounds.getLast()))))
                : Optional.empty();
    }

    /** {@code ONToday@javascript:gs.beginningOfToday()@javascript:gs.endOfToday()}, or a date alone. */
    private Optional<Sql> on(Operator operator, String value) {
        var at = value.indexOf('@');
        var bounds = at < 0
                ? Times.storedFrom(value, session.zone()).filter(any -> value.length() == 10).stream()
                        .flatMap(start -> Stream.of(
                                start,
                                Times.stored(Instant.parse(start.replace(' ', 'T') + "Z")
                                        .plus(1, ChronoUnit.DAYS)
                                        .minusSeconds(1))))
                        .toList()
                : bounds(value.substring(at + 1));
        if (bounds.size() != 2) {
            return Optional.empty();
        }
        var within = Sql.join(" AND ", List.of(compare(">=", bounds.getFirst()), compare("<=", bounds.getLast())));
        return Optional.of(operator == Operator.ON ? within : not(within));
    }

    private List<String> bounds(String value) {
        return Arrays.stream(value.split("@", -1))
                .flatMap(bound -> script.value(bound).stream())
                .toList();
    }

    /** {@code RELATIVEGT@hour@ago@3}: after the moment three hours ago. */
    private Optional<Sql> relative(String comparison, String value) {
        var parts = RELATIVE.matcher(value);
        return parts.matches() && path.last().type() == Field.Type.DATE_TIME
                ? Optional.of(Sql.of(column + ' ' + comparison + " ?", Times.stored(moment(parts))))
                : Optional.empty();
    }

    private Instant moment(Matcher parts) {
        var count = Integer.parseInt(parts.group("count")) * (parts.group("way").equals("ago") ? -1 : 1);
        var now = session.now().atOffset(ZoneOffset.UTC);
        var moment = switch (parts.group("unit")) {
            case "minute" -> now.plusMinutes(count);
            case "hour" -> now.plusHours(count);
            case "week" -> now.plusWeeks(count);
            case "month" -> now.plusMonths(count);
            case "quarter" -> now.plusMonths(3L * count);
            case "year" -> now.plusYears(count);
            default -> now.plusDays(count);
        };
        return moment.toInstant();
    }

    /** {@code DATEPARTMonday@javascript:gs.datePart('dayofweek','1','EE')}. Days of the week count from Monday, 1; in UTC. */
    private Optional<Sql> datePart(String value) {
        var parts = DATE_PART.matcher(value);
        if (!parts.matches() || path.last().type() != Field.Type.DATE_TIME) {
            return Optional.empty();
        }
        var unit = switch (parts.group("part")) {
            case "dayofweek" -> "ISO_DAY_OF_WEEK";
            case "month" -> "MONTH";
            case "year" -> "YEAR";
            case "quarter" -> "QUARTER";
            case "week" -> "ISO_WEEK";
            case "hour" -> "HOUR";
            default -> "";
        };
        return unit.isEmpty()
                ? Optional.empty()
                : Optional.of(Sql.of(
                        "COALESCE(EXTRACT(" + unit + " FROM CAST(NULLIF(" + column + ", '') AS TIMESTAMP)) = ?, FALSE)",
                        Integer.parseInt(parts.group("number"))));
    }

    private boolean isNumber() {
        return path.last().type() == Field.Type.INTEGER;
    }

    /** What text operators look at: of a reference the other record's name. */
    static String textOf(FieldPath path, String alias) {
        return path.last().type() == Field.Type.INTEGER
                ? "COALESCE(CAST(" + path.value(alias) + " AS VARCHAR), '')"
                : path.text(alias);
    }

    static Sql like(String column, String pattern) {
        return Sql.of(column + " LIKE ? ESCAPE '!'", pattern);
    }

    /** A text whose characters have no meaning in a pattern. */
    static String literally(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static Sql not(Sql condition) {
        return Sql.of("NOT (").then(condition).then(")");
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
