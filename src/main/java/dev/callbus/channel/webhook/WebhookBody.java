package dev.callbus.channel.webhook;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The bodies of webhooks. */
final class WebhookBody {
    private static final long SECONDS = 10;
    private static final int MOST_PARAMETERS = 512;

    private WebhookBody() {}

    /** The media type without its parameters, in lower case; empty if there is none. */
    static String type(HttpServerRequest request) {
        var type = request.getHeader("content-type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The whole body as text; a {@link Refusal} with 413 if it has more bytes than that, with 400 if it breaks off. */
    static Future<String> read(HttpServerRequest request, int largest) {
        return body(request, largest)
                .timeout(SECONDS, TimeUnit.SECONDS)
                .recover(cause -> {
                    if (cause instanceof TimeoutException) {
                        request.connection().close();
                    }
                    return Future.failedFuture(cause);
                })
                .map(body -> body.toString(StandardCharsets.UTF_8));
    }

    /** The parameters of a form or a query; a {@link Refusal} with 400 if it is none. */
    static Future<Map<String, List<String>>> form(String form) {
        try {
            var decoder = new QueryStringDecoder(form, StandardCharsets.UTF_8, false, MOST_PARAMETERS, true);
            return Future.succeededFuture(decoder.parameters());
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new Refusal(400, "malformed parameters"));
        }
    }

    private static Future<Buffer> body(HttpServerRequest request, int largest) {
        var whole = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= largest) {
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
}
