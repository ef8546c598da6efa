package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.platform.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose body has arrived.
 *
 * @param baseUrl by which the client reached the instance, without a slash at its end; links begin with it
 */
record ApiRequest(String method, String baseUrl, String path, MultiMap query, MultiMap headers, Buffer body) {

    static ApiRequest of(HttpServerRequest request, Buffer body) {
        var sent = request.method().name();
        var override = request.getHeader("x-http-method-override");
        var method = override != null && sent.equals("POST") ? override.toUpperCase(Locale.ROOT) : sent;
        var host = Optional.ofNullable(request.getHeader("host")).orElse("127.0.0.1");
        return new ApiRequest(method, "http://" + host, request.path(), request.params(), request.headers(), body);
    }

    /** A parameter of the query; empty if it isn't there or blank. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }

    boolean isTrue(String parameter) {
        return parameter(parameter).filter("true"::equalsIgnoreCase).isPresent();
    }

    String header(String name) {
        return Optional.ofNullable(headers.get(name)).orElse("");
    }

    /** The fields of a JSON body as texts. Of several records only the first counts. */
    Map<String, String> fields() {
        if (!header("content-type").toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refusal(415, "Unsupported Media Type", "Content-Type must be application/json");
        }
        var fields = new LinkedHashMap<String, String>();
        for (var field : record()) {
            switch (field.getValue()) {
                case null -> fields.put(field.getKey(), "");
                case JsonObject object -> {}
                case JsonArray array -> {}
                default -> fields.put(field.getKey(), field.getValue().toString());
            }
        }
        return fields;
    }

    private JsonObject record() {
        var text = body.toString(StandardCharsets.UTF_8).strip();
        try {
            if (!text.startsWith("[")) {
                return text.isEmpty() ? new JsonObject() : new JsonObject(text);
            }
            var records = new JsonArray(text);
            if (!records.isEmpty() && records.getValue(0) instanceof JsonObject first) {
                return first;
            }
        } catch (DecodeException e) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static Refusal unreadable() {
        return new Refusal(400, "Exception while reading request", "The payload is not valid JSON.");
    }
}
