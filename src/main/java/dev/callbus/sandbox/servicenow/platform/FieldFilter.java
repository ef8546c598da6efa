package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import dev.callbus.sandbox.servicenow.query.Condition;
import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import dev.callbus.sandbox.servicenow.query.Operator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The filter of those who don't write encoded queries: pairs of fields and values, where display values are good as well. */
final class FieldFilter {
    private final Dictionary dictionary;
    private final Choices choices;

    FieldFilter(Dictionary dictionary, Choices choices) {
        this.dictionary = dictionary;
        this.choices = choices;
    }

    /** @param pairs names that are no fields are passed over */
    EncodedQuery query(Transaction transaction, Table table, Map<String, String> pairs) throws SQLException {
        var all = new ArrayList<Condition.Alternatives>();
        for (var pair : pairs.entrySet()) {
            var path = FieldPath.of(dictionary, table, pair.getKey());
            if (path.isPresent()) {
                all.add(new Condition.Alternatives(
                        alternatives(transaction, table, path.get().last(), pair.getKey(), pair.getValue())));
            }
        }
        return new EncodedQuery(List.of(new EncodedQuery.Group(all)), List.of());
    }

    private List<Condition> alternatives(Transaction transaction, Table table, Field field, String name, String value)
            throws SQLException {
        var alternatives = new ArrayList<Condition>();
        alternatives.add(new Condition.Comparison(name, Operator.EQUALS, value));
        if (field.reference() != null) {
            var display = dictionary.require(field.reference()).displayField();
            alternatives.add(new Condition.Comparison(name + '.' + display, Operator.EQUALS, value));
        } else {
            choices.value(transaction, table.name(), field.name(), value)
                    .ifPresent(chosen -> alternatives.add(new Condition.Comparison(name, Operator.EQUALS, chosen)));
        }
        return alternatives;
    }
}
