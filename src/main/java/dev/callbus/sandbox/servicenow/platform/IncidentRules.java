package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Set;

/**
 * A base system's business rules and data policies for incidents.
 *
 * <p>Source: servicenow.com/docs, "Incident management", and refusals captured from instances
 */
final class IncidentRules {
    static final String CLOSED = "7";

    private static final String NEW = "1";
    private static final String ON_HOLD = "3";
    private static final String RESOLVED = "6";
    private static final String CANCELED = "8";
    private static final String AWAITING_CALLER = "1";
    private static final Set<String> LEVELS = Set.of("1", "2", "3");

    private final AccessRules access;
    private final Choices choices;

    IncidentRules(AccessRules access, Choices choices) {
        this.access = access;
        this.choices = choices;
    }

    /** Completes a write, or refuses it. */
    void apply(Transaction transaction, Change change) throws SQLException {
        if (change.before() == null) {
            setDefaults(change);
        }
        followState(change);
        setPriority(change.after());
        if (change.changes("state") && change.is("state").equals(CLOSED)) {
            access.checkClosing(change.session(), change.operation());
        }
        checkDataPolicies(transaction, change);
        markProgress(change);
        if (change.before() != null
                && change.changes("assignment_group")
                && !change.was("assignment_group").isEmpty()) {
            increment(change.after(), "reassignment_count");
        }
    }

    private static void setDefaults(Change change) {
        change.after()
                .setDefault("state", change.is("incident_state").isEmpty() ? NEW : change.is("incident_state"))
                .setDefault("impact", "3")
                .setDefault("urgency", "3")
                .setDefault("severity", "3")
                .setDefault("category", "inquiry")
                .setDefault("opened_at", Times.stored(change.session().now()))
                .setDefault("opened_by", change.session().userId())
                .setDefault("active", "true")
                .setDefault("reopen_count", "0")
                .setDefault("reassignment_count", "0")
                .setDefault("escalation", "0")
                .setDefault("notify", "1")
                .setDefault("made_sla", "true")
                .setDefault("knowledge", "false")
                .setDefault("approval", "not requested")
                .setDefault("upon_approval", "proceed")
                .setDefault("upon_reject", "cancel")
                .setDefault("sys_domain", "global");
    }

    /** {@code incident_state} is the state's former name; whichever of the two is written, both follow. */
    private static void followState(Change change) {
        var after = change.after();
        if (!change.changes("state") && change.changes("incident_state")) {
            after.set("state", change.is("incident_state"));
        }
        after.set("incident_state", after.get("state"));
        if (!after.get("state").equals(ON_HOLD)) {
            after.set("hold_reason", "");
        }
    }

    private static void setPriority(Row row) {
        var impact = row.get("impact");
        var urgency = row.get("urgency");
        if (LEVELS.contains(impact) && LEVELS.contains(urgency)) {
            row.set("priority", Integer.toString(Integer.parseInt(impact) + Integer.parseInt(urgency) - 1));
        }
    }

    private void checkDataPolicies(Transaction transaction, Change change) throws SQLException {
        var missing = new ArrayList<String>();
        var state = change.is("state");
        if (state.equals(RESOLVED) || state.equals(CLOSED)) {
            if (choices.label(transaction, "incident", "close_code", change.is("close_code"))
                    .isEmpty()) {
                missing.add("Resolution code");
            }
            if (change.is("close_notes").isBlank()) {
                missing.add("Close notes");
            }
        }
        if (state.equals(ON_HOLD)) {
            var begins = change.changes("state") || change.changes("hold_reason");
            if (change.is("hold_reason").isEmpty()) {
                missing.add("On hold reason");
            } else if (begins
                    && change.is("hold_reason").equals(AWAITING_CALLER)
                    && !change.journal().containsKey("comments")) {
                missing.add("Additional comments");
            }
        }
        if (!missing.isEmpty()) {
            throw new Refusal(
                    403,
                    "Operation Failed",
                    "Data Policy Exception: \n\tThe following fields are mandatory: " + String.join(", ", missing));
        }
    }

    private static void markProgress(Change change) {
        if (!change.changes("state")) {
            return;
        }
        var after = change.after();
        var now = Times.stored(change.session().now());
        var user = change.session().userId();
        var over = isOver(change.is("state"));
        if (over && !isOver(change.was("state")) && !change.is("state").equals(CANCELED)) {
            after.set("resolved_at", now).set("resolved_by", user);
        }
        if (change.is("state").equals(CLOSED) || change.is("state").equals(CANCELED)) {
            after.set("active", "false").set("closed_at", now).set("closed_by", user);
        } else {
            after.set("active", "true").set("closed_at", "").set("closed_by", "");
        }
        if (!over && isOver(change.was("state"))) {
            after.set("resolved_at", "").set("resolved_by", "");
            after.set("reopened_time", now).set("reopened_by", user);
            increment(after, "reopen_count");
        }
    }

    private static boolean isOver(String state) {
        return state.equals(RESOLVED) || state.equals(CLOSED) || state.equals(CANCELED);
    }

    private static void increment(Row row, String field) {
        row.set(field, Integer.toString(Integer.parseInt(row.get(field)) + 1));
    }
}
