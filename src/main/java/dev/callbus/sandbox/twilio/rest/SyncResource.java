package dev.callbus.sandbox.twilio.rest;

import io.vertx.ext.web.Router;

/**
 * Twilio Sync: services, their documents, and their maps with items.
 *
 * <p>Source: twilio.com/docs/sync/api
 */
public final class SyncResource implements RestResource {
    private final SyncStore store;
    private final SyncOptions options;
    private final RestFaults faults = new RestFaults();

    /** Sync with what is in a store. */
    public SyncResource(SyncStore store, SyncOptions options) {
        this.store = store;
        this.options = options;
    }

    /** Orders troubles for the next requests. */
    public RestFaults faults() {
        return faults;
    }

    @Override
    public void mount(Router router) {
        var routes = new SyncRoutes(router, store, options, new SyncLimits(options), faults);
        new SyncServices().mount(routes);
        new SyncDocuments().mount(routes);
        new SyncMaps().mount(routes);
        new SyncItems().mount(routes);
    }
}
