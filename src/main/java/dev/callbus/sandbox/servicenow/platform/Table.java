package dev.callbus.sandbox.servicenow.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of the dictionary with its fields, in the order in which records show them. */
public final class Table {
    private final String name;
    private final @Nullable String parent;
    private final @Nullable String numberPrefix;
    private final String displayField;
    private final Map<String, Field> fields;
    private final List<Field> stored;

    private Table(Draft draft) {
        this.name = draft.name;
        this.parent = draft.parent;
        this.numberPrefix = draft.numberPrefix;
        this.displayField = draft.displayField;
        this.fields = new LinkedHashMap<>();
        draft.fields.forEach(field -> fields.put(field.name(), field));
        this.stored = draft.fields.stream().filter(Field::isStored).toList();
    }

    static Draft named(String name) {
        return new Draft(name);
    }

    public String name() {
        return name;
    }

    /** What precedes the digits of a record's number; empty if records have none. */
    Optional<String> numberPrefix() {
        return Optional.ofNullable(numberPrefix);
    }

    /** The field that stands for a record where it is referred to. */
    public String displayField() {
        return displayField;
    }

    public Collection<Field> fields() {
        return fields.values();
    }

    /** The fields that have a column. */
    List<Field> stored() {
        return stored;
    }

    public Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Whether a record of this table is one of that class. */
    boolean isA(String className) {
        return name.equals(className) || className.equals(parent);
    }

    /** A table in the making. */
    static final class Draft {
        private static final int WORD = 40;
        private static final int SYS_ID = 32;

        private final String name;
        private final List<Field> fields = new ArrayList<>();
        private @Nullable String parent;
        private @Nullable String numberPrefix;
        private String displayField = "name";

        private Draft(String name) {
            this.name = name;
            add("sys_id", "Sys ID", Field.Type.TEXT, SYS_ID, null, Field.Access.READ_ONLY);
        }

        Draft extending(String parent) {
            this.parent = parent;
            return this;
        }

        Draft numbered(String prefix) {
            numberPrefix = prefix;
            displayField = "number";
            return add("number", "Number", Field.Type.TEXT, WORD, null, Field.Access.READ_ONLY);
        }

        Draft shownBy(String field) {
            displayField = field;
            return this;
        }

        Draft word(String name, String label) {
            return text(name, label, WORD);
        }

        Draft text(String name, String label, int maxLength) {
            return add(name, label, Field.Type.TEXT, maxLength, null, Field.Access.WRITABLE);
        }

        Draft integer(String name, String label) {
            return add(name, label, Field.Type.INTEGER, WORD, null, Field.Access.WRITABLE);
        }

        Draft bool(String name, String label) {
            return add(name, label, Field.Type.BOOLEAN, WORD, null, Field.Access.WRITABLE);
        }

        Draft time(String name, String label) {
            return add(name, label, Field.Type.DATE_TIME, WORD, null, Field.Access.WRITABLE);
        }

        Draft reference(String name, String label, String table) {
            return add(name, label, Field.Type.REFERENCE, SYS_ID, table, Field.Access.WRITABLE);
        }

        Draft journal(String name, String label) {
            return add(name, label, Field.Type.JOURNAL, 4000, null, Field.Access.WRITABLE);
        }

        /** Has the fields that were added last be set by the platform only. */
        Draft readOnly(String... names) {
            return restrict(Field.Access.READ_ONLY, names);
        }

        Draft administrators(String... names) {
            return restrict(Field.Access.ADMINISTRATORS, names);
        }

        Table build() {
            add("sys_class_name", "Class", Field.Type.TEXT, 80, null, Field.Access.READ_ONLY);
            add("sys_created_on", "Created", Field.Type.DATE_TIME, WORD, null, Field.Access.READ_ONLY);
            add("sys_created_by", "Created by", Field.Type.TEXT, WORD, null, Field.Access.READ_ONLY);
            add("sys_updated_on", "Updated", Field.Type.DATE_TIME, WORD, null, Field.Access.READ_ONLY);
            add("sys_updated_by", "Updated by", Field.Type.TEXT, WORD, null, Field.Access.READ_ONLY);
            add("sys_mod_count", "Updates", Field.Type.INTEGER, WORD, null, Field.Access.READ_ONLY);
            add("sys_tags", "Tags", Field.Type.TEXT, WORD, null, Field.Access.READ_ONLY);
            return new Table(this);
        }

        private Draft restrict(Field.Access access, String... names) {
            var restricted = List.of(names);
            fields.replaceAll(field -> restricted.contains(field.name())
                    ? new Field(field.name(), field.label(), field.type(), field.maxLength(), field.reference(), access)
                    : field);
            return this;
        }

        private Draft add(
                String name,
                String label,
                Field.Type type,
                int maxLength,
                @Nullable String reference,
                Field.Access access) {
            fields.add(new Field(name, label, type, maxLength, reference, access));
            return this;
        }
    }
}
