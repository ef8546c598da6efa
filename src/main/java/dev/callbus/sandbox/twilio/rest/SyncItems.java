package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests about the items of maps. Source: twilio.com/docs/sync/api/map-item-resource */
final class SyncItems {
    private static final int MISMATCH = 54205;
    private static final int MAX_KEY = 320;

    void mount(SyncRoutes routes) {
        routes.get("/:service/Maps/:map/Items", this::list);
        routes.post("/:service/Maps/:map/Items", this::create);
        routes.get("/:service/Maps/:map/Items/:key", this::fetch);
        routes.post("/:service/Maps/:map/Items/:key", this::update);
        routes.delete("/:service/Maps/:map/Items/:key", this::delete);
    }

    private void list(SyncRequest request) {
        var map = SyncMaps.findToRead(request);
        var isRising = choice(request, "Order", "asc", "desc");
        request.replyPage(
                "items",
                from(alive(request, map), request, isRising),
                SyncItem::key,
                isRising ? Comparator.naturalOrder() : Comparator.reverseOrder(),
                item -> request.json().item(request.service(), map, item));
    }

    private static List<SyncItem> from(NavigableMap<String, SyncItem> items, SyncRequest request, boolean isRising) {
        var ordered = isRising ? items : items.descendingMap();
        var from = request.query().text("From");
        var isInclusive = choice(request, "Bounds", "inclusive", "exclusive");
        return List.copyOf((from == null ? ordered : ordered.tailMap(from, isInclusive)).values());
    }

    private static boolean choice(SyncRequest request, String name, String usual, String other) {
        var value = request.query().text(name);
        if (value != null && !Set.of(usual, other).contains(value)) {
            throw Form.invalid(name, value);
        }
        return !other.equals(value);
    }

    private void create(SyncRequest request) {
        var map = SyncMaps.findToWrite(request);
        var form = request.form();
        var key = form.text("Key");
        if (key == null || key.length() > MAX_KEY) {
            throw new RestError(400, 54209, "Invalid Map Item key");
        }
        var data = SyncData.of(form);
        if (data == null) {
            throw new RestError(400, 54206, "Invalid Map Item data");
        }
        var life = SyncLife.begin(request.now(), SyncTtl.of(form, "ItemTtl", "Ttl"));
        var collection = SyncTtl.of(form, "CollectionTtl");
        if (alive(request, map).containsKey(key)) {
            throw new RestError(409, 54208, "Map Item already exists");
        }
        put(request, map, new SyncItem(key, life, data), collection, 201);
    }

    private void fetch(SyncRequest request) {
        var map = SyncMaps.findToRead(request);
        var item = find(request, map);
        reply(request, 200, map, item);
    }

    private void update(SyncRequest request) {
        var map = SyncMaps.findToWrite(request);
        var item = find(request, map);
        var data = SyncData.of(request.form());
        var ttl = SyncTtl.of(request.form(), "ItemTtl", "Ttl");
        var collection = SyncTtl.of(request.form(), "CollectionTtl");
        request.demandOneOf(data, ttl);
        request.expect(item.life(), MISMATCH, "Map Item");
        var life = item.life().change(request.now(), ttl);
        put(request, map, new SyncItem(item.key(), life, data == null ? item.data() : data), collection, 200);
    }

    private void delete(SyncRequest request) {
        var map = SyncMaps.findToWrite(request);
        var item = find(request, map);
        request.expect(item.life(), MISMATCH, "Map Item");
        map.items().remove(item.key());
        change(request, map, new SyncTtl(null));
        request.replyDeleted();
    }

    private static void put(SyncRequest request, SyncMap map, SyncItem item, SyncTtl collection, int status) {
        map.items().put(item.key(), item);
        change(request, map, collection);
        reply(request, status, map, item);
    }

    private static void change(SyncRequest request, SyncMap map, SyncTtl collection) {
        request.service().maps().put(map.with(map.life().change(request.now(), collection)));
    }

    private static SyncItem find(SyncRequest request, SyncMap map) {
        @Nullable SyncItem item = alive(request, map).get(request.part("key"));
        if (item == null) {
            throw request.notFound();
        }
        return item;
    }

    private static NavigableMap<String, SyncItem> alive(SyncRequest request, SyncMap map) {
        map.items().values().removeIf(item -> item.life().isOver(request.now()));
        return map.items();
    }

    private static void reply(SyncRequest request, int status, SyncMap map, SyncItem item) {
        JsonObject body = request.json().item(request.service(), map, item);
        request.reply(status, item.life(), body);
    }
}
