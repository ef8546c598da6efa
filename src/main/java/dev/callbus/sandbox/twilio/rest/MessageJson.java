package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Messages as an account's REST API shows them. Source: twilio.com/docs/messaging/api/message-resource */
record MessageJson(String accountSid) {
    private static final String VERSION = "2010-04-01";
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** One message. */
    JsonObject of(Message message) {
        var path = list() + "/" + message.sid();
        return new JsonObject()
                .put("account_sid", accountSid)
                .put("api_version", VERSION)
                .put("body", message.body())
                .put("date_created", date(message.created()))
                .put("date_sent", date(message.sent()))
                .put("date_updated", date(message.updated()))
                .put("direction", "outbound-api")
                .putNull("error_code")
                .putNull("error_message")
                .put("from", message.from())
                .putNull("messaging_service_sid")
                .put("num_media", String.valueOf(message.mediaUrls().size()))
                .put("num_segments", String.valueOf(Segments.count(message.body())))
                .putNull("price")
                .put("price_unit", "USD")
                .put("sid", message.sid())
                .put("status", message.status().word())
                .put("subresource_uris", new JsonObject().put("media", path + "/Media.json"))
                .put("to", message.to())
                .put("uri", path + ".json");
    }

    /** A page of messages. */
    JsonObject of(Paging.Page<Message> page) {
        var paging = page.paging();
        var start = paging.page() * paging.size();
        var path = list() + ".json";
        return new JsonObject()
                .put(
                        "messages",
                        new JsonArray(page.entries().stream().map(this::of).toList()))
                .put("page", paging.page())
                .put("page_size", paging.size())
                .put("start", start)
                .put("end", start + Math.max(0, page.entries().size() - 1))
                .put("uri", path + paging.own())
                .put("first_page_uri", path + paging.first())
                .put("next_page_uri", page.next() == null ? null : path + page.next())
                .put("previous_page_uri", page.previous() == null ? null : path + page.previous());
    }

    private String list() {
        return "/" + VERSION + "/Accounts/" + accountSid + "/Messages";
    }

    private static @Nullable String date(@Nullable Instant time) {
        return time == null ? null : RFC_2822.format(time);
    }
}
