package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** All records as they were at a moment, to which a few that were written since are put back. */
public final class Snapshot {
    private static final String JOURNAL = "sys_journal_field";

    private final Map<String, Map<String, Row>> tables;
    private final Map<String, Integer> numbers;
    private final long lastEntry;

    private Snapshot(Map<String, Map<String, Row>> tables, Map<String, Integer> numbers, long lastEntry) {
        this.tables = tables;
        this.numbers = numbers;
        this.lastEntry = lastEntry;
    }

    static Snapshot take(Transaction transaction, Dictionary dictionary, Records records, Numbers numbers)
            throws SQLException {
        var tables = new HashMap<String, Map<String, Row>>();
        for (var table : dictionary.tables()) {
            var rows = new HashMap<String, Row>();
            records.select(transaction, table, Sql.NOTHING).forEach(row -> rows.put(row.sysId(), row));
            tables.put(table.name(), rows);
        }
        var last = transaction
                .query(Sql.of("SELECT MAX(_ROWID_) FROM " + Sql.name(JOURNAL)), row -> row.getLong(1))
                .getFirst();
        return new Snapshot(tables, numbers.all(), last);
    }

    /** Puts back one record, with what is attached to it. */
    void restore(Transaction transaction, Records records, Table table, String sysId) throws SQLException {
        var before = tables.getOrDefault(table.name(), Map.of()).get(sysId);
        if (before == null) {
            records.delete(transaction, table, sysId);
            transaction.execute(Sql.of("DELETE FROM attachment_content WHERE sys_id = ?", sysId));
        } else if (records.find(transaction, table, sysId).isPresent()) {
            records.update(transaction, table, before);
        } else {
            records.insert(transaction, table, before);
        }
    }

    /** Puts back what belongs to no record. */
    void restoreRest(Transaction transaction, Numbers given) throws SQLException {
        transaction.execute(Sql.of("DELETE FROM " + Sql.name(JOURNAL) + " WHERE _ROWID_ > ?", lastEntry));
        given.restore(numbers);
    }
}
