package dev.callbus.sandbox.servicenow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.callbus.sandbox.servicenow.platform.Commit;
import dev.callbus.sandbox.servicenow.platform.Operation;
import dev.callbus.sandbox.servicenow.platform.Platform;
import dev.callbus.sandbox.servicenow.platform.Row;
import dev.callbus.sandbox.servicenow.platform.Session;
import dev.callbus.sandbox.servicenow.platform.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What was really committed, whatever a client was told: all writes since the start, in their order, and the records as they are.
 * Reading records blocks for a moment; it is for tests and for printing, not for event loops.
 */
public final class Ledger {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final Platform platform;
    private @Nullable Snapshot snapshot;

    /** @param url of the database */
    Ledger(String url) {
        platform = new Platform(url, this::add);
    }

    /**
     * One write.
     *
     * @param number "" for tables without numbers
     * @param correlationId "" if the record has none
     * @param changes the new values by field, and what was added to journal fields
     */
    public record Entry(
            String table,
            String sysId,
            String number,
            Operation operation,
            String correlationId,
            Map<String, String> changes) {
        public Entry {
            changes = Map.copyOf(changes);
        }
    }

    /** All writes since the start, the oldest first. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The writes to one table, the oldest first. */
    public List<Entry> entries(String table) {
        return entries.stream().filter(entry -> entry.table().equals(table)).toList();
    }

    /** How many records were inserted with this correlation id. */
    public long inserts(String correlationId) {
        return entries.stream()
                .filter(entry -> entry.operation() == Operation.INSERT)
                .filter(entry -> entry.correlationId().equals(correlationId))
                .count();
    }

    /** A record's stored values; empty if there is no such record. */
    public Map<String, String> record(String table, String sysId) {
        return records(table, "sys_id", sysId).stream().findFirst().orElse(Map.of());
    }

    /** All records of a table with that value in a field, the oldest first. */
    public List<Map<String, String>> records(String table, String field, String value) {
        return platform.find(table, field, value).stream().map(Row::values).toList();
    }

    /** All records of a table, the oldest first. An unknown table is an {@link IllegalArgumentException}. */
    public List<Map<String, String>> records(String table) {
        return platform.all(table).stream().map(Row::values).toList();
    }

    /**
     * Adds a record as an administrator would who writes choices and references as they are displayed. An unknown table or field is an
     * {@link IllegalArgumentException}.
     */
    public void add(String table, Map<String, String> fields, Instant now) {
        var administrator = new Session("system", "admin", Set.of("admin"), ZoneOffset.UTC, now);
        platform.add(administrator, table, fields);
    }

    /** All incidents with this correlation id, the oldest first. */
    public List<Map<String, String>> incidents(String correlationId) {
        return records("incident", "correlation_id", correlationId);
    }

    /** What was written into a record's journal fields, the oldest first. */
    public List<JournalEntry> journal(String sysId) {
        return platform.find("sys_journal_field", "element_id", sysId).stream()
                .map(row -> new JournalEntry(row.get("element"), row.get("value"), row.get("sys_created_by")))
                .toList();
    }

    /** The files that are attached to a record, the oldest first. */
    public List<AttachedFile> attachments(String sysId) {
        return platform.find("sys_attachment", "table_sys_id", sysId).stream()
                .map(row -> new AttachedFile(
                        row.sysId(),
                        row.get("file_name"),
                        row.get("content_type"),
                        Long.parseLong(row.get("size_bytes"))))
                .toList();
    }

    /** One entry of a journal field. */
    public record JournalEntry(String element, String text, String by) {}

    /** One attached file. */
    public record AttachedFile(String sysId, String name, String contentType, long bytes) {}

    /** Remembers all records as they are now; what was written until now is forgotten. */
    void remember() {
        snapshot = platform.snapshot();
        entries.clear();
    }

    /** Puts all records back to how they were when they were remembered. */
    void restore() {
        var remembered = snapshot;
        if (remembered == null) {
            throw new IllegalStateException("nothing was remembered");
        }
        platform.restore(
                remembered, entries.stream().collect(groupingBy(Entry::table, mapping(Entry::sysId, toSet()))));
        entries.clear();
    }

    /** The instance whose writes these are. */
    Platform platform() {
        return platform;
    }

    private void add(Commit commit) {
        entries.add(new Entry(
                commit.table(),
                commit.sysId(),
                commit.number(),
                commit.operation(),
                commit.correlationId(),
                commit.changes()));
    }
}
