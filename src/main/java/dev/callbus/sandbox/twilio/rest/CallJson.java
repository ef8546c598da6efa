package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.CallRecord;
import dev.callbus.sandbox.twilio.CallStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls as an account's REST API shows them. Source: twilio.com/docs/voice/api/call-resource */
record CallJson(String accountSid) {
    private static final String VERSION = "2010-04-01";
    private static final List<String> SUBRESOURCES = List.of(
            "notifications",
            "recordings",
            "payments",
            "events",
            "siprec",
            "streams",
            "transcriptions",
            "user_defined_message_subscriptions",
            "user_defined_messages");
    private static final Pattern NORTH_AMERICAN = Pattern.compile("\\+1(\\d{3})(\\d{3})(\\d{4})");
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** One call. */
    JsonObject of(CallRecord call) {
        var path = list() + "/" + call.callSid();
        var subresources = new JsonObject();
        SUBRESOURCES.forEach(name -> subresources.put(name, path + "/" + camel(name) + ".json"));
        boolean completed = call.status() == CallStatus.COMPLETED;
        return new JsonObject()
                .put("account_sid", accountSid)
                .put("answered_by", call.answeredBy())
                .put("api_version", VERSION)
                .put("caller_name", null)
                .put("date_created", date(call.created()))
                .put("date_updated", date(call.updated()))
                .put("direction", call.direction())
                .put("duration", completed ? String.valueOf(call.duration().toSeconds()) : null)
                .put("end_time", date(call.ended()))
                .put("forwarded_from", null)
                .put("from", call.from())
                .put("from_formatted", formatted(call.from()))
                .put("group_sid", null)
                .put("parent_call_sid", null)
                .put("phone_number_sid", null)
                .put("price", null)
                .put("price_unit", "USD")
                .put("queue_time", String.valueOf(call.queued().toMillis()))
                .put("sid", call.callSid())
                .put("start_time", date(call.dialled()))
                .put("status", status(call.status()))
                .put("subresource_uris", subresources)
                .put("to", call.to())
                .put("to_formatted", formatted(call.to()))
                .put("trunk_sid", null)
                .put("uri", path + ".json");
    }

    /** A page of calls. */
    JsonObject of(Paging.Page<CallRecord> page) {
        var paging = page.paging();
        var start = paging.page() * paging.size();
        var path = list() + ".json";
        return new JsonObject()
                .put(
                        "calls",
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

    /** A status as a resource shows it: what a callback calls {@code initiated} is still {@code queued} there. */
    static String status(CallStatus status) {
        return (status == CallStatus.INITIATED ? CallStatus.QUEUED : status).wire();
    }

    /** A number for display: North American ones without their country code. */
    private static String formatted(String number) {
        var parts = NORTH_AMERICAN.matcher(number);
        return parts.matches() ? "(%s) %s-%s".formatted(parts.group(1), parts.group(2), parts.group(3)) : number;
    }

    private String list() {
        return "/" + VERSION + "/Accounts/" + accountSid + "/Calls";
    }

    private static String camel(String name) {
        var camel = new StringBuilder();
        for (var word : name.split("_", -1)) {
            camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return camel.toString();
    }

    private static @Nullable String date(@Nullable Instant time) {
        return time == null ? null : RFC_2822.format(time);
    }
}
