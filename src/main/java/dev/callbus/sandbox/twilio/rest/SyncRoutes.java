package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/** The paths below {@code /v1/Services}; each request to one holds the store's lock. */
record SyncRoutes(Router router, SyncStore store, SyncOptions options, SyncLimits limits, RestFaults faults) {
    private static final String ROOT = "/v1/Services";

    void get(String path, Consumer<SyncRequest> handler) {
        mount(HttpMethod.GET, path, handler);
    }

    void post(String path, Consumer<SyncRequest> handler) {
        mount(HttpMethod.POST, path, handler);
    }

    void delete(String path, Consumer<SyncRequest> handler) {
        mount(HttpMethod.DELETE, path, handler);
    }

    private void mount(HttpMethod method, String path, Consumer<SyncRequest> handler) {
        router.route(method, ROOT + path).handler(faults::meet).handler(routing -> {
            synchronized (store) {
                handler.accept(request(routing));
            }
        });
    }

    private SyncRequest request(RoutingContext routing) {
        var http = routing.request();
        var json = new SyncJson(options.accountSid(), http.scheme() + "://" + http.authority());
        return new SyncRequest(routing, store, limits, json, options.clock().instant());
    }
}
