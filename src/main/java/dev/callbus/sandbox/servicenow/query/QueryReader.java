package dev.callbus.sandbox.servicenow.query;

import dev.callbus.sandbox.servicenow.query.Condition.Alternatives;
import dev.callbus.sandbox.servicenow.query.EncodedQuery.Direction;
import dev.callbus.sandbox.servicenow.query.EncodedQuery.Group;
import dev.callbus.sandbox.servicenow.query.EncodedQuery.Order;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one encoded query, a run of terms between carets. A term that begins with {@code NQ} opens a group; one that begins with
 * {@code OR} is an alternative to the term before it; all others must hold as well.
 */
final class QueryReader {
    private static final String TEXT_SEARCH = "123TEXTQUERY321=";
    private static final String RELATED = "RLQUERY";
    private static final String RELATED_END = "ENDRLQUERY";
    private static final Pattern COMPARISON = Pattern.compile("(?<field>[a-z0-9_.]+)(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern RELATED_HEAD = Pattern.compile(
            "RLQUERY(?<table>[a-z0-9_]+)\\.(?<field>[a-z0-9_]+),(?<bound>>=|<=|!=|=|>|<)(?<count>\\d{1,9})(,m2m)?");

    private final Deque<String> terms;
    private final List<Order> orders = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private List<List<Condition>> group = new ArrayList<>();

    QueryReader(String text) {
        terms = new ArrayDeque<>(List.of(text.split("\\^", -1)));
    }

    EncodedQuery read() {
        while (!terms.isEmpty()) {
            var term = terms.pop();
            if (term.startsWith("NQ")) {
                closeGroup();
                take(term.substring(2));
            } else {
                take(term);
            }
        }
        closeGroup();
        return new EncodedQuery(groups, orders);
    }

    private void take(String term) {
        if (term.startsWith("ORDERBYDESC")) {
            orders.add(new Order(term.substring("ORDERBYDESC".length()), Direction.DESCENDING));
        } else if (term.startsWith("ORDERBY")) {
            orders.add(new Order(term.substring("ORDERBY".length()), Direction.ASCENDING));
        } else if (term.startsWith("OR")) {
            condition(term.substring(2)).ifPresent(condition -> addAlternative(group, condition));
        } else {
            // An unreadable term still separates: what follows it with OR is no alternative to the term before it.
            var alternatives = new ArrayList<Condition>();
            condition(term).ifPresent(alternatives::add);
            group.add(alternatives);
        }
    }

    private Optional<Condition> condition(String term) {
        if (term.startsWith(TEXT_SEARCH)) {
            return Optional.of(new Condition.TextSearch(term.substring(TEXT_SEARCH.length())));
        }
        return term.startsWith(RELATED) ? relatedList(term) : comparison(term);
    }

    private static Optional<Condition> comparison(String term) {
        var parts = COMPARISON.matcher(term);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var rest = parts.group("rest");
        return Operator.leading(rest)
                .map(spelling -> new Condition.Comparison(
                        parts.group("field"),
                        spelling.operator(),
                        rest.substring(spelling.text().length())));
    }

    private Optional<Condition> relatedList(String head) {
        var filter = new ArrayList<List<Condition>>();
        while (!terms.isEmpty()) {
            var term = terms.pop();
            if (term.equals(RELATED_END)) {
                break;
            }
            if (term.startsWith("OR")) {
                comparison(term.substring(2)).ifPresent(condition -> addAlternative(filter, condition));
            } else {
                comparison(term).ifPresent(condition -> filter.add(new ArrayList<>(List.of(condition))));
            }
        }
        var parts = RELATED_HEAD.matcher(head);
        return parts.matches()
                ? Operator.leading(parts.group("bound"))
                        .map(bound -> new Condition.RelatedList(
                                parts.group("table"),
                                parts.group("field"),
                                bound.operator(),
                                Integer.parseInt(parts.group("count")),
                                alternatives(filter)))
                : Optional.empty();
    }

    private static void addAlternative(List<List<Condition>> group, Condition condition) {
        if (group.isEmpty()) {
            group.add(new ArrayList<>());
        }
        group.getLast().add(condition);
    }

    private void closeGroup() {
        groups.add(new Group(alternatives(group)));
        group = new ArrayList<>();
    }

    private static List<Alternatives> alternatives(List<List<Condition>> group) {
        return group.stream()
                .filter(alternatives -> !alternatives.isEmpty())
                .map(Alternatives::new)
                .toList();
    }
}
