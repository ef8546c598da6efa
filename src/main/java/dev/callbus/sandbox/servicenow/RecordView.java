package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.platform.Field;
import dev.callbus.sandbox.servicenow.platform.Lookups;
import dev.callbus.sandbox.servicenow.platform.Row;
import dev.callbus.sandbox.servicenow.platform.Table;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * How a client wants to see records. All scalars are texts; a reference is an object with a link, unless it is empty.
 *
 * <p>Source: servicenow.com/docs, "Table API", parameters {@code sysparm_display_value}, {@code sysparm_fields} and
 * {@code sysparm_exclude_reference_link}
 *
 * @param fields names, dot-walked or not; empty for all
 * @param baseUrl of the instance, for links
 */
record RecordView(Values values, Links links, List<String> fields, String baseUrl) {
    RecordView {
        fields = List.copyOf(fields);
    }

    /** Which values are shown. */
    enum Values {
        STORED,
        DISPLAYED,
        BOTH
    }

    /** Whether references come with their addresses. */
    enum Links {
        SHOWN,
        LEFT_OUT
    }

    static RecordView of(ApiRequest request) {
        var values = switch (request.parameter("sysparm_display_value").orElse("false")) {
            case "true" -> Values.DISPLAYED;
            case "all" -> Values.BOTH;
            default -> Values.STORED;
        };
        var fields = request.parameter("sysparm_fields").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new RecordView(
                values,
                request.isTrue("sysparm_exclude_reference_link") ? Links.LEFT_OUT : Links.SHOWN,
                fields,
                request.baseUrl());
    }

    JsonObject show(Lookups lookups, Table table, Row row) throws SQLException {
        var json = new JsonObject();
        var names = fields.isEmpty() ? table.fields().stream().map(Field::name).toList() : fields;
        for (var name : names) {
            var place = lookups.walk(table, row, name);
            if (place.isPresent()) {
                json.put(name, value(lookups, place.get()));
            }
        }
        return json;
    }

    private Object value(Lookups lookups, Lookups.Place place) throws SQLException {
        return switch (values) {
            case STORED -> linked(place, new JsonObject().put("value", place.value()), place.value());
            case DISPLAYED -> {
                var shown = lookups.shown(place);
                yield linked(place, new JsonObject().put("display_value", shown), shown);
            }
            case BOTH -> {
                var both = new JsonObject()
                        .put("display_value", lookups.shown(place))
                        .put("value", place.value());
                yield linked(place, both, both);
            }
        };
    }

    /** The object with a link if the field is a reference that leads somewhere, otherwise the plain form. */
    private Object linked(Lookups.Place place, JsonObject object, Object plain) {
        var leads =
                place.field().type() == Field.Type.REFERENCE && !place.value().isEmpty();
        return leads && links == Links.SHOWN
                ? object.put("link", baseUrl + "/api/now/table/" + place.field().reference() + '/' + place.value())
                : plain;
    }
}
