package dev.callbus.servicenow.table;

import java.util.List;
import java.util.TreeSet;

/**
 * What is to be read of a table.
 *
 * @param fields columns besides sys_id and those that the filter looks at
 */
public record TableQuery(String table, EncodedQuery filter, List<String> fields, int limit) {
    public TableQuery {
        fields = List.copyOf(fields);
    }

    /** All columns that are asked for; those of the filter too, since only so it can be checked on the result. */
    String columns() {
        var all = new TreeSet<>(filter.columns());
        all.addAll(fields);
        all.add("sys_id");
        return String.join(",", all);
    }
}
