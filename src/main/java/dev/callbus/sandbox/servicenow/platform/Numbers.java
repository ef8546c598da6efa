package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The next number of each numbered table. A number is never given twice, not even after its record is deleted. */
final class Numbers {
    private static final int FIRST = 10_001;

    private final Map<String, AtomicInteger> next = new ConcurrentHashMap<>();

    /** Goes on after the numbers that a table's records have. */
    void load(Transaction transaction, Table table, String prefix) throws SQLException {
        var select = Sql.of("SELECT MAX(\"number\") FROM " + Sql.name(table.name()));
        var last = transaction
                .query(select, row -> row.getString(1) == null ? "" : row.getString(1))
                .getFirst();
        next.put(
                table.name(),
                new AtomicInteger(last.isEmpty() ? FIRST : Integer.parseInt(last.substring(prefix.length())) + 1));
    }

    /** What the next numbers are. */
    Map<String, Integer> all() {
        return next.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, table -> table.getValue().get()));
    }

    /** Goes on from these. */
    void restore(Map<String, Integer> numbers) {
        numbers.forEach((table, number) -> next.put(table, new AtomicInteger(number)));
    }

    /** Such as {@code INC0010001}. */
    String take(Table table, String prefix) {
        var number = next.computeIfAbsent(table.name(), name -> new AtomicInteger(FIRST))
                .getAndIncrement();
        return prefix + "%07d".formatted(number);
    }
}
