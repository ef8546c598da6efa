package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Follows references and finds what users read instead of stored values, for the records of one answer. */
public final class Lookups {
    private static final Map<String, String> JOURNAL_TITLES =
            Map.of("comments", "Additional comments", "work_notes", "Work notes");

    private final Dictionary dictionary;
    private final Records records;
    private final Choices choices;
    private final AccessRules access;
    private final Session session;
    private final Transaction transaction;
    private final Map<String, Optional<Row>> found = new HashMap<>();
    private final Map<String, Optional<String>> labels = new HashMap<>();

    Lookups(
            Dictionary dictionary,
            Records records,
            Choices choices,
            AccessRules access,
            Session session,
            Transaction transaction) {
        this.dictionary = dictionary;
        this.records = records;
        this.choices = choices;
        this.access = access;
        this.session = session;
        this.transaction = transaction;
    }

    /** A field of some record. */
    public record Place(Table table, Row row, Field field) {

        /** The stored value; "" for journal fields. */
        public String value() {
            return row.get(field.name());
        }
    }

    /** Where a dot-walked name leads from a record; empty if there is no such field, or the user may not see it. */
    public Optional<Place> walk(Table table, Row row, String name) throws SQLException {
        var path = FieldPath.of(dictionary, table, name);
        if (path.isEmpty() || path.get().steps().stream().anyMatch(field -> !access.seesField(session, field))) {
            return Optional.empty();
        }
        var at = row;
        var in = table;
        var references = path.get().steps();
        for (var step : references.subList(0, references.size() - 1)) {
            var target = dictionary.require(String.valueOf(step.reference()));
            at = find(target, at.get(step.name())).orElseGet(Row::new);
            in = target;
        }
        return Optional.of(new Place(in, at, path.get().last()));
    }

    /** What users read. */
    public String shown(Place place) throws SQLException {
        var value = place.value();
        return switch (place.field().type()) {
            case JOURNAL -> journal(place);
            case DATE_TIME -> Times.shown(value, session.zone());
            case REFERENCE ->
                value.isEmpty() ? "" : name(String.valueOf(place.field().reference()), value);
            case TEXT, INTEGER -> value.isEmpty() ? "" : label(place, value).orElse(value);
            case BOOLEAN -> value;
        };
    }

    private String name(String tableName, String sysId) throws SQLException {
        var target = dictionary.require(tableName);
        return find(target, sysId)
                .map(row -> row.get(target.displayField()))
                .orElse(sysId.equals("global") ? sysId : "");
    }

    private Optional<Row> find(Table table, String sysId) throws SQLException {
        var key = table.name() + '.' + sysId;
        var known = found.get(key);
        if (known == null) {
            known = sysId.isEmpty() ? Optional.empty() : records.find(transaction, table, sysId);
            found.put(key, known);
        }
        return known;
    }

    private Optional<String> label(Place place, String value) throws SQLException {
        var key = place.table().name() + '.' + place.field().name() + '.' + value;
        var known = labels.get(key);
        if (known == null) {
            known = choices.label(
                    transaction, place.table().name(), place.field().name(), value);
            labels.put(key, known);
        }
        return known;
    }

    /** All entries in one text, the newest first. */
    private String journal(Place place) throws SQLException {
        var element = place.field().name();
        var entries = records.select(
                transaction,
                dictionary.require("sys_journal_field"),
                Sql.of(
                        " WHERE t.\"element_id\" = ? AND t.\"element\" = ? ORDER BY t.\"sys_created_on\" DESC, t._ROWID_ DESC",
                        place.row().sysId(),
                        element));
        return entries.stream()
                .map(entry -> "%s - %s (%s)\n%s\n\n"
                        .formatted(
                                Times.shown(entry.get("sys_created_on"), session.zone()),
                                entry.get("sys_created_by"),
                                JOURNAL_TITLES.getOrDefault(element, element),
                                entry.get("value")))
                .collect(Collectors.joining());
    }
}
