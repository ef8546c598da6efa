package dev.callbus.servicenow;

import java.util.List;

/**
 * An incident in full. Members that ServiceNow has nothing for are empty; times are {@code yyyy-MM-dd HH:mm:ss}, UTC.
 *
 * @param notes the latest first
 * @param related its parent and children, as far as they are the same customer's
 */
public record Ticket(
        TicketSummary summary,
        String description,
        String urgency,
        String impact,
        String category,
        String subcategory,
        String contactType,
        String holdReason,
        String updatedAt,
        String resolvedAt,
        String closedAt,
        String closeCode,
        String closeNotes,
        List<Note> notes,
        List<TicketSummary> related) {
    public Ticket {
        notes = List.copyOf(notes);
        related = List.copyOf(related);
    }

    /**
     * An entry of its history.
     *
     * @param kind comment (which customers may see) or work note
     */
    public record Note(String at, String kind, String by, String text) {}
}
