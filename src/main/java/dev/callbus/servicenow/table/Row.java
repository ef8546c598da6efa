package dev.callbus.servicenow.table;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record, or as much of it as was asked for and may be read. Dot-walked columns have their literal name, such as {@code assigned_to.name}. */
public record Row(Map<String, Cell> cells) {
    public Row {
        cells = Map.copyOf(cells);
    }

    static Row of(JsonObject json) {
        var cells = new LinkedHashMap<String, Cell>();
        json.forEach(entry -> cells.put(entry.getKey(), Cell.of(entry.getValue())));
        return new Row(cells);
    }

    /** Whether the column came back at all; one that may not be read doesn't. */
    public boolean has(String column) {
        return cells.containsKey(column);
    }

    /** What is stored there, or an empty text. */
    public String value(String column) {
        return cells.getOrDefault(column, Cell.EMPTY).value();
    }

    /** What a person reads there, or an empty text. */
    public String display(String column) {
        return cells.getOrDefault(column, Cell.EMPTY).display();
    }

    public String sysId() {
        return value("sys_id");
    }

    @Override
    public String toString() {
        return "Row[•]";
    }
}
