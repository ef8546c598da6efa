package dev.callbus.channel.webhook;

import dev.callbus.twilio.SignatureCheck;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A webhook that only Twilio may call and that is answered with TwiML. What is not a signed request is refused: 415 (not a
 * form), 413 (too large), 400 (malformed), 403 (not signed).
 *
 * <p>Source: twilio.com/docs/voice/twiml#twilios-request-to-your-application
 */
public final class SignedWebhook implements Handler<RoutingContext> {
    private static final Logger log = LoggerFactory.getLogger(SignedWebhook.class);
    private static final int LARGEST = 64 * 1024;
    private static final long BODY_SECONDS = 10;
    private static final int MOST_PARAMETERS = 512;

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
                .onFailure(cause -> refuse(routing, cause));
    }

    private static Future<Map<String, List<String>>> read(HttpServerRequest request) {
        if (HttpMethod.GET.equals(request.method())) {
            return decode(request.query() == null ? "" : request.query());
        }
        var type = request.getHeader("content-type");
        if (type == null
                || !type.split(";", 2)[0]
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals("application/x-www-form-urlencoded")) {
            return Future.failedFuture(new Refusal(415, "a form is expected"));
        }
        return body(request)
                .timeout(BODY_SECONDS, TimeUnit.SECONDS)
                .recover(cause -> {
                    if (cause instanceof TimeoutException) {
                        request.connection().close();
                    }
                    return Future.failedFuture(cause);
                })
                .compose(body -> decode(body.toString(StandardCharsets.UTF_8)));
    }

    private static Future<Buffer> body(HttpServerRequest request) {
        var whole = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= LARGEST) {
                body.appendBuffer(chunk);
            } else {
                request.handler(rest -> {});
                request.response().putHeader("connection", "close");
                whole.tryFail(new Refusal(413, "too large"));
            }
        });
        request.exceptionHandler(broken -> whole.tryFail(new Refusal(400, "incomplete")));
        request.endHandler(end -> whole.tryComplete(body));
        return whole.future();
    }

    private static Future<Map<String, List<String>>> decode(String form) {
        try {
            var decoder = new QueryStringDecoder(form, StandardCharsets.UTF_8, false, MOST_PARAMETERS, true);
            return Future.succeededFuture(decoder.parameters());
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new Refusal(400, "malformed parameters"));
        }
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

    private static void refuse(RoutingContext routing, Throwable cause) {
        if (cause instanceof Refusal refusal) {
            log.warn("webhook refused [path: {}, status: {}]", routing.normalizedPath(), refusal.status());
            Answers.refuse(routing.response(), refusal.status(), String.valueOf(refusal.getMessage()));
        } else {
            log.error("webhook failed [path: {}]", routing.normalizedPath(), cause);
            Answers.refuse(routing.response(), 500, "internal error");
        }
    }
}
