package dev.callbus.channel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.asset.AssetProtocol;
import dev.callbus.bus.Failure;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallProtocol;
import dev.callbus.channel.relay.RelayChannel;
import dev.callbus.config.ApiSettings.Scope;
import dev.callbus.config.OutboundSettings;
import dev.callbus.twilio.E164;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's part that places calls ({@code /outboundCall}) and changes those that are up ({@code /updateResponseService}). */
public final class CallApi {
    private static final int LONGEST_VALUE = 4000;
    private static final int MOST_PROPERTIES = 50;

    private final Vertx vertx;
    private final String publicUrl;
    private final OutboundSettings settings;
    private final OutboundDesk desk;

    /** @param publicUrl how Twilio reaches this server, without a path */
    public CallApi(Vertx vertx, String publicUrl, OutboundSettings settings, OutboundDesk desk) {
        this.vertx = vertx;
        this.publicUrl = publicUrl;
        this.settings = settings;
        this.desk = desk;
    }

    public void addTo(Api api) {
        api.serve(HttpMethod.POST, "/outboundCall", Scope.CALLS, this::place);
        api.serve(HttpMethod.POST, "/updateResponseService", Scope.CALLS, this::update);
    }

    private Future<ObjectNode> place(ApiRequest request) {
        var properties = request.object("properties");
        if (properties == null) {
            throw ApiRefusal.field("properties", "properties is missing: an object with phoneNumber");
        }
        var to = phoneNumber(properties.get("phoneNumber"));
        var parameters = parameters(properties);
        boolean detect = request.flag("machineDetection");
        var from = settings.from();
        if (from == null) {
            throw new ApiRefusal(503, null, "there is no number to call from: set FROM_NUMBER on the server");
        }
        return AgentNames.of(parameters)
                .find(vertx)
                .compose(found ->
                        desk.once(request.key().name(), request.header("idempotency-key"), request.body(), () -> {
                            if (!desk.mayCall(to)) {
                                throw new ApiRefusal(
                                        429,
                                        "properties.phoneNumber",
                                        "this number has been called often enough lately");
                            }
                            var token = desk.orders().keep(parameters);
                            var order = new TwilioProtocol.PlaceCall(
                                    to.number(),
                                    from,
                                    publicUrl + RelayChannel.ORDER_PATH + token,
                                    publicUrl + RelayChannel.STATUS_PATH,
                                    detect,
                                    settings.ring());
                            return TwilioBus.PLACE
                                    .send(vertx, order)
                                    .onFailure(cause -> forget(token, cause))
                                    .map(placed -> placed(placed, to, from));
                        }));
    }

    /** Keeps the order if the call may be on its way all the same. */
    private void forget(String token, Throwable cause) {
        if (!OutboundDesk.mayBeDone(cause)) {
            desk.orders().drop(token);
        }
    }

    private static ObjectNode placed(TwilioProtocol.Placed placed, E164 to, String from) {
        var json = success().put("callSid", placed.callSid());
        json.putObject("response")
                .put("sid", placed.callSid())
                .put("status", placed.status())
                .put("to", to.number())
                .put("from", from);
        return json;
    }

    private E164 phoneNumber(@Nullable JsonNode node) {
        var field = "properties.phoneNumber";
        if (node == null || node.isNull() || node.asText().isBlank()) {
            throw ApiRefusal.field(field, "Phone number is required");
        }
        if (!node.isTextual()) {
            throw ApiRefusal.field(field, "phoneNumber must be a text such as \"+15551234567\"");
        }
        try {
            var number = E164.of(node.textValue());
            if (number.isPremium() || settings.allowed().stream().noneMatch(number.number()::startsWith)) {
                throw new ApiRefusal(403, field, "phoneNumber: this server does not call such numbers");
            }
            return number;
        } catch (IllegalArgumentException e) {
            throw ApiRefusal.field(field, "phoneNumber " + e.getMessage());
        }
    }

    /** All properties but the number become parameters of the call; what is no single value goes along as JSON. */
    private static Map<String, String> parameters(ObjectNode properties) {
        if (properties.size() > MOST_PROPERTIES) {
            throw ApiRefusal.field("properties", "properties has more than " + MOST_PROPERTIES + " members");
        }
        var parameters = new LinkedHashMap<String, String>();
        properties.fields().forEachRemaining(entry -> {
            var value = entry.getValue();
            var text = value.isValueNode() ? value.asText() : value.toString();
            if (entry.getKey().isBlank() || entry.getKey().length() > 100) {
                throw ApiRefusal.field("properties", "the names of properties have 1 to 100 characters");
            }
            if (text.length() > LONGEST_VALUE) {
                throw ApiRefusal.field(
                        "properties." + entry.getKey(),
                        entry.getKey() + " has more than " + LONGEST_VALUE + " characters");
            }
            if (!entry.getKey().equals("phoneNumber") && !value.isNull()) {
                parameters.put(entry.getKey(), text);
            }
        });
        return parameters;
    }

    private Future<ObjectNode> update(ApiRequest request) {
        var callSid = request.text(64, "callSid", "CallSid");
        var named = new LinkedHashMap<String, String>();
        AssetProtocol.Choose.SELECTING.forEach(name -> {
            var value = request.text(name, 200);
            if (value != null) {
                named.put(name, value);
            }
        });
        var names = AgentNames.of(named);
        if (callSid == null || names.isEmpty()) {
            throw ApiRefusal.field(
                    callSid == null ? "callSid" : "contextKey",
                    "callSid and at least one of contextKey or manifestKey are required");
        }
        return names.find(vertx)
                .compose(found -> CallBus.call(callSid)
                        .send(vertx, new CallProtocol.Reassign(found.context(), found.manifest()))
                        .recover(cause -> Future.failedFuture(
                                Failure.of(cause) == Failure.UNAVAILABLE
                                        ? new ApiRefusal(404, "callSid", "Session not found for call SID: " + callSid)
                                        : cause)))
                .map(done -> success());
    }

    private static ObjectNode success() {
        return JsonNodeFactory.instance.objectNode().put("success", true);
    }
}
