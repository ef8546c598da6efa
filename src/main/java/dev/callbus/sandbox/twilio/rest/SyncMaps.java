package dev.callbus.sandbox.twilio.rest;

import java.util.Comparator;
import java.util.TreeMap;

/** The requests about maps. Source: twilio.com/docs/sync/api/map-resource */
final class SyncMaps {

    void mount(SyncRoutes routes) {
        routes.get("/:service/Maps", this::list);
        routes.post("/:service/Maps", this::create);
        routes.get("/:service/Maps/:map", this::fetch);
        routes.post("/:service/Maps/:map", this::update);
        routes.delete("/:service/Maps/:map", this::delete);
    }

    /** The map in a request's path. */
    static SyncMap find(SyncRequest request) {
        return request.service().maps().find(request.part("map"), request.now()).orElseThrow(request::notFound);
    }

    /** The map in a request's path, for a write that is not one too many. */
    static SyncMap findToWrite(SyncRequest request) {
        var map = find(request);
        request.limits().write("map-" + map.sid());
        return map;
    }

    /** The map in a request's path, for a read that is not one too many. */
    static SyncMap findToRead(SyncRequest request) {
        var map = find(request);
        request.limits().read("map-" + map.sid());
        return map;
    }

    private void list(SyncRequest request) {
        var service = request.service();
        request.limits().read("maps-" + service.sid());
        request.replyPage(
                "maps",
                service.maps().all(request.now()),
                SyncMap::place,
                Comparator.naturalOrder(),
                map -> request.json().map(service, map));
    }

    private void create(SyncRequest request) {
        var service = request.service();
        var form = request.form();
        request.limits().write("maps-" + service.sid());
        var life = SyncLife.begin(request.now(), SyncTtl.of(form, "CollectionTtl", "Ttl"));
        var name = service.maps().nameOfNew(form, request.now());
        var map = new SyncMap(Sid.create("MP"), name, life, new TreeMap<>());
        service.maps().put(map);
        reply(request, 201, map);
    }

    private void fetch(SyncRequest request) {
        reply(request, 200, findToRead(request));
    }

    private void update(SyncRequest request) {
        var map = findToWrite(request);
        var ttl = SyncTtl.of(request.form(), "CollectionTtl", "Ttl");
        request.demandOneOf(null, ttl);
        var changed = map.with(map.life().change(request.now(), ttl));
        request.service().maps().put(changed);
        reply(request, 200, changed);
    }

    private void delete(SyncRequest request) {
        request.service().maps().remove(findToWrite(request));
        request.replyDeleted();
    }

    private static void reply(SyncRequest request, int status, SyncMap map) {
        request.reply(status, map.life(), request.json().map(request.service(), map));
    }
}
