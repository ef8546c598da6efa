package dev.callbus.servicenow.table;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A good answer.
 *
 * @param total the header X-Total-Count, which counts what may not be read as well, or null
 */
record TableAnswer(JsonObject body, @Nullable Integer total) {

    /** The records of a list. */
    List<Row> rows() {
        if (!(body.getValue("result") instanceof JsonArray array)) {
            throw nonsense();
        }
        var rows = new ArrayList<Row>();
        for (var element : array) {
            if (!(element instanceof JsonObject object)) {
                throw nonsense();
            }
            rows.add(Row.of(object));
        }
        return rows;
    }

    /** The one record. */
    Row row() {
        if (body.getValue("result") instanceof JsonObject object) {
            return Row.of(object);
        }
        throw nonsense();
    }

    static TableFailure nonsense() {
        return new TableFailure(TableFailure.Kind.NONSENSE, "ServiceNow's answer can't be understood.");
    }
}
