package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import java.util.List;

/**
 * What part of a table a client asks for.
 *
 * @param limit applied before rows that the user may not see are taken away
 */
public record Search(EncodedQuery query, int limit, int offset) {

    /**
     * What was found.
     *
     * @param rows those of the page that the user may see
     * @param onPage how many rows the page had before that
     * @param total of all pages; rows that the user may not see are among it
     */
    public record Found(List<Row> rows, int onPage, long total) {
        public Found {
            rows = List.copyOf(rows);
        }
    }
}
