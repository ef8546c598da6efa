package dev.callbus.sandbox.servicenow.query;

import java.util.List;

/** One condition of an encoded query. Whether its fields exist is for the reader of the query to find out. */
public sealed interface Condition {

    /**
     * A field compared with a value.
     *
     * @param field may be dot-walked, as in {@code caller_id.email}
     * @param value as written; may be a {@code javascript:} expression
     */
    record Comparison(String field, Operator operator, String value) implements Condition {}

    /** A search for words in all texts of a record: {@code 123TEXTQUERY321=printer jam}. */
    record TextSearch(String words) implements Condition {}

    /**
     * A count of the records of another table that refer to this one, and its bound:
     * {@code RLQUERYincident.caller_id,>=1^active=true^ENDRLQUERY}.
     *
     * @param table whose records are counted
     * @param field of that table, which refers to this record
     * @param bound one of the six comparisons
     * @param filter what the counted records must be like
     */
    record RelatedList(String table, String field, Operator bound, int count, List<Alternatives> filter)
            implements Condition {
        public RelatedList {
            filter = List.copyOf(filter);
        }
    }

    /** Conditions of which one must hold: the first was joined with {@code ^}, the others with {@code ^OR}. */
    record Alternatives(List<Condition> conditions) {
        public Alternatives {
            conditions = List.copyOf(conditions);
        }
    }
}
