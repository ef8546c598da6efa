package dev.callbus.servicenow;

import dev.callbus.bus.Failure;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.Row;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an incident that is to be made.
 *
 * @param leftOut what can't be done as it was asked for, in words
 */
record TicketDraft(Map<String, String> columns, List<String> leftOut) {
    private static final int LONGEST_TITLE = 160;
    private static final int LONGEST_TEXT = 4000;

    TicketDraft {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        leftOut = List.copyOf(leftOut);
    }

    /** The short description as it is stored. */
    static String title(String shortDescription) {
        return cut(shortDescription.strip().replaceAll("\\s+", " "), LONGEST_TITLE);
    }

    /** What the instance made of it that differs from this, in words, after what was left out before. */
    List<String> differences(Row stored, @Nullable Integer priority) {
        var words = new ArrayList<>(leftOut);
        columns.forEach((column, value) -> {
            if (!column.equals(Journal.WORK_NOTES)
                    && !stored.value(column).strip().equalsIgnoreCase(value)) {
                words.add(column + " (ServiceNow did not take it)");
            }
        });
        if (priority != null && !stored.value("priority").equals(priority.toString())) {
            words.add("priority (ServiceNow made it " + stored.display("priority") + ")");
        }
        return words;
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }

    /** Makes drafts: looks up what the instance calls things. */
    static final class Desk {
        private final Choices choices;
        private final Incidents incidents;

        Desk(Choices choices, Incidents incidents) {
            this.choices = choices;
            this.incidents = incidents;
        }

        /** The draft of this intent. */
        Future<TicketDraft> draft(Intent.NewIncident intent, Deadline deadline) {
            var columns = new LinkedHashMap<String, String>();
            var leftOut = new ArrayList<String>();
            texts(intent, columns);
            levels(intent.ticket(), columns, leftOut);
            var ticket = intent.ticket();
            return choice("contact_type", ticket.contactType(), columns, leftOut, deadline)
                    .compose(v -> choice("category", ticket.category(), columns, leftOut, deadline))
                    .compose(v -> subcategory(ticket.subcategory(), columns, leftOut, deadline))
                    .compose(v -> parent(intent, columns, leftOut, deadline))
                    .map(v -> new TicketDraft(columns, leftOut));
        }

        private static void texts(Intent.NewIncident intent, Map<String, String> columns) {
            var ticket = intent.ticket();
            columns.put("caller_id", intent.customer());
            columns.put("correlation_id", intent.key());
            columns.put("short_description", title(ticket.shortDescription()));
            columns.put("description", cut(ticket.description().strip(), LONGEST_TEXT));
            if (ticket.workNotes() != null && !ticket.workNotes().isBlank()) {
                columns.put(Journal.WORK_NOTES, cut(ticket.workNotes().strip(), LONGEST_TEXT));
            }
        }

        private static void levels(NewTicket ticket, Map<String, String> columns, List<String> leftOut) {
            var priority = ticket.priority();
            var urgency = ticket.urgency();
            if (priority != null) {
                var levels = Levels.of(priority, urgency);
                columns.put("impact", Integer.toString(levels.impact()));
                columns.put("urgency", Integer.toString(levels.urgency()));
                if (urgency != null && levels.urgency() != urgency) {
                    leftOut.add("urgency " + urgency + " (it does not go with priority " + priority + ")");
                }
            } else if (urgency != null) {
                columns.put("urgency", urgency.toString());
            }
        }

        private Future<Void> choice(
                String column,
                @Nullable String wanted,
                Map<String, String> columns,
                List<String> leftOut,
                Deadline deadline) {
            return choice(column, wanted, columns, leftOut, () -> choices.find(column, wanted(wanted), deadline));
        }

        private Future<Void> subcategory(
                @Nullable String wanted, Map<String, String> columns, List<String> leftOut, Deadline deadline) {
            var category = columns.getOrDefault("category", "");
            return choice(
                    "subcategory",
                    wanted,
                    columns,
                    leftOut,
                    () -> choices.find("subcategory", wanted(wanted), category, deadline));
        }

        private static Future<Void> choice(
                String column,
                @Nullable String wanted,
                Map<String, String> columns,
                List<String> leftOut,
                Supplier<Future<Optional<Choices.Choice>>> lookup) {
            if (wanted(wanted).isEmpty()) {
                return Future.succeededFuture();
            }
            return lookup.get().map(found -> {
                found.ifPresentOrElse(
                        choice -> columns.put(column, choice.value()),
                        () -> leftOut.add(column + " (ServiceNow has no such value)"));
                return null;
            });
        }

        private Future<Void> parent(
                Intent.NewIncident intent, Map<String, String> columns, List<String> leftOut, Deadline deadline) {
            var wanted = wanted(intent.ticket().parentNumber());
            if (wanted.isEmpty()) {
                return Future.succeededFuture();
            }
            return incidents
                    .own(TicketNumber.of(wanted), intent.customer(), List.of(), deadline)
                    .map(row -> {
                        columns.put("parent_incident", row.sysId());
                        return (Void) null;
                    })
                    .recover(cause -> {
                        if (Failure.of(cause) != Failure.NOT_FOUND) {
                            return Future.failedFuture(cause);
                        }
                        leftOut.add("parent (" + cause.getMessage() + ")");
                        return Future.succeededFuture();
                    });
        }

        private static String wanted(@Nullable String text) {
            return text == null ? "" : text.strip();
        }
    }
}
