package dev.callbus.servicenow;

import dev.callbus.servicenow.Ticket.Note;
import dev.callbus.servicenow.table.Condition;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.EncodedQuery;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableFailure;
import dev.callbus.servicenow.table.TableQuery;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Work notes and comments. Their columns read as empty; the entries are in the table sys_journal_field, and where that may not
 * be read, merged in the columns' display values.
 */
final class Journal {
    static final String WORK_NOTES = "work_notes";
    static final String COMMENTS = "comments";

    private static final int MOST = 100;
    private static final int LONGEST = 8000;
    private static final Pattern HEAD =
            Pattern.compile("(?m)^(\\S+ \\S+(?: [AP]M)?) - (.+?) \\((Work notes|Additional comments|Comments)\\)\\s*$");
    private static final Pattern REFERENCE = Pattern.compile("\\s*\\[ref [0-9a-f]{12}]\\s*$");

    private final TableClient client;

    Journal(TableClient client) {
        this.client = client;
    }

    /** A short name of a note, by which it is found again; it becomes part of the note's text. */
    static String reference(String callSid, String key, String column) {
        return "[ref " + Fingerprint.of(12, callSid, key, column) + "]";
    }

    /** The note's text with its reference. */
    static String referenced(String text, String reference) {
        var cut = text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
        return cut.strip() + "\n\n" + reference;
    }

    /** Whether the record has a note with this reference. */
    Future<Boolean> has(String table, String sysId, String reference, Deadline deadline) {
        return raw(table, sysId, deadline)
                .map(notes -> notes.stream().anyMatch(note -> note.text().contains(reference)));
    }

    /** The texts of the record's notes, with references. */
    Future<List<String>> texts(String table, String sysId, Deadline deadline) {
        return raw(table, sysId, deadline)
                .map(notes -> notes.stream().map(Note::text).toList());
    }

    /** The record's notes, the latest first, without references. */
    Future<List<Note>> read(String table, String sysId, Deadline deadline) {
        return raw(table, sysId, deadline)
                .map(notes -> notes.stream().map(Journal::withoutReference).toList());
    }

    /** Appends a note; its text must have its reference. */
    Future<Row> append(String table, String sysId, String text, Deadline deadline) {
        var fields = List.of("sys_id", WORK_NOTES);
        return client.update(table, sysId, Map.of(WORK_NOTES, text), fields, deadline);
    }

    private Future<List<Note>> raw(String table, String sysId, Deadline deadline) {
        var filter = EncodedQuery.where(
                        Condition.is("element_id", sysId), Condition.oneOf("element", List.of(COMMENTS, WORK_NOTES)))
                .latestFirst("sys_created_on");
        var query =
                new TableQuery("sys_journal_field", filter, List.of("value", "sys_created_on", "sys_created_by"), MOST);
        return client.find(query, deadline)
                .map(rows -> rows.all().stream().map(Journal::note).toList())
                .recover(Journal::emptyIfForbidden)
                .compose(notes -> notes.isEmpty() ? merged(table, sysId, deadline) : Future.succeededFuture(notes));
    }

    private static Future<List<Note>> emptyIfForbidden(Throwable cause) {
        return cause instanceof TableFailure failure && failure.isVerdict()
                ? Future.succeededFuture(List.of())
                : Future.failedFuture(cause);
    }

    private Future<List<Note>> merged(String table, String sysId, Deadline deadline) {
        var query = new TableQuery(
                table, EncodedQuery.where(Condition.is("sys_id", sysId)), List.of(WORK_NOTES, COMMENTS), 1);
        return client.find(query, deadline)
                .map(rows -> rows.all().stream()
                        .flatMap(row -> Stream.concat(
                                entries(row.display(WORK_NOTES)).stream(), entries(row.display(COMMENTS)).stream()))
                        .toList());
    }

    /** The entries of a merged text: a head line with time, user and kind, then the note. */
    static List<Note> entries(String merged) {
        var notes = new ArrayList<Note>();
        var head = HEAD.matcher(merged);
        boolean more = head.find();
        while (more) {
            var at = head.group(1);
            var by = head.group(2);
            var kind = head.group(3).equals("Work notes") ? "work note" : "comment";
            int begin = head.end();
            more = head.find();
            notes.add(new Note(
                    at,
                    kind,
                    by,
                    merged.substring(begin, more ? head.start() : merged.length())
                            .strip()));
        }
        return notes;
    }

    private static Note note(Row row) {
        var kind = row.value("element").equals(WORK_NOTES) ? "work note" : "comment";
        return new Note(row.value("sys_created_on"), kind, row.value("sys_created_by"), row.value("value"));
    }

    private static Note withoutReference(Note note) {
        return new Note(
                note.at(),
                note.kind(),
                note.by(),
                REFERENCE.matcher(note.text()).replaceFirst(""));
    }
}
