package dev.callbus.servicenow;

import org.jspecify.annotations.Nullable;

/**
 * What is to change in an incident; null leaves it as it is.
 *
 * @param state 1 New, 2 In Progress, 3 On Hold, 6 Resolved, 7 Closed, 8 Canceled; 2 reopens a resolved one
 * @param closeCode a value or a label of sys_choice, needed with {@code resolutionNotes} for the states 6 and 7
 * @param holdReason a value or a label, needed for the state 3
 * @param comment what the customer may read, unlike {@code workNotes}
 * @param assignedTo a user's name or email
 * @param assignmentGroup a group's name
 */
public record TicketChange(
        @Nullable Integer state,
        @Nullable Integer priority,
        @Nullable Integer urgency,
        @Nullable String workNotes,
        @Nullable String comment,
        @Nullable String closeCode,
        @Nullable String resolutionNotes,
        @Nullable String holdReason,
        @Nullable String assignedTo,
        @Nullable String assignmentGroup,
        @Nullable String category,
        @Nullable String subcategory) {}
