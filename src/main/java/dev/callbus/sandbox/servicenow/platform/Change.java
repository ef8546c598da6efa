package dev.callbus.sandbox.servicenow.platform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write before it happens, for the rules to complete or refuse.
 *
 * @param before the record as it is; null for an insert
 * @param after as it is to be
 * @param journal what is to be added to journal fields
 */
record Change(Session session, @Nullable Row before, Row after, Map<String, String> journal) {

    Operation operation() {
        return before == null ? Operation.INSERT : Operation.UPDATE;
    }

    String was(String field) {
        return before == null ? "" : before.get(field);
    }

    String is(String field) {
        return after.get(field);
    }

    boolean changes(String field) {
        return !was(field).equals(is(field));
    }
}
