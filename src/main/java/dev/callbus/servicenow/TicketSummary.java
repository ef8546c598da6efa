package dev.callbus.servicenow;

/**
 * An incident in a list. State and priority are labels, such as {@code In Progress} and {@code 3 - Moderate}.
 *
 * @param openedAt {@code yyyy-MM-dd HH:mm:ss}, UTC
 */
public record TicketSummary(
        String sysId,
        String number,
        String shortDescription,
        String state,
        String priority,
        String openedAt,
        String assignedTo,
        String assignmentGroup) {}
