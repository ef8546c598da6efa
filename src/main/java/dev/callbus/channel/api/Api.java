package dev.callbus.channel.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.config.ApiSettings;
import dev.callbus.config.ApiSettings.Scope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of the HTTP API on one server. For all of them alike: no key or a wrong one is 401, a key without the scope
 * 403, too many requests 429, another method 405, a body that is no JSON 415 or 400, one too large 413; every refusal is
 * {@code {"success":false,"error":…}}, with the {@code field} that is to blame if it is one.
 */
public final class Api {
    private static final Logger log = LoggerFactory.getLogger(Api.class);
    private static final long LARGEST = 4L << 20;
    private static final long BODY_MILLIS = 20_000;
    private static final String TIMER = "body timer";
    private static final Set<String> JSON_TYPES =
            Set.of("", "application/json", "application/x-www-form-urlencoded", "text/json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
            .build();

    private final ApiKeys keys;
    private final Map<String, List<Operation>> operations = new LinkedHashMap<>();

    public Api(ApiKeys keys) {
        this.keys = keys;
    }

    /** Adds an operation that answers with JSON; a failed future or an exception is the refusal. */
    public void serve(
            HttpMethod method, String path, Scope scope, Function<ApiRequest, Future<? extends JsonNode>> operation) {
        serveAs(
                method,
                path,
                scope,
                request -> operation
                        .apply(request)
                        .onSuccess(answer -> answer(request.routing().response(), 200, answer))
                        .mapEmpty());
    }

    /** Adds an operation that writes its answer itself, unless it fails. */
    public void serveAs(HttpMethod method, String path, Scope scope, Function<ApiRequest, Future<Void>> operation) {
        operations.computeIfAbsent(path, key -> new ArrayList<>()).add(new Operation(method, scope, operation));
    }

    /** The paths and methods of all operations. */
    public Map<String, List<HttpMethod>> served() {
        var served = new LinkedHashMap<String, List<HttpMethod>>();
        operations.forEach((path, each) ->
                served.put(path, each.stream().map(Operation::method).toList()));
        return served;
    }

    /** Adds the routes of all operations. */
    public void mount(Router router) {
        operations.forEach((path, each) -> {
            for (var operation : each) {
                // Two routes, so that nobody's body is read before he is let in.
                router.route(operation.method, path).handler(routing -> admit(routing, operation));
                router.route(operation.method, path)
                        .handler(BodyHandler.create(false).setBodyLimit(LARGEST))
                        .handler(routing -> carryOut(routing, operation))
                        .failureHandler(Api::failed);
            }
            var methods =
                    each.stream().map(operation -> operation.method.name()).toList();
            router.route(path).handler(routing -> {
                routing.response().putHeader("allow", String.join(", ", methods));
                refuse(routing.response(), new ApiRefusal(405, null, "method not allowed: use " + methods.getFirst()));
            });
        });
    }

    private void admit(RoutingContext routing, Operation operation) {
        var request = routing.request();
        var key = keys.find(request.getHeader("authorization"), request.getHeader("x-api-key"))
                .orElse(null);
        var refusal = refusal(key, operation.scope);
        if (refusal != null) {
            if (refusal.status() == 401) {
                routing.response().putHeader("www-authenticate", "Bearer");
            }
            refuse(routing.response(), refusal);
            return;
        }
        long wait = key == null ? 0 : keys.secondsToWait(key);
        if (wait > 0) {
            routing.response().putHeader("retry-after", String.valueOf(wait));
            refuse(routing.response(), new ApiRefusal(429, null, "too many requests: wait " + wait + " seconds"));
            return;
        }
        // A body that doesn't come would hold the connection for ever.
        long timer = routing.vertx()
                .setTimer(BODY_MILLIS, late -> routing.request().connection().close());
        routing.put("key", key).put(TIMER, timer);
        routing.next();
    }

    private @Nullable ApiRefusal refusal(ApiSettings.@Nullable Key key, Scope scope) {
        if (key == null) {
            var remedy = keys.isOpen()
                    ? "send the key: Authorization: Bearer KEY"
                    : "the API is closed: set CALLBUS_API_KEY on the server";
            return new ApiRefusal(401, null, remedy);
        }
        return key.scopes().contains(scope)
                ? null
                : new ApiRefusal(
                        403, null, "this key lacks the scope " + scope.name().toLowerCase(Locale.ROOT));
    }

    private static void carryOut(RoutingContext routing, Operation operation) {
        routing.vertx().cancelTimer(routing.<Long>get(TIMER));
        try {
            ApiSettings.Key key = routing.get("key");
            var body = hasBody(operation.method)
                    ? body(
                            routing.request().getHeader("content-type"),
                            routing.body().buffer())
                    : JsonNodeFactory.instance.objectNode();
            operation.work.apply(new ApiRequest(routing, key, body)).onFailure(cause -> fail(routing, cause));
        } catch (RuntimeException e) {
            fail(routing, e);
        }
    }

    private static boolean hasBody(HttpMethod method) {
        return HttpMethod.POST.equals(method) || HttpMethod.PUT.equals(method);
    }

    /** curl calls JSON a form unless it is told otherwise, and many scripts don't tell it: what begins with a brace is JSON. */
    private static ObjectNode body(@Nullable String contentType, @Nullable Buffer body) {
        var type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!JSON_TYPES.contains(type) && !type.endsWith("+json")) {
            throw new ApiRefusal(415, null, "the body must be JSON: Content-Type: application/json");
        }
        if (body == null || body.length() == 0) {
            throw new ApiRefusal(400, null, "the body is empty: a JSON object is expected");
        }
        try {
            if (JSON.readTree(body.getBytes()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new ApiRefusal(400, null, "the body is not valid JSON" + where);
        } catch (IOException e) {
            throw new ApiRefusal(400, null, "the body can't be read");
        }
        throw new ApiRefusal(400, null, "the body must be a JSON object");
    }

    private static void failed(RoutingContext routing) {
        routing.vertx().cancelTimer(routing.<Long>get(TIMER));
        if (routing.statusCode() == 413) {
            refuse(
                    routing.response(),
                    new ApiRefusal(413, null, "the body is larger than " + (LARGEST >> 20) + " MiB"));
        } else if (routing.failure() == null) {
            refuse(routing.response(), new ApiRefusal(routing.statusCode(), null, "bad request"));
        } else {
            fail(routing, routing.failure());
        }
    }

    private static void fail(RoutingContext routing, Throwable cause) {
        var refusal = ApiRefusal.of(cause);
        if (refusal.status() == 500) {
            log.error("request failed [path: {}]", routing.normalizedPath(), cause);
        }
        refuse(routing.response(), refusal);
    }

    private static void refuse(HttpServerResponse response, ApiRefusal refusal) {
        var json = JsonNodeFactory.instance.objectNode().put("success", false).put("error", refusal.getMessage());
        if (refusal.field() != null) {
            json.put("field", refusal.field());
        }
        answer(response, refusal.status(), json);
    }

    private static void answer(HttpServerResponse response, int status, JsonNode json) {
        if (!response.ended() && !response.closed() && !response.headWritten()) {
            response.setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(json.toString());
        }
    }

    /** What is done with requests of one method. */
    private record Operation(HttpMethod method, Scope scope, Function<ApiRequest, Future<Void>> work) {}
}
