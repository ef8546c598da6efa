package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.query.Condition;
import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may read and write what: a base system's rules, as far as they matter to an integration. Users without any role see their
 * own incidents; {@code itil} sees and writes all incidents but those of security, and deletes none.
 */
final class AccessRules {
    private static final Set<String> OPEN_TO_ALL =
            Set.of("incident", "sys_user", "sys_user_group", "sys_choice", "sys_attachment");

    private final Dictionary dictionary;

    AccessRules(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** Refuses a search of a table or by fields that the user may not read. */
    void checkQuery(Session session, Table table, EncodedQuery query) {
        if (!OPEN_TO_ALL.contains(table.name()) && !session.has("itil")) {
            throw new Refusal(403, "Insufficient rights to query records", null);
        }
        var hidden = query.groups().stream()
                .flatMap(group -> group.all().stream())
                .flatMap(alternatives -> alternatives.conditions().stream())
                .flatMap(AccessRules::fields)
                .flatMap(name -> FieldPath.of(dictionary, table, name).stream())
                .anyMatch(path -> path.steps().stream().anyMatch(field -> !seesField(session, field)));
        if (hidden) {
            throw new Refusal(
                    403,
                    "Insufficient rights to query records",
                    "Field(s) present in the query do not have permission to be read");
        }
    }

    boolean seesField(Session session, Field field) {
        return field.access() != Field.Access.ADMINISTRATORS || session.isAdministrator();
    }

    boolean seesRow(Session session, Table table, Row row) {
        if (!table.name().equals("incident") || session.isAdministrator()) {
            return OPEN_TO_ALL.contains(table.name()) || session.has("itil");
        }
        var own = Stream.of("caller_id", "opened_by")
                .anyMatch(field -> row.get(field).equals(session.userId()));
        return own || (session.has("itil") && !row.get("category").equals("security")) || session.has("sn_si.read");
    }

    /** Refuses what the user may not do to a record; for an insert it is the one to be. */
    void checkWrite(Session session, Table table, Operation operation, Row row) {
        var allowed = switch (table.name()) {
            case "incident" ->
                switch (operation) {
                    case INSERT -> true;
                    case UPDATE -> session.has("itil", "sn_incident_write") && isOpenTo(session, row);
                    case DELETE -> session.isAdministrator();
                };
            case "interaction" -> operation != Operation.DELETE && session.has("itil", "interaction_agent");
            case "interaction_related_record" -> session.has("itil", "interaction_agent");
            case "sys_user", "sys_user_group" -> session.has("user_admin");
            default -> session.isAdministrator();
        };
        if (!allowed && !session.isAdministrator()) {
            throw Refusal.security(operation);
        }
    }

    /** Refuses to close an incident directly, which is for {@code itil_admin}. */
    void checkClosing(Session session, Operation operation) {
        if (!session.has("itil_admin")) {
            throw Refusal.security(operation);
        }
    }

    private static boolean isOpenTo(Session session, Row incident) {
        return !incident.get("state").equals(IncidentRules.CLOSED) || session.has("itil_admin");
    }

    private static Stream<String> fields(Condition condition) {
        return switch (condition) {
            case Condition.Comparison comparison -> Stream.of(comparison.field());
            case Condition.TextSearch search -> Stream.empty();
            case Condition.RelatedList related -> Stream.empty();
        };
    }
}
