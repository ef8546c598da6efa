package dev.callbus.twilio;

import static dev.callbus.twilio.PlayedTwilio.answer;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Twilio Sync as the tests play it: services, maps with items, documents, revisions, and pages of {@link #pageSize}. */
final class PlayedSync {
    final List<JsonObject> services = new CopyOnWriteArrayList<>();
    /** Maps and documents by their path below the service; the items of a map in order. */
    final Map<String, Map<String, JsonObject>> maps = new ConcurrentHashMap<>();

    final Map<String, JsonObject> documents = new ConcurrentHashMap<>();
    final AtomicInteger revisions = new AtomicInteger();
    volatile int pageSize = 100;
    volatile boolean emptyPageInTheMiddle;
    volatile @Nullable JsonObject rival;

    static JsonObject service(String sid, String name, String created) {
        return new JsonObject().put("sid", sid).put("friendly_name", name).put("date_created", created);
    }

    void serve(HttpServerRequest request, MultiMap form) {
        var path = request.path().substring("/v1/Services".length());
        var pieces = path.split("/", -1);
        boolean post = request.method().name().equals("POST");
        if (pieces.length == 1) {
            services(request, form, post);
        } else if (pieces[2].equals("Documents")) {
            document(request, form, post, pieces.length == 3 ? form.get("UniqueName") : pieces[3]);
        } else if (pieces.length <= 4) {
            map(request, post, pieces.length == 3 ? form.get("UniqueName") : pieces[3]);
        } else {
            items(request, form, post, maps.get(pieces[3]), pieces.length == 5 ? null : pieces[5]);
        }
    }

    private void services(HttpServerRequest request, MultiMap form, boolean post) {
        if (!post) {
            page(request, "services", services);
            return;
        }
        if (rival != null) {
            services.add(rival);
        }
        var made = service("IS" + services.size(), form.get("FriendlyName"), "2026-11-21T10:00:00Z");
        services.add(made);
        answer(request, 201, made.encode());
    }

    private void map(HttpServerRequest request, boolean post, String name) {
        if (post) {
            boolean made = maps.putIfAbsent(name, new LinkedHashMap<>()) == null;
            answer(request, made ? 201 : 409, made ? "{\"sid\":\"MP1\"}" : "{\"code\":54301,\"message\":\"exists\"}");
        } else {
            boolean there = maps.containsKey(name);
            answer(request, there ? 200 : 404, there ? "{\"sid\":\"MP1\"}" : "{\"code\":20404,\"message\":\"no\"}");
        }
    }

    private void document(HttpServerRequest request, MultiMap form, boolean post, String name) {
        boolean creates = request.path().endsWith("/Documents");
        change(request, form, post, creates, documents, "unique_name", name, 54103);
    }

    private void items(
            HttpServerRequest request,
            MultiMap form,
            boolean post,
            @Nullable Map<String, JsonObject> items,
            @Nullable String key) {
        if (items == null) {
            answer(request, 404, "{\"code\":20404,\"message\":\"no map\"}");
        } else if (key == null && !post) {
            page(request, "items", List.copyOf(items.values()));
        } else {
            change(request, form, post, key == null, items, "key", key == null ? form.get("Key") : key, 54205);
        }
    }

    private void change(
            HttpServerRequest request,
            MultiMap form,
            boolean post,
            boolean creates,
            Map<String, JsonObject> all,
            String naming,
            String name,
            int mismatch) {
        var old = all.get(name);
        var expected = request.getHeader("If-Match");
        if (creates == (old != null)) {
            answer(request, creates ? 409 : 404, "{\"code\":54208,\"message\":\"exists or not\"}");
        } else if (old != null && expected != null && !expected.equals(old.getString("revision"))) {
            answer(request, 412, "{\"code\":" + mismatch + ",\"message\":\"revision\"}");
        } else if (request.method().name().equals("DELETE")) {
            all.remove(name);
            answer(request, 204, "");
        } else if (!post && old != null) {
            answer(request, 200, old.encode());
        } else {
            var made = new JsonObject()
                    .put(naming, name)
                    .put("data", new JsonObject(form.get("Data")))
                    .put("revision", "r" + revisions.incrementAndGet())
                    .put("date_updated", "2026-11-21T10:00:00Z");
            all.put(name, made);
            answer(request, creates ? 201 : 200, made.encode());
        }
    }

    private void page(HttpServerRequest request, String name, List<JsonObject> all) {
        var asked = request.getParam("Page");
        int page = asked == null ? 0 : Integer.parseInt(asked);
        boolean skips = emptyPageInTheMiddle && page == 1;
        int index = emptyPageInTheMiddle && page > 1 ? page - 1 : page;
        int from = Math.min(all.size(), index * pageSize);
        int to = Math.min(all.size(), from + pageSize);
        var records = new ArrayList<JsonObject>(skips ? List.of() : all.subList(from, to));
        boolean more = skips || to < all.size();
        var meta = new JsonObject()
                .put("url", "https://sync.twilio.com" + request.path())
                .put("page_size", pageSize)
                .put("key", name)
                .putNull("previous_page_url")
                .put("first_page_url", "https://sync.twilio.com" + request.path())
                .put(
                        "next_page_url",
                        more ? "https://sync.twilio.com" + request.path() + "?PageSize=100&Page=" + (page + 1) : null);
        answer(
                request,
                200,
                new JsonObject()
                        .put(name, new JsonArray(records))
                        .put("meta", meta)
                        .encode());
    }
}
