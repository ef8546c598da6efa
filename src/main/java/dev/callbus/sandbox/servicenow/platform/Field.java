package dev.callbus.sandbox.servicenow.platform;

import org.jspecify.annotations.Nullable;

/**
 * A dictionary entry: one field of a table.
 *
 * @param maxLength of texts, in characters; longer ones are cut, without a word
 * @param reference the table that a reference leads to; null for all other types
 */
public record Field(
        String name,
        String label,
        Type type,
        int maxLength,
        @Nullable String reference,
        Access access) {

    /** What a field holds. All travel as texts. */
    public enum Type {
        TEXT,
        INTEGER,
        BOOLEAN,
        DATE_TIME,
        REFERENCE,
        /** Entries that are added one by one and live in {@code sys_journal_field}. */
        JOURNAL
    }

    /** Who may do what with a field. */
    public enum Access {
        WRITABLE,
        /** Set by the platform; what a client sends is ignored. */
        READ_ONLY,
        /** Only administrators see it or may search by it. */
        ADMINISTRATORS
    }

    /** Whether the records' table has a column for it. */
    boolean isStored() {
        return type != Type.JOURNAL;
    }
}
