package dev.callbus.sandbox.servicenow.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A field reached from a record, through references where dots say so. */
final class FieldPath {
    private static final int MAX_STEPS = 4;

    private final Dictionary dictionary;
    private final List<Field> steps;

    private FieldPath(Dictionary dictionary, List<Field> steps) {
        this.dictionary = dictionary;
        this.steps = steps;
    }

    /** The path that a dot-walked name means; empty if one of its parts isn't there. */
    static Optional<FieldPath> of(Dictionary dictionary, Table start, String name) {
        var steps = new ArrayList<Field>();
        Optional<Table> table = Optional.of(start);
        for (var part : name.split("\\.", -1)) {
            var field = table.flatMap(at -> at.field(part));
            if (field.isEmpty() || steps.size() == MAX_STEPS) {
                return Optional.empty();
            }
            steps.add(field.get());
            table = Optional.ofNullable(field.get().reference()).flatMap(dictionary::table);
        }
        return Optional.of(new FieldPath(dictionary, List.copyOf(steps)));
    }

    /** The field at its end. */
    Field last() {
        return steps.getLast();
    }

    List<Field> steps() {
        return steps;
    }

    /** The stored value, in SQL, seen from a row. */
    String value(String alias) {
        return value(alias, 0);
    }

    /** What stands for the value when it is shown or sorted: for a reference the other record's name. */
    String text(String alias) {
        var table = Optional.ofNullable(last().reference()).flatMap(dictionary::table);
        return table.map(target -> lookUp(target, value(alias), alias + "_shown", target.displayField()))
                .orElseGet(() -> value(alias));
    }

    private String value(String alias, int step) {
        var field = steps.get(step);
        var column = field.isStored() ? alias + '.' + Sql.name(field.name()) : "''";
        if (step == steps.size() - 1) {
            return column;
        }
        var target = dictionary.require(Objects.requireNonNull(field.reference()));
        var next = alias + '_' + (step + 1);
        var inner = value(next, step + 1);
        var select = "(SELECT %s FROM %s %s WHERE %s.\"sys_id\" = %s)"
                .formatted(inner, Sql.name(target.name()), next, next, column);
        return last().type() == Field.Type.INTEGER ? select : "COALESCE(" + select + ", '')";
    }

    private static String lookUp(Table target, String sysId, String alias, String field) {
        return "COALESCE((SELECT %s.%s FROM %s %s WHERE %s.\"sys_id\" = %s), '')"
                .formatted(alias, Sql.name(field), Sql.name(target.name()), alias, alias, sysId);
    }
}
