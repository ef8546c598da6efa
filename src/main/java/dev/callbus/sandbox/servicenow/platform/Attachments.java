package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Files that belong to records: what they are is in {@code sys_attachment}, what is in them beside it. */
final class Attachments {
    private final Table table;
    private final Records records;
    private final RecordWriter writer;

    Attachments(Dictionary dictionary, Records records, RecordWriter writer) {
        this.table = dictionary.require("sys_attachment");
        this.records = records;
        this.writer = writer;
    }

    /**
     * A file to be attached.
     *
     * @param owner the record that it belongs to
     */
    record File(Table ownerTable, Row owner, String name, String contentType) {}

    Commit add(Transaction transaction, Session session, File file, byte[] content) throws SQLException {
        var commit = writer.insertOwn(
                transaction,
                session,
                table,
                Map.of(
                        "file_name", file.name(),
                        "table_name", file.ownerTable().name(),
                        "table_sys_id", file.owner().sysId(),
                        "content_type", file.contentType(),
                        "size_bytes", Integer.toString(content.length),
                        "hash", hash(content),
                        "compressed", "true",
                        "state", "pending"));
        transaction.execute(
                Sql.of("INSERT INTO attachment_content (sys_id, content) VALUES (?, ?)", commit.sysId(), content));
        return commit;
    }

    Optional<byte[]> content(Transaction transaction, String sysId) throws SQLException {
        var select = Sql.of("SELECT content FROM attachment_content WHERE sys_id = ?", sysId);
        return transaction.query(select, row -> row.getBytes(1)).stream().findFirst();
    }

    Commit remove(Transaction transaction, Row attachment) throws SQLException {
        records.delete(transaction, table, attachment.sysId());
        transaction.execute(Sql.of("DELETE FROM attachment_content WHERE sys_id = ?", attachment.sysId()));
        return new Commit(Operation.DELETE, table.name(), attachment.sysId(), "", "", Map.of());
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
