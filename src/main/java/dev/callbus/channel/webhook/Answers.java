package dev.callbus.channel.webhook;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How channels answer HTTP requests that are refused: a status and a short JSON. */
public final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private static final Map<Integer, String> ERRORS = Map.of(
            400, "bad request",
            404, "not found",
            405, "method not allowed",
            500, "internal error");

    private Answers() {}

    /** Refuses, unless something was answered already. */
    public static void refuse(HttpServerResponse response, int status, String error) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(new JsonObject().put("error", error).encode());
        }
    }

    /** Refuses with what the cause says if it is a {@link Refusal}, else with 500 and nothing of the cause. */
    static void refuse(RoutingContext routing, Throwable cause) {
        if (cause instanceof Refusal refusal) {
            log.warn("webhook refused [path: {}, status: {}]", routing.normalizedPath(), refusal.status());
            refuse(routing.response(), refusal.status(), String.valueOf(refusal.getMessage()));
        } else {
            log.error("webhook failed [path: {}]", routing.normalizedPath(), cause);
            refuse(routing.response(), 500, "internal error");
        }
    }

    /** Makes the router itself answer so: without a page, a stack trace or a name of ours. */
    public static void serveErrors(Router router) {
        ERRORS.forEach((status, error) ->
                router.errorHandler(status, (RoutingContext routing) -> refuse(routing.response(), status, error)));
    }
}
