package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** An answer that grants a request; a fault may have it lost on its way. */
final class RestReply {

    private RestReply() {}

    /** Answers with a resource. */
    static void send(RoutingContext routing, int status, JsonObject body) {
        if (!RestFaults.losesAnswer(routing)) {
            routing.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(body.encode());
        }
    }

    /** Answers that the resource is gone, with HTTP 204. */
    static void sendDeleted(RoutingContext routing) {
        if (!RestFaults.losesAnswer(routing)) {
            routing.response().setStatusCode(204).end();
        }
    }
}
