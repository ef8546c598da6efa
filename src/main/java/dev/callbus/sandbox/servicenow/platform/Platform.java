package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** An instance's tables with all their rules. Everything here blocks. */
public final class Platform implements AutoCloseable {
    private final Dictionary dictionary = new Dictionary();
    private final Records records = new Records(dictionary);
    private final AccessRules access = new AccessRules(dictionary);
    private final Choices choices = new Choices(records, dictionary);
    private final Numbers numbers = new Numbers();
    private final RecordWriter writer = new RecordWriter(dictionary, records, access, choices, numbers);
    private final Attachments attachments = new Attachments(dictionary, records, writer);
    private final ReentrantLock writing = new ReentrantLock();
    private final Database database;
    private final Consumer<Commit> listener;

    /**
     * Opens the database; a new one is filled with the seed.
     *
     * @param url of H2, such as {@code jdbc:h2:mem:one}
     * @param listener told of each write once it is committed, in their order
     */
    public Platform(String url, Consumer<Commit> listener) {
        this.database = new Database(url);
        this.listener = listener;
        database.transact(transaction -> {
            records.create(transaction);
            if (records.count(transaction, dictionary.require("sys_user"), Sql.NOTHING) == 0) {
                new Seed(dictionary, records, transaction).sow();
            }
            for (var table : dictionary.tables()) {
                var prefix = table.numberPrefix();
                if (prefix.isPresent()) {
                    numbers.load(transaction, table, prefix.get());
                }
            }
            return true;
        });
    }

    /** A table by its name, or the refusal of a name that is none. */
    public Table table(String name) {
        return dictionary.table(name).orElseThrow(() -> new Refusal(400, "Invalid table " + name, null));
    }

    public Search.Found search(Session session, Table table, Search search) {
        access.checkQuery(session, table, search.query());
        var sql = new QuerySql(dictionary, session);
        var where = sql.where(table, search.query());
        var page = where.then(sql.orderBy(table, search.query()))
                .then(" LIMIT ? OFFSET ?", search.limit(), search.offset());
        return database.transact(transaction -> {
            var rows = records.select(transaction, table, page);
            var visible = rows.stream()
                    .filter(row -> access.seesRow(session, table, row))
                    .toList();
            boolean isAll = search.offset() == 0 && rows.size() < search.limit();
            long count = isAll ? rows.size() : records.count(transaction, table, where);
            return new Search.Found(visible, rows.size(), count);
        });
    }

    /** The query that pairs of fields and values mean; display values of choices and references are good as well. */
    public EncodedQuery filter(Table table, Map<String, String> pairs) {
        var filter = new FieldFilter(dictionary, choices);
        return database.transact(transaction -> filter.query(transaction, table, pairs));
    }

    /** How many records a query finds; those that the user may not see are among them. */
    public long count(Session session, Table table, EncodedQuery query) {
        access.checkQuery(session, table, query);
        var where = new QuerySql(dictionary, session).where(table, query);
        return database.transact(transaction -> records.count(transaction, table, where));
    }

    /** A record, or the refusal of one that isn't there or not to be seen. */
    public Row get(Session session, Table table, String sysId) {
        return database.transact(transaction -> visible(session, table, records.find(transaction, table, sysId)));
    }

    /** Whether the user may see a record, and there is one. */
    public boolean sees(Session session, Table table, String sysId) {
        return database.transact(transaction -> records.find(transaction, table, sysId))
                .filter(row -> access.seesRow(session, table, row))
                .isPresent();
    }

    /** Inserts a record and gives it as it became. */
    public Row insert(Session session, Table table, Input input) {
        var commits = write(transaction -> List.of(writer.insert(transaction, session, table, input)));
        return require(table, commits.getFirst().sysId());
    }

    /** Changes a record and gives it as it became. */
    public Row update(Session session, Table table, String sysId, Input input) {
        write(transaction -> {
            var before = visible(session, table, records.find(transaction, table, sysId));
            return writer.update(transaction, session, table, before, input).stream()
                    .toList();
        });
        return require(table, sysId);
    }

    public void delete(Session session, Table table, String sysId) {
        write(transaction -> {
            var row = visible(session, table, records.find(transaction, table, sysId));
            return List.of(writer.delete(transaction, session, table, row));
        });
    }

    /** Attaches a file to a record and gives its entry in {@code sys_attachment}. */
    public Row attach(Session session, Table owner, String ownerId, String name, String contentType, byte[] content) {
        var commits = write(transaction -> {
            var row = visible(session, owner, records.find(transaction, owner, ownerId));
            access.checkWrite(session, owner, Operation.UPDATE, row);
            var file = new Attachments.File(owner, row, name, contentType);
            return List.of(attachments.add(transaction, session, file, content));
        });
        return require(table("sys_attachment"), commits.getFirst().sysId());
    }

