package dev.callbus.servicenow;

import org.jspecify.annotations.Nullable;

/**
 * An incident that is to be made. Who it is for comes from the grant.
 *
 * @param priority 1 to 5, reached through impact and urgency; null for what urgency and the standard impact give
 * @param urgency 1 to 3
 * @param category a value or a label of sys_choice; what isn't there is left out and reported
 * @param parentNumber an incident of the same customer
 */
public record NewTicket(
        String shortDescription,
        String description,
        @Nullable Integer priority,
        @Nullable Integer urgency,
        @Nullable String category,
        @Nullable String subcategory,
        @Nullable String contactType,
        @Nullable String workNotes,
        @Nullable String parentNumber) {}
