package dev.callbus.servicenow.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A filter in ServiceNow's query language: conditions that must all hold, each possibly an alternative of several. It is built of
 * {@link Condition}s only, so that no value can become a condition of its own, and it can be checked on what came back: ServiceNow
 * ignores a condition that it doesn't understand, which widens the result.
 *
 * <p>Source: ServiceNow, "Encoded query strings"; {@code ^OR} binds to the condition before it only
 */
public final class EncodedQuery {
    private final List<List<Condition>> groups;
    private final String order;

    private EncodedQuery(List<List<Condition>> groups, String order) {
        this.groups = groups;
        this.order = order;
    }

    /** Records for which all these conditions hold. */
    public static EncodedQuery where(Condition first, Condition... others) {
        return new EncodedQuery(
                Stream.concat(Stream.of(first), Stream.of(others)).map(List::of).toList(), "");
    }

    /** Records for which any of these conditions holds. */
    public static EncodedQuery whereAny(List<Condition> alternatives) {
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("nothing to look for");
        }
        return new EncodedQuery(List.of(List.copyOf(alternatives)), "");
    }

    /** Those of them for which this holds as well. */
    public EncodedQuery and(Condition condition) {
        return with(List.of(condition));
    }

    /** Those of them for which any of these holds as well. */
    public EncodedQuery andAny(List<Condition> alternatives) {
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("nothing to look for");
        }
        return with(List.copyOf(alternatives));
    }

    /** The same with the largest value of a column first. */
    public EncodedQuery latestFirst(String column) {
        return new EncodedQuery(
                groups, "^ORDERBYDESC" + Condition.is(column, "x").column());
    }

    private EncodedQuery with(List<Condition> group) {
        var more = new ArrayList<>(groups);
        more.add(group);
        return new EncodedQuery(List.copyOf(more), order);
    }

    /** The query as it is sent, not yet percent-encoded. */
    public String text() {
        return groups.stream()
                        .map(group -> group.stream().map(Condition::text).collect(Collectors.joining("^OR")))
                        .collect(Collectors.joining("^"))
                + order;
    }

    /** Whether the row meets the whole filter. */
    public boolean holds(Row row) {
        return groups.stream().allMatch(group -> group.stream().anyMatch(condition -> condition.holds(row)));
    }

    /** The columns that it looks at. */
    public Set<String> columns() {
        return groups.stream()
                .flatMap(Collection::stream)
                .map(Condition::column)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
