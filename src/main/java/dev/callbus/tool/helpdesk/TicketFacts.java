package dev.callbus.tool.helpdesk;

import dev.callbus.servicenow.Ticket;
import dev.callbus.servicenow.TicketSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tickets as a model reads them: no ids of records, and nothing that is empty. */
final class TicketFacts {
    /** So many entries of a ticket's history, the latest ones; more would only be read aloud. */
    private static final int NOTES = 10;

    private TicketFacts() {}

    /** A ticket number as a model wrote it, to be named to it again; what number it means is for ServiceNow to say. */
    static String number(String written) {
        return written.replaceAll("[\\s.,-]", "").toUpperCase(Locale.ROOT);
    }

    static Map<String, Object> of(TicketSummary ticket) {
        var facts = new LinkedHashMap<String, Object>();
        put(facts, "number", ticket.number());
        put(facts, "short_description", ticket.shortDescription());
        put(facts, "state", ticket.state());
        put(facts, "priority", ticket.priority());
        put(facts, "opened_at", ticket.openedAt());
        facts.put("assigned_to", ticket.assignedTo().isEmpty() ? "Unassigned" : ticket.assignedTo());
        facts.put("assignment_group", ticket.assignmentGroup().isEmpty() ? "Unassigned" : ticket.assignmentGroup());
        return facts;
    }

    static Map<String, Object> of(Ticket ticket) {
        var facts = of(ticket.summary());
        put(facts, "description", ticket.description());
        put(facts, "urgency", ticket.urgency());
        put(facts, "impact", ticket.impact());
        put(facts, "category", ticket.category());
        put(facts, "subcategory", ticket.subcategory());
        put(facts, "contact_type", ticket.contactType());
        put(facts, "hold_reason", ticket.holdReason());
        put(facts, "updated_at", ticket.updatedAt());
        put(facts, "resolved_at", ticket.resolvedAt());
        put(facts, "closed_at", ticket.closedAt());
        put(facts, "close_code", ticket.closeCode());
        put(facts, "resolution_notes", ticket.closeNotes());
        if (!ticket.notes().isEmpty()) {
            facts.put(
                    "history",
                    ticket.notes().stream().limit(NOTES).map(TicketFacts::of).toList());
        }
        if (!ticket.related().isEmpty()) {
            facts.put("related_tickets", all(ticket.related()));
        }
        return facts;
    }

    static List<Map<String, Object>> all(List<TicketSummary> tickets) {
        return tickets.stream().map(TicketFacts::of).toList();
    }

    private static Map<String, Object> of(Ticket.Note note) {
        var facts = new LinkedHashMap<String, Object>();
        put(facts, "at", note.at());
        put(facts, "kind", note.kind());
        put(facts, "by", note.by());
        put(facts, "text", note.text());
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, String value) {
        if (!value.isBlank()) {
            facts.put(name, value);
        }
    }
}
