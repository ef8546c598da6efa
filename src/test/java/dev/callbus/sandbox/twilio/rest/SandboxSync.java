package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** A Sync server with its client, for a test; its clock stands still, and it can be killed and revived. */
final class SandboxSync implements AutoCloseable {
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    final SettableClock clock = new SettableClock();
    private final TwilioOpenApi document = TwilioOpenApi.load("twilio_sync_v1");
    private final Vertx vertx = Vertx.vertx();
    private final SyncStore store = new SyncStore();
    private final SyncOptions options;
    private SyncResource resource;
    private RestServer server;

    private SandboxSync(int writes, int reads, Duration burst) {
        options = SyncOptions.lifelike(ACCOUNT).withClock(clock).withRates(writes, reads, burst);
        resource = new SyncResource(store, options);
        server = serve();
    }

    /** One with Twilio's limits. */
    static SandboxSync lifelike() {
        return new SandboxSync(20, 20, Duration.ofSeconds(10));
    }

    /** One with other limits. */
    static SandboxSync limited(int writes, int reads, Duration burst) {
        return new SandboxSync(writes, reads, burst);
    }

    TwilioClient client() {
        return new TwilioClient(vertx, document, server.baseUrl(), ACCOUNT, TOKEN);
    }

    RestFaults faults() {
        return resource.faults();
    }

    String baseUrl() {
        return server.baseUrl();
    }

    void kill() {
        TwilioClient.await(server.close());
    }

    void revive() {
        resource = new SyncResource(store, options);
        server = serve();
    }

    private RestServer serve() {
        return TwilioClient.await(new RestServer(vertx, ACCOUNT, TOKEN, List.of(resource), 0).start());
    }

    @Override
    public void close() {
        TwilioClient.await(vertx.close());
    }
}
