package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Rows of the database: one SQL table for each table of the dictionary, a column for each stored field. */
final class Records {
    private static final List<String> INDEXED = List.of(
            "incident.caller_id",
            "incident.correlation_id",
            "incident.number",
            "sys_user.user_name",
            "sys_choice.element",
            "sys_journal_field.element_id",
            "sys_attachment.table_sys_id",
            "interaction.correlation_id");

    private final Dictionary dictionary;
    private final Map<Table, Sql> selects = new ConcurrentHashMap<>();

    Records(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** Makes the tables that aren't there yet. */
    void create(Transaction transaction) throws SQLException {
        for (var table : dictionary.tables()) {
            var columns = table.stored().stream().map(Records::column).collect(Collectors.joining(", "));
            transaction.execute(Sql.of("CREATE TABLE IF NOT EXISTS %s (%s, PRIMARY KEY (\"sys_id\"))"
                    .formatted(Sql.name(table.name()), columns)));
        }
        transaction.execute(
                Sql.of("CREATE TABLE IF NOT EXISTS attachment_content (sys_id VARCHAR PRIMARY KEY, content BLOB)"));
        for (var index : INDEXED) {
            var dot = index.indexOf('.');
            transaction.execute(Sql.of("CREATE INDEX IF NOT EXISTS %s ON %s (%s)"
                    .formatted(
                            Sql.name(index), Sql.name(index.substring(0, dot)), Sql.name(index.substring(dot + 1)))));
        }
    }

    Optional<Row> find(Transaction transaction, Table table, String sysId) throws SQLException {
        return select(transaction, table, Sql.of(" WHERE t.\"sys_id\" = ?", sysId)).stream()
                .findFirst();
    }

    /** @param rest what follows {@code SELECT … FROM table t} */
    List<Row> select(Transaction transaction, Table table, Sql rest) throws SQLException {
        var select = selects.computeIfAbsent(table, Records::select);
        return transaction.query(select.then(rest), row -> row(table, row));
    }

    private static Sql select(Table table) {
        var columns = table.stored().stream()
                .map(field -> "t." + Sql.name(field.name()))
                .collect(Collectors.joining(", "));
        return Sql.of("SELECT " + columns + " FROM " + Sql.name(table.name()) + " t");
    }

    /** @param rest what follows {@code SELECT COUNT(*) FROM table t} */
    long count(Transaction transaction, Table table, Sql rest) throws SQLException {
        var select = Sql.of("SELECT COUNT(*) FROM " + Sql.name(table.name()) + " t");
        return transaction.query(select.then(rest), row -> row.getLong(1)).getFirst();
    }

    void insert(Transaction transaction, Table table, Row row) throws SQLException {
        insertAll(transaction, table, List.of(row));
    }

    void insertAll(Transaction transaction, Table table, List<Row> rows) throws SQLException {
        var columns =
                table.stored().stream().map(field -> Sql.name(field.name())).collect(Collectors.joining(", "));
        var marks = table.stored().stream().map(Records::mark).collect(Collectors.joining(", "));
        transaction.executeAll(
                "INSERT INTO %s (%s) VALUES (%s)".formatted(Sql.name(table.name()), columns, marks),
                rows.stream().map(row -> binds(table, row)).toList());
    }

    void update(Transaction transaction, Table table, Row row) throws SQLException {
        var assignments = table.stored().stream()
                .map(field -> Sql.name(field.name()) + " = " + mark(field))
                .collect(Collectors.joining(", "));
        transaction.execute(new Sql(
                        "UPDATE %s SET %s".formatted(Sql.name(table.name()), assignments), binds(table, row))
                .then(" WHERE \"sys_id\" = ?", row.sysId()));
    }

    void delete(Transaction transaction, Table table, String sysId) throws SQLException {
        transaction.execute(Sql.of("DELETE FROM %s WHERE \"sys_id\" = ?".formatted(Sql.name(table.name())), sysId));
    }

    private static Row row(Table table, ResultSet result) throws SQLException {
        var row = new Row();
        var column = 1;
        for (var field : table.stored()) {
            var value = result.getString(column++);
            row.set(field.name(), value == null ? "" : value);
        }
        return row;
    }

    /** An integer without a value is NULL; a text without one is ''. */
    private static String mark(Field field) {
        return field.type() == Field.Type.INTEGER ? "CAST(NULLIF(?, '') AS INTEGER)" : "?";
    }

    private static List<Object> binds(Table table, Row row) {
        return table.stored().stream()
                .<Object>map(field -> row.get(field.name()))
                .toList();
    }

    private static String column(Field field) {
        return Sql.name(field.name())
                + switch (field.type()) {
                    case INTEGER -> " INTEGER";
                    case TEXT, BOOLEAN, DATE_TIME, REFERENCE, JOURNAL -> " VARCHAR_IGNORECASE NOT NULL";
                };
    }
}
