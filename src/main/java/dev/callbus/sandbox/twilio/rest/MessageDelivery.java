package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.WebhookClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports of a message's way to the client's StatusCallback. Source: twilio.com/docs/messaging/guides/track-outbound-message-status */
final class MessageDelivery {
    private static final Logger log = LoggerFactory.getLogger(MessageDelivery.class);

    private final String accountSid;
    private final WebhookClient webhooks;

    MessageDelivery(Vertx vertx, PhoneNetworkOptions network) {
        this.accountSid = network.accountSid();
        this.webhooks = new WebhookClient(vertx, network);
    }

    /** Reports a message's status, if asked to; succeeds when the client has answered or couldn't be told. */
    Future<Void> report(Message message, @Nullable URI callback) {
        if (callback == null) {
            return Future.succeededFuture();
        }
        return webhooks.request("POST", callback, parameters(message))
                .<Void>mapEmpty()
                .otherwise(cause -> {
                    log.warn("status callback failed [message: {}, cause: {}]", message.sid(), cause.getMessage());
                    return null;
                });
    }

    Future<Void> close() {
        return webhooks.close();
    }

    private Map<String, String> parameters(Message message) {
        return Map.of(
                "AccountSid", accountSid,
                "ApiVersion", "2010-04-01",
                "MessageSid", message.sid(),
                "MessageStatus", message.status().word(),
                "SmsSid", message.sid(),
                "SmsStatus", message.status().word(),
                "From", message.from(),
                "To", message.to());
    }
}
