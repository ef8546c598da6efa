package dev.callbus.sandbox.servicenow.platform;

import java.util.Map;

/**
 * A write that has happened.
 *
 * @param number "" for tables without numbers
 * @param correlationId "" if the record has none
 * @param changes the new values by field, and what was added to journal fields; what the platform set by itself is among it
 */
public record Commit(
        Operation operation,
        String table,
        String sysId,
        String number,
        String correlationId,
        Map<String, String> changes) {
    public Commit {
        changes = Map.copyOf(changes);
    }
}
