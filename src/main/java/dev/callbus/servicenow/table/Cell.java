package dev.callbus.servicenow.table;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One column of a record, as it is stored and as a person reads it. An empty column is two empty texts.
 *
 * @param value what is stored: a code, a sys_id, a time in UTC
 * @param display its label, the referenced record's name, a time in the user's zone
 */
public record Cell(String value, String display) {
    public static final Cell EMPTY = new Cell("", "");

    /** The cell in any of the shapes that sysparm_display_value gives: a text, or an object of value and display_value. */
    static Cell of(@Nullable Object json) {
        if (json instanceof JsonObject object) {
            var value = text(object.getValue("value"));
            var display = text(object.getValue("display_value"));
            return new Cell(value == null ? "" : value, display == null ? value == null ? "" : value : display);
        }
        var text = text(json);
        return text == null ? EMPTY : new Cell(text, text);
    }

    private static @Nullable String text(@Nullable Object json) {
        return json == null ? null : json.toString();
    }
}
