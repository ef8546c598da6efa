package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.table.Condition;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.EncodedQuery;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableQuery;
import io.vertx.core.Future;
import java.util.List;

/** Finds whom a ticket is to be assigned to: active, and only one of that name. */
final class Assignees {
    private static final int ENOUGH_TO_DOUBT = 3;

    private final TableClient client;

    Assignees(TableClient client) {
        this.client = client;
    }

    /** The sys_id of the user with this name or email. */
    Future<String> user(String nameOrEmail, Deadline deadline) {
        var column = nameOrEmail.contains("@") ? "email" : "name";
        return one("sys_user", column, nameOrEmail, "user", deadline);
    }

    /** The sys_id of the group with this name. */
    Future<String> group(String name, Deadline deadline) {
        return one("sys_user_group", "name", name, "group", deadline);
    }

    private Future<String> one(String table, String column, String value, String what, Deadline deadline) {
        if (!Condition.isAllowed(value)) {
            throw new BusException(Failure.BAD_REQUEST, "That is no name of a " + what + " to assign the ticket to.");
        }
        var filter = EncodedQuery.where(Condition.is(column, value), Condition.is("active", "true"));
        return client.find(new TableQuery(table, filter, List.of(), ENOUGH_TO_DOUBT), deadline)
                .map(rows -> {
                    if (rows.all().size() == 1) {
                        return rows.all().getFirst().sysId();
                    }
                    var message = rows.all().isEmpty()
                            ? "ServiceNow has no active " + what + " of that name to assign the ticket to."
                            : "ServiceNow has several of that name. Please give an email address or the full name.";
                    throw new BusException(Failure.BAD_REQUEST, message);
                });
    }
}
