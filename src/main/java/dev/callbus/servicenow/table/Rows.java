package dev.callbus.servicenow.table;

import java.util.List;
import java.util.Optional;

/**
 * What a query found.
 *
 * @param all the records that do meet the filter
 * @param hidden how many more ServiceNow counted or returned that don't meet it or may not be read
 */
public record Rows(List<Row> all, int hidden) {
    public Rows {
        all = List.copyOf(all);
    }

    public Optional<Row> first() {
        return all.stream().findFirst();
    }

    /** Whether it is certain that nothing of the kind exists, rather than that nothing may be seen. */
    public boolean isSurelyNothing() {
        return all.isEmpty() && hidden == 0;
    }
}
