package dev.callbus.channel.webhook;

import dev.callbus.twilio.SignatureCheck;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.function.Function;

/**
 * A webhook that only Twilio may call, with a form or with JSON, and that is answered with JSON. What is not a signed
 * request is refused as by {@link SignedWebhook}.
 *
 * <p>Source: twilio.com/docs/usage/webhooks/webhooks-security
 */
public final class SignedReport implements Handler<RoutingContext> {
    private static final int LARGEST = 1 << 20;

    private final SignatureCheck signatures;
    private final Function<Report, Future<ReportAnswer>> answer;

    public SignedReport(SignatureCheck signatures, Function<Report, Future<ReportAnswer>> answer) {
        this.signatures = signatures;
        this.answer = answer;
    }

    @Override
    public void handle(RoutingContext routing) {
        read(routing.request())
                .compose(answer)
                .onSuccess(given -> send(routing, given))
                .onFailure(cause -> Answers.refuse(routing, cause));
    }

    private static void send(RoutingContext routing, ReportAnswer answer) {
        if (!routing.response().closed()) {
            routing.response()
                    .setStatusCode(answer.status())
                    .putHeader("content-type", "application/json")
                    .end(new JsonObject(new LinkedHashMap<>(answer.members())).encode());
        }
    }

    private Future<Report> read(HttpServerRequest request) {
        var signature = request.getHeader("X-Twilio-Signature");
        return switch (WebhookBody.type(request)) {
            case "application/x-www-form-urlencoded" ->
                WebhookBody.read(request, LARGEST).compose(WebhookBody::form).compose(form -> {
                    var fields = new HashMap<String, String>();
                    form.forEach((name, values) -> fields.put(name, values.getFirst()));
                    return signed(signatures.form(request.uri(), form, signature))
                            .map(v -> new Report(fields));
                });
            case "application/json" ->
                WebhookBody.read(request, LARGEST)
                        .compose(body -> signed(signatures.json(request.uri(), body, signature))
                                .map(v -> object(body)));
            default -> Future.failedFuture(new Refusal(415, "a form or JSON is expected"));
        };
    }

    private static Future<Void> signed(boolean signed) {
        return signed ? Future.succeededFuture() : Future.failedFuture(new Refusal(403, "not signed by Twilio"));
    }

    /** The texts, numbers and truth values of a JSON object. */
    private static Report object(String body) {
        try {
            var fields = new HashMap<String, String>();
            new JsonObject(body).forEach(member -> {
                switch (member.getValue()) {
                    case String text -> fields.put(member.getKey(), text);
                    case Number number -> fields.put(member.getKey(), number.toString());
                    case Boolean truth -> fields.put(member.getKey(), truth.toString());
                    case null, default -> {}
                }
            });
            return new Report(fields);
        } catch (DecodeException e) {
            throw new Refusal(400, "malformed JSON");
        }
    }
}
