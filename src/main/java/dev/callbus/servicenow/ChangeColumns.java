package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.Choices.Choice;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.Row;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a change into columns, with the values that the instance has for them. */
final class ChangeColumns {
    private final Choices choices;
    private final Assignees assignees;

    ChangeColumns(Choices choices, Assignees assignees) {
        this.choices = choices;
        this.assignees = assignees;
    }

    /**
     * What is to be written, journal columns aside.
     *
     * @param leftOut what the instance has no value for, in words
     */
    record Wanted(Map<String, String> columns, List<String> leftOut) {}

    /** The columns of this change of this ticket; BAD_REQUEST if a value that it can't do without is unknown. */
    Future<Wanted> of(TicketChange change, Row ticket, Deadline deadline) {
        var wanted = new Wanted(new LinkedHashMap<>(), new ArrayList<>());
        plain(change, ticket, wanted);
        return needed("close_code", change.closeCode(), wanted, deadline)
                .compose(v -> needed("hold_reason", change.holdReason(), wanted, deadline))
                .compose(v -> category(change, wanted, deadline))
                .compose(v -> subcategory(change, ticket, wanted, deadline))
                .compose(v -> assignee(change.assignedTo(), wanted, deadline))
                .compose(v -> group(change.assignmentGroup(), wanted, deadline))
                .map(wanted);
    }

    private static void plain(TicketChange change, Row ticket, Wanted wanted) {
        if (change.state() != null) {
            wanted.columns().put("state", change.state().toString());
        }
        if (!text(change.resolutionNotes()).isEmpty()) {
            wanted.columns().put("close_notes", text(change.resolutionNotes()));
        }
        var urgency = change.urgency();
        if (change.priority() != null) {
            var levels = Levels.of(change.priority(), urgency == null ? urgency(ticket) : urgency);
            wanted.columns().put("impact", Integer.toString(levels.impact()));
            wanted.columns().put("urgency", Integer.toString(levels.urgency()));
            if (urgency != null && levels.urgency() != urgency) {
                wanted.leftOut()
                        .add("urgency " + urgency + " (it does not go with priority " + change.priority() + ")");
            }
        } else if (urgency != null) {
            wanted.columns().put("urgency", urgency.toString());
        }
    }

    private static @Nullable Integer urgency(Row ticket) {
        var value = ticket.value("urgency");
        return value.matches("[1-3]") ? Integer.valueOf(value) : null;
    }

    private Future<Void> needed(String column, @Nullable String text, Wanted wanted, Deadline deadline) {
        if (text(text).isEmpty()) {
            return Future.succeededFuture();
        }
        return choices.of(column, deadline)
                .compose(all -> choices.find(column, text(text), deadline).map(found -> {
                    if (found.isEmpty() && !all.isEmpty()) {
                        throw new BusException(Failure.BAD_REQUEST, unknown(column, all));
                    }
                    wanted.columns().put(column, found.map(Choice::value).orElse(text(text)));
                    return null;
                }));
    }

    private static String unknown(String column, List<Choice> all) {
        var labels = all.stream().map(Choice::label).sorted().limit(20).collect(Collectors.joining(", "));
        var name = column.equals("close_code") ? "closeCode" : "holdReason";
        return "ServiceNow has no such " + name + ". It is one of: " + labels + ".";
    }

    private Future<Void> category(TicketChange change, Wanted wanted, Deadline deadline) {
        var text = text(change.category());
        return text.isEmpty()
                ? Future.succeededFuture()
                : choices.find("category", text, deadline).map(found -> {
                    put("category", found.map(Choice::value).orElse(null), wanted);
                    return null;
                });
    }

    private Future<Void> subcategory(TicketChange change, Row ticket, Wanted wanted, Deadline deadline) {
        var text = text(change.subcategory());
        var category = wanted.columns().getOrDefault("category", ticket.value("category"));
        return text.isEmpty()
                ? Future.succeededFuture()
                : choices.find("subcategory", text, category, deadline).map(found -> {
                    put("subcategory", found.map(Choice::value).orElse(null), wanted);
                    return null;
                });
    }

    private static void put(String column, @Nullable String value, Wanted wanted) {
        if (value == null) {
            wanted.leftOut().add(column + " (ServiceNow has no such value)");
        } else {
            wanted.columns().put(column, value);
        }
    }

    private Future<Void> assignee(@Nullable String name, Wanted wanted, Deadline deadline) {
        return text(name).isEmpty()
                ? Future.succeededFuture()
                : assignees.user(text(name), deadline).map(id -> {
                    wanted.columns().put("assigned_to", id);
                    return null;
                });
    }

    private Future<Void> group(@Nullable String name, Wanted wanted, Deadline deadline) {
        return text(name).isEmpty()
                ? Future.succeededFuture()
                : assignees.group(text(name), deadline).map(id -> {
                    wanted.columns().put("assignment_group", id);
                    return null;
                });
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
