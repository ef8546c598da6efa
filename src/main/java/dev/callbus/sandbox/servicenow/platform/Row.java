package dev.callbus.sandbox.servicenow.platform;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values of one record by their fields. A field without a value is "", as everywhere in ServiceNow. */
public final class Row {
    private final Map<String, String> values;

    Row() {
        this(Map.of());
    }

    private Row(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    public String get(String field) {
        return values.getOrDefault(field, "");
    }

    public String sysId() {
        return get("sys_id");
    }

    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    Row set(String field, String value) {
        values.put(field, value);
        return this;
    }

    /** Sets a field that has no value yet. */
    Row setDefault(String field, String value) {
        return get(field).isEmpty() ? set(field, value) : this;
    }

    Row copy() {
        return new Row(values);
    }
}
