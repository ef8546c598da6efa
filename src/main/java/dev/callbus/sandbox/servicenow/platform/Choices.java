package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/** The choice lists of {@code sys_choice}, as they are at the moment. */
final class Choices {
    private final Records records;
    private final Table table;

    Choices(Records records, Dictionary dictionary) {
        this.records = records;
        this.table = dictionary.require("sys_choice");
    }

    /** A value's label. */
    Optional<String> label(Transaction transaction, String tableName, String element, String value)
            throws SQLException {
        return find(transaction, tableName, element, "value", value)
                .filter(row -> row.get("value").equals(value))
                .map(row -> row.get("label"));
    }

    /** The value with that label. */
    Optional<String> value(Transaction transaction, String tableName, String element, String label)
            throws SQLException {
        return find(transaction, tableName, element, "label", label).map(row -> row.get("value"));
    }

    private Optional<Row> find(Transaction transaction, String tableName, String element, String by, String text)
            throws SQLException {
        var where = Sql.of(
                " WHERE t.\"name\" = ? AND t.\"element\" = ? AND t.\"inactive\" = 'false' AND t.%s = ? LIMIT 1"
                        .formatted(Sql.name(by)),
                tableName,
                element,
                text);
        return records.select(transaction, table, where).stream().findFirst();
    }
}
