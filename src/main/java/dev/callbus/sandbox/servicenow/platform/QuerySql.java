package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.query.Condition;
import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import dev.callbus.sandbox.servicenow.query.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Encoded queries as SQL. A condition that makes no sense (an unknown field, an unknown expression) is left out, so that the
 * result becomes larger: ServiceNow does the same.
 */
final class QuerySql {
    private final Dictionary dictionary;
    private final Session session;
    private final Script script;

    QuerySql(Dictionary dictionary, Session session) {
        this.dictionary = dictionary;
        this.session = session;
        this.script = new Script(session);
    }

    /** The {@code WHERE} clause for rows of alias {@code t}; empty if the query bounds nothing. */
    Sql where(Table table, EncodedQuery query) {
        var groups = query.groups().stream()
                .map(group -> all(table, group.all(), "t"))
                .toList();
        var condition = Sql.join(" OR ", groups);
        return condition.isEmpty() ? Sql.NOTHING : Sql.of(" WHERE ").then(condition);
    }

    /** The {@code ORDER BY} clause. Rows that are equal by the query's keys come in the order of their sys_ids, which is none. */
    Sql orderBy(Table table, EncodedQuery query) {
        var keys = new ArrayList<String>();
        for (var order : query.orders()) {
            FieldPath.of(dictionary, table, order.field())
                    .ifPresent(path -> keys.add(path.text("t")
                            + switch (order.direction()) {
                                case ASCENDING -> "";
                                case DESCENDING -> " DESC";
                            }));
        }
        keys.add("t.\"sys_id\"");
        return Sql.of(" ORDER BY " + String.join(", ", keys));
    }

    private Sql all(Table table, List<Condition.Alternatives> all, String alias) {
        return Sql.join(
                " AND ",
                all.stream()
                        .map(alternatives -> anyOf(table, alternatives, alias))
                        .toList());
    }

    private Sql anyOf(Table table, Condition.Alternatives alternatives, String alias) {
        return Sql.join(
                " OR ",
                alternatives.conditions().stream()
                        .map(condition -> condition(table, condition, alias).orElse(Sql.NOTHING))
                        .toList());
    }

    private Optional<Sql> condition(Table table, Condition condition, String alias) {
        return switch (condition) {
            case Condition.Comparison comparison -> comparison(table, comparison, alias);
            case Condition.TextSearch(var words) -> textSearch(table, words, alias);
            case Condition.RelatedList related -> relatedList(related, alias);
        };
    }

    private Optional<Sql> comparison(Table table, Condition.Comparison comparison, String alias) {
        return FieldPath.of(dictionary, table, comparison.field()).flatMap(path -> switch (comparison.operator()) {
            case SAME_AS -> fields(table, path, " = ", comparison.value(), alias);
            case NOT_SAME_AS -> fields(table, path, " <> ", comparison.value(), alias);
            case GREATER_THAN_FIELD -> fields(table, path, " > ", comparison.value(), alias);
            case LESS_THAN_FIELD -> fields(table, path, " < ", comparison.value(), alias);
            case GREATER_OR_EQUAL_FIELD -> fields(table, path, " >= ", comparison.value(), alias);
            case LESS_OR_EQUAL_FIELD -> fields(table, path, " <= ", comparison.value(), alias);
            case INSTANCE_OF -> Optional.of(instanceOf(path, comparison.value(), alias));
            default -> new FieldSql(path, alias, session, script).is(comparison.operator(), comparison.value());
        });
    }

    /** The other field's name may be followed by {@code @} and details, which are of no account here. */
    private Optional<Sql> fields(Table table, FieldPath left, String comparison, String other, String alias) {
        var at = other.indexOf('@');
        return FieldPath.of(dictionary, table, at < 0 ? other : other.substring(0, at))
                .filter(right -> (right.last().type() == Field.Type.INTEGER)
                        == (left.last().type() == Field.Type.INTEGER))
                .map(right -> Sql.of(left.value(alias) + comparison + right.value(alias)));
    }

    private Sql instanceOf(FieldPath path, String className, String alias) {
        var classes = dictionary.tables().stream()
                .filter(table -> table.isA(className))
                .map(table -> Sql.of(FieldSql.textOf(path, alias) + " = ?", table.name()))
                .toList();
        return classes.isEmpty() ? FieldSql.NEVER : Sql.join(" OR ", classes);
    }

    private Optional<Sql> textSearch(Table table, String words, String alias) {
        var texts = table.fields().stream()
                .filter(field -> field.type() == Field.Type.TEXT && field.access() != Field.Access.ADMINISTRATORS)
                .map(field -> alias + '.' + Sql.name(field.name()))
                .toList();
        var each = new ArrayList<Sql>();
        for (var word : words.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            each.add(Sql.join(
                    " OR ",
                    texts.stream()
                            .map(column -> FieldSql.like(column, "%" + FieldSql.literally(word) + "%"))
                            .toList()));
        }
        return Optional.of(Sql.join(" AND ", each));
    }

    private Optional<Sql> relatedList(Condition.RelatedList related, String alias) {
        var inner = alias + "_rl";
        return dictionary
                .table(related.table())
                .filter(table -> table.field(related.field())
                        .filter(field -> field.type() == Field.Type.REFERENCE)
                        .isPresent())
                .map(table -> {
                    var count = Sql.of("(SELECT COUNT(*) FROM %s %s WHERE %s.%s = %s.\"sys_id\""
                            .formatted(Sql.name(table.name()), inner, inner, Sql.name(related.field()), alias));
                    var filter = all(table, related.filter(), inner);
                    return (filter.isEmpty() ? count : count.then(" AND ").then(filter))
                            .then(") " + comparison(related.bound()) + " ?", related.count());
                });
    }

    private static String comparison(Operator bound) {
        return bound == Operator.NOT_EQUALS ? "<>" : FieldSql.COMPARISONS.getOrDefault(bound, "=");
    }
}
