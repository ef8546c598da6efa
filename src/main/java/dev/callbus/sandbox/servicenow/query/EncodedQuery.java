package dev.callbus.sandbox.servicenow.query;

import java.util.List;

/**
 * An encoded query, read: groups of which one must hold, and the order of the result.
 *
 * @param groups what was joined with {@code ^NQ}; a group holds if all of its alternatives hold
 * @param orders the sort keys, the most important first
 */
public record EncodedQuery(List<Group> groups, List<Order> orders) {
    public EncodedQuery {
        groups = List.copyOf(groups);
        orders = List.copyOf(orders);
    }

    /** Reads a query. What can't be read is left out, as ServiceNow leaves it out; hence nothing is refused here. */
    public static EncodedQuery of(String text) {
        return new QueryReader(text).read();
    }

    /** Alternatives that must all hold. */
    public record Group(List<Condition.Alternatives> all) {
        public Group {
            all = List.copyOf(all);
        }
    }

    /** A sort key. */
    public record Order(String field, Direction direction) {}

    /** Which way a sort key runs. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }
}
