package dev.callbus.servicenow;

import org.jspecify.annotations.Nullable;

/**
 * Impact and urgency (1 high, 2 medium, 3 low), from which ServiceNow derives the priority: in its standard matrix it is one less than
 * their sum.
 *
 * <p>Source: ServiceNow, "Data lookup rules: priority lookup"
 */
record Levels(int impact, int urgency) {
    private static final int LOWEST = 3;

    /**
     * Levels that yield this priority; with the wanted urgency if that is possible.
     *
     * @param priority 1 to 5
     */
    static Levels of(int priority, @Nullable Integer urgency) {
        if (urgency != null) {
            int impact = priority + 1 - urgency;
            if (impact >= 1 && impact <= LOWEST) {
                return new Levels(impact, urgency);
            }
        }
        return switch (priority) {
            case 1 -> new Levels(1, 1);
            case 2 -> new Levels(2, 1);
            case 3 -> new Levels(2, 2);
            case 4 -> new Levels(3, 2);
            default -> new Levels(LOWEST, LOWEST);
        };
    }
}
