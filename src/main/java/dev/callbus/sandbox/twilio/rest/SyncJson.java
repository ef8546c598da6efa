package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sync's objects as its REST API shows them.
 *
 * <p>Source: twilio.com/docs/sync/api
 *
 * @param base the scheme and authority by which the client reached the server
 */
record SyncJson(String accountSid, String base) {

    JsonObject service(SyncService service) {
        var url = url(service);
        var settings = service.settings();
        return new JsonObject()
                .put("sid", service.sid())
                .put("unique_name", service.uniqueName())
                .put("account_sid", accountSid)
                .put("friendly_name", settings.friendlyName())
                .put("date_created", date(service.created()))
                .put("date_updated", date(service.created()))
                .put("url", url)
                .put("webhook_url", settings.webhookUrl())
                .put("webhooks_from_rest_enabled", settings.webhooksFromRest())
                .put("reachability_webhooks_enabled", settings.reachabilityWebhooks())
                .put("acl_enabled", settings.acl())
                .put("reachability_debouncing_enabled", settings.debouncing())
                .put("reachability_debouncing_window", settings.debouncingWindow())
                .put("links", links(url, "documents", "lists", "maps", "streams"));
    }

    JsonObject document(SyncService service, SyncDocument document) {
        var url = url(service) + "/Documents/" + document.sid();
        return object(service, document.life(), url)
                .put("sid", document.sid())
                .put("unique_name", document.uniqueName())
                .put("data", document.data())
                .put("links", links(url, "permissions"));
    }

    JsonObject map(SyncService service, SyncMap map) {
        var url = url(service) + "/Maps/" + map.sid();
        return object(service, map.life(), url)
                .put("sid", map.sid())
                .put("unique_name", map.uniqueName())
                .put("links", links(url, "items", "permissions"));
    }

    JsonObject item(SyncService service, SyncMap map, SyncItem item) {
        var key = URLEncoder.encode(item.key(), StandardCharsets.UTF_8).replace("+", "%20");
        return object(service, item.life(), url(service) + "/Maps/" + map.sid() + "/Items/" + key)
                .put("key", item.key())
                .put("map_sid", map.sid())
                .put("data", item.data());
    }

    private JsonObject object(SyncService service, SyncLife life, String url) {
        return new JsonObject()
                .put("account_sid", accountSid)
                .put("service_sid", service.sid())
                .put("url", url)
                .put("revision", life.tag())
                .put("date_created", date(life.created()))
                .put("date_updated", date(life.updated()))
                .put("date_expires", date(life.expires()))
                .put("created_by", "system");
    }

    private String url(SyncService service) {
        return base + "/v1/Services/" + service.sid();
    }

    private static JsonObject links(String url, String... names) {
        var links = new JsonObject();
        for (var name : names) {
            links.put(name, url + "/" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        }
        return links;
    }

    private static @Nullable String date(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
