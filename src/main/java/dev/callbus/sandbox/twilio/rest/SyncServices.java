package dev.callbus.sandbox.twilio.rest;

import java.util.Comparator;

/** The requests about services. Source: twilio.com/docs/sync/api/service */
final class SyncServices {

    void mount(SyncRoutes routes) {
        routes.get("", this::list);
        routes.post("", this::create);
        routes.get("/:service", this::fetch);
    }

    private void list(SyncRequest request) {
        request.replyPage(
                "services",
                request.store().services(request.now()),
                service -> SyncLife.place(service.created(), service.sid()),
                Comparator.naturalOrder(),
                request.json()::service);
    }

    private void create(SyncRequest request) {
        var service = SyncService.create(null, SyncService.Settings.of(request.form()), request.now());
        request.store().services(request.now());
        request.store().put(service);
        request.reply(201, request.json().service(service));
    }

    private void fetch(SyncRequest request) {
        request.reply(200, request.json().service(request.service()));
    }
}
