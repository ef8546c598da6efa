package dev.callbus.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.bus.Registration;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallEvent;
import dev.callbus.channel.api.ApiKeys;
import dev.callbus.config.ApiSettings.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/**
 * {@code GET /console/events}: what happens in this node's calls, as server-sent events, for whoever has the key. It tells
 * which tools ran and how long things took; no words of a conversation and no digits.
 */
public final class EventFeed {
    /** The path of the feed; {@code ?call=CA…} narrows it to one call. */
    public static final String PATH = "/console/events";

    private final Vertx vertx;
    private final ApiKeys keys;

    /** A feed for those whose key has the scope {@code console}. */
    public EventFeed(Vertx vertx, ApiKeys keys) {
        this.vertx = vertx;
        this.keys = keys;
    }

    public void mount(Router router) {
        router.get(PATH).handler(this::serve);
    }

    private void serve(RoutingContext routing) {
        var request = routing.request();
        var key = keys.find(request.getHeader("Authorization"), request.getHeader("X-Api-Key"));
        if (key.isEmpty() || !key.get().scopes().contains(Scope.CONSOLE)) {
            refuse(routing.response(), key.isEmpty());
            return;
        }
        var callSid = routing.request().getParam("call");
        var response = routing.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        Future<Registration> listening = CallBus.EVENTS.subscribe(vertx, event -> {
            if ((callSid == null || callSid.equals(event.callSid())) && !response.closed()) {
                // Who doesn't read is let go, and may come again: nothing is kept for him.
                if (response.writeQueueFull()) {
                    response.reset();
                } else {
                    response.write("data: " + json(event) + "\n\n");
                }
            }
        });
        response.closeHandler(closed -> listening.onSuccess(Registration::close));
        listening.onSuccess(registration -> begin(response));
    }

    private static void begin(HttpServerResponse response) {
        if (!response.closed()) {
            response.write(": listening\n\n");
        }
    }

    private static void refuse(HttpServerResponse response, boolean unknown) {
        var error = unknown ? "this needs a key: Authorization: Bearer KEY" : "this key lacks the scope console";
        response.setStatusCode(unknown ? 401 : 403)
                .putHeader("WWW-Authenticate", "Bearer")
                .putHeader("Content-Type", "application/json")
                .end("{\"success\":false,\"error\":\"" + error + "\"}");
    }

    static String json(CallEvent event) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("callSid", event.callSid()).put("at", event.at().toString());
        return describe(event, json).toString();
    }

    private static ObjectNode describe(CallEvent event, ObjectNode json) {
        return switch (event) {
            case CallEvent.Started started -> json.put("type", "started").put("direction", started.direction());
            case CallEvent.Answering answering ->
                json.put("type", "answering")
                        .put("turn", answering.turn())
                        .put("afterMillis", answering.after().toMillis());
            case CallEvent.TurnEnded ended ->
                json.put("type", "turn-ended")
                        .put("turn", ended.turn())
                        .put("outcome", ended.outcome().name().toLowerCase(Locale.ROOT));
            case CallEvent.ToolRan ran ->
                json.put("type", "tool-ran")
                        .put("turn", ran.turn())
                        .put("tool", ran.tool())
                        .put("success", ran.success())
                        .put("tookMillis", ran.took().toMillis());
            case CallEvent.CarrierReport report ->
                json.put("type", "carrier").put("status", report.status()).put("answeredBy", report.answeredBy());
            case CallEvent.Ended ended -> json.put("type", "ended").put("reason", ended.reason());
        };
    }
}
