package dev.callbus.channel.webhook;

import dev.callbus.twilio.SignatureCheck;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A webhook that only Twilio may call and that is answered with TwiML. What is not a signed request is refused: 415 (not a
 * form), 413 (too large), 400 (malformed), 403 (not signed).
 *
 * <p>Source: twilio.com/docs/voice/twiml#twilios-request-to-your-application
 */
public final class SignedWebhook implements Handler<RoutingContext> {
    private static final int LARGEST = 64 * 1024;

    private final SignatureCheck signatures;
    private final Function<SignedForm, Future<String>> answer;

    /** A webhook whose TwiML is made by {@code answer}; should that fail, Twilio hears 500 and tells the caller. */
    public SignedWebhook(SignatureCheck signatures, Function<SignedForm, Future<String>> answer) {
        this.signatures = signatures;
        this.answer = answer;
    }

    @Override
    public void handle(RoutingContext routing) {
        var request = routing.request();
        read(request)
                .compose(parameters -> check(request, parameters))
                .compose(answer)
                .onSuccess(twiml ->
                        routing.response().putHeader("content-type", "text/xml").end(twiml))
                .onFailure(cause -> Answers.refuse(routing, cause));
    }

    private static Future<Map<String, List<String>>> read(HttpServerRequest request) {
        if (HttpMethod.GET.equals(request.method())) {
            return WebhookBody.form(request.query() == null ? "" : request.query());
        }
        if (!WebhookBody.type(request).equals("application/x-www-form-urlencoded")) {
            return Future.failedFuture(new Refusal(415, "a form is expected"));
        }
        return WebhookBody.read(request, LARGEST).compose(WebhookBody::form);
    }

    private Future<SignedForm> check(HttpServerRequest request, Map<String, List<String>> parameters) {
        var signature = request.getHeader("X-Twilio-Signature");
        boolean signed = HttpMethod.GET.equals(request.method())
                ? signatures.query(request.uri(), signature)
                : signatures.form(request.uri(), parameters, signature);
        if (!signed) {
            return Future.failedFuture(new Refusal(403, "not signed by Twilio"));
        }
        var token = request.getHeader("I-Twilio-Idempotency-Token");
        var query = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8).parameters();
        return Future.succeededFuture(new SignedForm(request.path(), parameters, query, token == null ? "" : token));
    }
}
