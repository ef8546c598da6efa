package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what a client sends into what is stored. Fields that don't exist or may not be written, and values that aren't of the
 * field's type, are left out without a word, as ServiceNow does.
 */
final class InputReader {
    private final Dictionary dictionary;
    private final Records records;
    private final Choices choices;
    private final AccessRules access;

    InputReader(Dictionary dictionary, Records records, Choices choices, AccessRules access) {
        this.dictionary = dictionary;
        this.records = records;
        this.choices = choices;
        this.access = access;
    }

    /** What is to be stored, by field; entries for journal fields among it. */
    Map<String, String> read(Transaction transaction, Session session, Table table, Input input) throws SQLException {
        var accepted = new LinkedHashMap<String, String>();
        for (var field : table.fields()) {
            var sent = input.values().get(field.name());
            if (sent != null && field.access() != Field.Access.READ_ONLY && access.seesField(session, field)) {
                var value = input.as() == Input.Meaning.DISPLAYED
                        ? fromDisplayed(transaction, session, table, field, sent)
                        : fromStored(field, sent, ZoneOffset.UTC);
                value.ifPresent(stored -> accepted.put(field.name(), cut(field, stored)));
            }
        }
        return accepted;
    }

    private Optional<String> fromDisplayed(
            Transaction transaction, Session session, Table table, Field field, String sent) throws SQLException {
        return switch (field.type()) {
            case REFERENCE -> Optional.of(resolve(transaction, field, sent));
            case TEXT, INTEGER -> {
                var chosen = choices.value(transaction, table.name(), field.name(), sent);
                yield chosen.isPresent() ? chosen : fromStored(field, sent, session.zone());
            }
            case BOOLEAN, DATE_TIME, JOURNAL -> fromStored(field, sent, session.zone());
        };
    }

    private static Optional<String> fromStored(Field field, String sent, ZoneId zone) {
        return switch (field.type()) {
            case INTEGER -> sent.isBlank() ? Optional.of("") : number(sent);
            case BOOLEAN -> Optional.of(Boolean.toString(sent.equalsIgnoreCase("true") || sent.equals("1")));
            case DATE_TIME -> sent.isBlank() ? Optional.of("") : Times.storedFrom(sent, zone);
            case TEXT, REFERENCE, JOURNAL -> Optional.of(sent);
        };
    }

    /** The sys_id of the record with that name; "" if there is none. A sys_id is taken as well. */
    private String resolve(Transaction transaction, Field field, String name) throws SQLException {
        var target = Optional.ofNullable(field.reference()).flatMap(dictionary::table);
        if (target.isEmpty() || name.isBlank()) {
            return "";
        }
        var where = Sql.of(
                " WHERE t.\"sys_id\" = ? OR t.%s = ? ORDER BY t.\"sys_id\" LIMIT 1"
                        .formatted(Sql.name(target.get().displayField())),
                name,
                name);
        return records.select(transaction, target.get(), where).stream()
                .findFirst()
                .map(Row::sysId)
                .orElse("");
    }

    private static Optional<String> number(String text) {
        try {
            return Optional.of(Integer.toString(Integer.parseInt(text.strip())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String cut(Field field, String text) {
        return text.length() <= field.maxLength() ? text : text.substring(0, field.maxLength());
    }
}
