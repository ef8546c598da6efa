package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request to Sync at a time, with what it is about. */
record SyncRequest(RoutingContext routing, SyncStore store, SyncLimits limits, SyncJson json, Instant now) {
    private static final int MAX_PAGE = 100;

    Form form() {
        return new Form(routing.request().formAttributes());
    }

    Form query() {
        return new Form(routing.queryParams());
    }

    /** A part of the path. */
    String part(String name) {
        return routing.pathParam(name);
    }

    /** The service in the path. */
    SyncService service() {
        return store.service(part("service"), now).orElseThrow(this::notFound);
    }

    /** Twilio's refusal of a path where nothing is. */
    RestError notFound() {
        return RestServer.notFound(routing);
    }

    /**
     * Refuses with 412 and this code if the client expects another revision than the actual one, and with 400 and 54003 if what
     * it expects is none. Source: twilio.com/docs/sync/mutation-and-conflict-resolution
     */
    void expect(SyncLife actual, int mismatch, String what) {
        var expected = routing.request().getHeader("if-match");
        if (expected == null) {
            return;
        }
        if (!expected.matches("[0-9a-f]{1,16}")) {
            throw new RestError(400, 54003, "Invalid If-Match header");
        }
        if (!expected.equals(actual.tag())) {
            throw new RestError(412, mismatch, what + " revision mismatch");
        }
    }

    /** Refuses with 400 and 54010 an update of nothing. */
    void demandOneOf(@Nullable JsonObject data, SyncTtl ttl) {
        if (data == null && !ttl.isGiven()) {
            throw new RestError(400, 54010, "No parameters specified");
        }
    }

    /** Answers with an object, whose revision is its ETag. */
    void reply(int status, SyncLife life, JsonObject body) {
        routing.response().putHeader("etag", life.tag());
        RestReply.send(routing, status, body);
    }

    /** Answers with a service. */
    void reply(int status, JsonObject body) {
        RestReply.send(routing, status, body);
    }

    void replyDeleted() {
        RestReply.sendDeleted(routing);
    }

    /** Answers with the page that is asked for. */
    <T> void replyPage(
            String key,
            List<T> all,
            Function<T, String> cursors,
            Comparator<String> order,
            Function<T, JsonObject> json) {
        var page = Paging.of(routing.queryParams(), MAX_PAGE).of(all, cursors, order);
        var path = this.json.base() + routing.request().path();
        var paging = page.paging();
        var meta = new JsonObject()
                .put("page", paging.page())
                .put("page_size", paging.size())
                .put("first_page_url", path + paging.first())
                .put("previous_page_url", page.previous() == null ? null : path + page.previous())
                .put("url", path + paging.own())
                .put("next_page_url", page.next() == null ? null : path + page.next())
                .put("key", key);
        var entries = new JsonArray(page.entries().stream().map(json).toList());
        RestReply.send(routing, 200, new JsonObject().put("meta", meta).put(key, entries));
    }
}