    /** What is in an attached file. */
    public byte[] content(Session session, String attachmentId) {
        var row = get(session, table("sys_attachment"), attachmentId);
        return database.transact(
                transaction -> attachments.content(transaction, row.sysId()).orElseThrow(Refusal::noRecord));
    }

    /** Removes an attached file. */
    public void detach(Session session, String attachmentId) {
        write(transaction -> {
            var table = table("sys_attachment");
            var row = visible(session, table, records.find(transaction, table, attachmentId));
            var owner = table(row.get("table_name"));
            var owning = visible(session, owner, records.find(transaction, owner, row.get("table_sys_id")));
            access.checkWrite(session, owner, Operation.UPDATE, owning);
            return List.of(attachments.remove(transaction, row));
        });
    }

    /** Answers with the help of lookups, all within one transaction. */
    public <T> T read(Session session, Reading<T> reading) {
        return database.transact(
                transaction -> reading.with(new Lookups(dictionary, records, choices, access, session, transaction)));
    }

    /** The user with that name; without asking who wants to know. */
    public Optional<Row> user(String userName) {
        return find("sys_user", "user_name", userName).stream().findFirst();
    }

    /** All records of a table with that value in a field, in the order of their creation; without asking who wants to know. */
    public List<Row> find(String tableName, String field, String value) {
        var table = dictionary.require(tableName);
        var name = table.field(field)
                .orElseThrow(() -> new IllegalArgumentException("no field " + field))
                .name();
        var where = Sql.of(" WHERE t.%s = ? ORDER BY t.\"sys_created_on\", t._ROWID_".formatted(Sql.name(name)), value);
        return database.transact(transaction -> records.select(transaction, table, where));
    }

    /** All records of a table, the oldest first. */
    public List<Row> all(String tableName) {
        var everything = Sql.of(" ORDER BY t.\"sys_created_on\", t._ROWID_");
        return database.transact(transaction -> records.select(transaction, known(tableName), everything));
    }

    /** Adds a record whose values are written as they are displayed; unlike a client's, its table and fields must be known. */
    public Row add(Session session, String tableName, Map<String, String> values) {
        var table = known(tableName);
        for (var name : values.keySet()) {
            if (table.field(name).isEmpty()) {
                throw new IllegalArgumentException("there is no field " + name + " in " + tableName);
            }
        }
        return insert(session, table, new Input(values, Input.Meaning.DISPLAYED));
    }

    private Table known(String tableName) {
        return dictionary
                .table(tableName)
                .orElseThrow(() -> new IllegalArgumentException("there is no table " + tableName));
    }

    /** Adds a user as an administrator would. */
    public void addUser(Session session, Map<String, String> values) {
        database.transact(
                transaction -> writer.insertOwn(transaction, session, dictionary.require("sys_user"), values));
    }

    /** All records as they are now. */
    public Snapshot snapshot() {
        return database.transact(transaction -> Snapshot.take(transaction, dictionary, records, numbers));
    }

    /**
     * Puts these records back to how they were, and journals and numbers as a whole; the listener isn't told.
     *
     * @param written the ids of records that were written since, by table
     */
    public void restore(Snapshot snapshot, Map<String, Set<String>> written) {
        writing.lock();
        try {
            database.transact(transaction -> {
                for (var table : written.entrySet()) {
                    for (var sysId : table.getValue()) {
                        snapshot.restore(transaction, records, dictionary.require(table.getKey()), sysId);
                    }
                }
                snapshot.restoreRest(transaction, numbers);
                return true;
            });
        } finally {
            writing.unlock();
        }
    }

    private Row visible(Session session, Table table, Optional<Row> row) {
        return row.filter(found -> access.seesRow(session, table, found)).orElseThrow(Refusal::noRecord);
    }

    private Row require(Table table, String sysId) {
        return database.transact(
                transaction -> records.find(transaction, table, sysId).orElseThrow(Refusal::noRecord));
    }

    /** Writes one at a time, so that the listener hears of the writes in the order in which they happened. */
    private List<Commit> write(Database.Work<List<Commit>> work) {
        writing.lock();
        try {
            var commits = database.transact(work);
            commits.forEach(listener);
            return commits;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        database.close();
    }

    /** Something to be read. */
    @FunctionalInterface
    public interface Reading<T> {
        T with(Lookups lookups) throws SQLException;
    }
}
