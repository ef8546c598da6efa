package dev.callbus.channel.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.config.ApiSettings;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * A request that is allowed and whose body is read.
 *
 * @param body an empty object if the method has none
 */
public record ApiRequest(RoutingContext routing, ApiSettings.Key key, ObjectNode body) {

    /** A part of the path, such as {@code key} of {@code /api/sync/context/:key}; null if it has none. */
    public @Nullable String path(String name) {
        return routing.pathParam(name);
    }

    /** A parameter of the query, or null. */
    public @Nullable String query(String name) {
        return routing.queryParams().get(name);
    }

    /** A header, or null. */
    public @Nullable String header(String name) {
        return routing.request().getHeader(name);
    }

    public boolean has(ApiSettings.Scope scope) {
        return key.scopes().contains(scope);
    }

    /**
     * A text of the body.
     *
     * @throws ApiRefusal if it is there and no text, or longer than {@code most} characters
     */
    public @Nullable String text(String field, int most) {
        var node = body.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw ApiRefusal.field(field, field + " must be a text");
        }
        if (node.textValue().length() > most) {
            throw ApiRefusal.field(field, field + " has more than " + most + " characters");
        }
        return node.textValue();
    }

    /** The first of these fields that holds a text: one field under all the names that it had. */
    public @Nullable String text(int most, String... names) {
        for (var name : names) {
            var text = text(name, most);
            if (text != null && !text.isBlank()) {
                return text.strip();
            }
        }
        return null;
    }

    /** The object in this field, or null; {@link ApiRefusal} if it is something else. */
    public @Nullable ObjectNode object(String field) {
        var node = body.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ApiRefusal.field(field, field + " must be an object");
    }

    /** The truth value in this field, or false if there is none. */
    public boolean flag(String field) {
        var node = body.get(field);
        if (node == null || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            throw ApiRefusal.field(field, field + " must be true or false");
        }
        return node.booleanValue();
    }
}
