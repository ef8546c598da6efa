package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import dev.callbus.time.LoopTime;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes records with all that the platform adds: ids, numbers, times, rules, journal entries. */
final class RecordWriter {
    private final Dictionary dictionary;
    private final Records records;
    private final AccessRules access;
    private final InputReader inputs;
    private final IncidentRules incidents;
    private final Numbers numbers;

    RecordWriter(Dictionary dictionary, Records records, AccessRules access, Choices choices, Numbers numbers) {
        this.dictionary = dictionary;
        this.records = records;
        this.access = access;
        this.inputs = new InputReader(dictionary, records, choices, access);
        this.incidents = new IncidentRules(access, choices);
        this.numbers = numbers;
    }

    Commit insert(Transaction transaction, Session session, Table table, Input input) throws SQLException {
        var accepted = inputs.read(transaction, session, table, input);
        var change = change(session, table, null, accepted);
        access.checkWrite(session, table, Operation.INSERT, change.after());
        return insert(transaction, table, change);
    }

    /** Inserts what the platform itself has made; nobody's rights are asked. */
    Commit insertOwn(Transaction transaction, Session session, Table table, Map<String, String> values)
            throws SQLException {
        return insert(transaction, table, change(session, table, null, values));
    }

    private Commit insert(Transaction transaction, Table table, Change change) throws SQLException {
        applyRules(transaction, table, change);
        var after = change.after();
        var now = Times.stored(change.session().now());
        var user = change.session().userName();
        after.set("sys_id", newId());
        after.set("sys_class_name", table.name());
        after.set("sys_created_on", now).set("sys_created_by", user);
        after.set("sys_updated_on", now).set("sys_updated_by", user);
        after.set("sys_mod_count", "0");
        table.numberPrefix().ifPresent(prefix -> after.set("number", numbers.take(table, prefix)));
        records.insert(transaction, table, after);
        addToJournal(transaction, table, change);
        return commit(Operation.INSERT, table, new Row(), change);
    }

    /** Changes a record; empty if nothing would be different. */
    Optional<Commit> update(Transaction transaction, Session session, Table table, Row before, Input input)
            throws SQLException {
        access.checkWrite(session, table, Operation.UPDATE, before);
        var change = change(session, table, before, inputs.read(transaction, session, table, input));
        applyRules(transaction, table, change);
        var after = change.after();
        if (after.values().equals(before.values()) && change.journal().isEmpty()) {
            return Optional.empty();
        }
        after.set("sys_updated_on", Times.stored(session.now())).set("sys_updated_by", session.userName());
        after.set("sys_mod_count", Integer.toString(Integer.parseInt(before.get("sys_mod_count")) + 1));
        records.update(transaction, table, after);
        addToJournal(transaction, table, change);
        return Optional.of(commit(Operation.UPDATE, table, before, change));
    }

    Commit delete(Transaction transaction, Session session, Table table, Row row) throws SQLException {
        access.checkWrite(session, table, Operation.DELETE, row);
        records.delete(transaction, table, row.sysId());
        return new Commit(
                Operation.DELETE, table.name(), row.sysId(), row.get("number"), row.get("correlation_id"), Map.of());
    }

    private static Change change(Session session, Table table, @Nullable Row before, Map<String, String> values) {
        var after = before == null ? new Row() : before.copy();
        var journal = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> {
            if (table.field(name).filter(Field::isStored).isPresent()) {
                after.set(name, value);
            } else if (!value.isBlank()) {
                journal.put(name, value);
            }
        });
        return new Change(session, before, after, journal);
    }

    private void applyRules(Transaction transaction, Table table, Change change) throws SQLException {
        switch (table.name()) {
            case "incident" -> incidents.apply(transaction, change);
            case "interaction" -> InteractionRules.apply(change);
            case "sys_user" ->
                change.after()
                        .setDefault("active", "true")
                        .set("name", (change.is("first_name") + ' ' + change.is("last_name")).strip());
            default -> {}
        }
    }

    private void addToJournal(Transaction transaction, Table table, Change change) throws SQLException {
        for (var entry : change.journal().entrySet()) {
            insertOwn(
                    transaction,
                    change.session(),
                    dictionary.require("sys_journal_field"),
                    Map.of(
                            "name", table.name(),
                            "element", entry.getKey(),
                            "element_id", change.after().sysId(),
                            "value", entry.getValue()));
        }
    }

    private static Commit commit(Operation operation, Table table, Row before, Change change) {
        var changes = new LinkedHashMap<>(change.journal());
        change.after().values().forEach((name, value) -> {
            if (!before.get(name).equals(value)) {
                changes.put(name, value);
            }
        });
        var after = change.after();
        return new Commit(
                operation, table.name(), after.sysId(), after.get("number"), after.get("correlation_id"), changes);
    }

    private static String newId() {
        var random = LoopTime.random();
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
}
