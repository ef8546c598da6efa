package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, of which an empty one counts as none. */
record Form(MultiMap parameters) {

    /** A parameter's value, if it was given one. */
    @Nullable
    String text(String name) {
        var value = parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A parameter's value, or this one; refused with 400 and 20001 unless it is true or false. */
    boolean flag(String name, boolean otherwise) {
        return switch (text(name)) {
            case null -> otherwise;
            case "true" -> true;
            case "false" -> false;
            case String other -> throw invalid(name, other);
        };
    }

    /** A parameter's value, or this one; refused with 400 and 20001 outside of its bounds. */
    int count(String name, int otherwise, int from, int to) {
        var value = text(name);
        if (value == null) {
            return otherwise;
        }
        if (value.matches("\\d{1,9}") && Integer.parseInt(value) >= from && Integer.parseInt(value) <= to) {
            return Integer.parseInt(value);
        }
        throw invalid(name, value);
    }

    /** All values of a parameter that may be given more than once. */
    List<String> all(String name) {
        return parameters.getAll(name).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** Twilio's refusal of a value. */
    static RestError invalid(String name, String value) {
        return new RestError(400, 20001, "Invalid value for parameter " + name + ": " + value);
    }
}
