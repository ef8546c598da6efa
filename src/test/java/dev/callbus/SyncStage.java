package dev.callbus;

import static dev.callbus.RecordingProxy.await;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callbus.asset.AssetKind;
import dev.callbus.asset.AssetSource;
import dev.callbus.asset.RawAssets;
import dev.callbus.asset.SyncSource;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.Secret;
import dev.callbus.config.TwilioSettings;
import dev.callbus.sandbox.twilio.rest.RestFaults;
import dev.callbus.sandbox.twilio.rest.RestServer;
import dev.callbus.sandbox.twilio.rest.SyncOptions;
import dev.callbus.sandbox.twilio.rest.SyncResource;
import dev.callbus.sandbox.twilio.rest.SyncStore;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.twilio.TwilioVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** The sandbox's Sync, which can go away and come back, and nodes that keep their assets there. */
final class SyncStage implements AutoCloseable {
    static final SyncOptions UNLIMITED =
            SyncOptions.lifelike(TestNode.ACCOUNT_SID).withRates(1000, 1000, Duration.ofSeconds(10));

    private static final Duration AWAY = Duration.ofSeconds(1);
    private static final RawAssets FILES = new RawAssets(
            "files", Map.of("defaultContext", "Be helpful."), Map.of("none", "{\"tools\":[]}"), "{\"a\":1}");

    private final Vertx vertx = Vertx.vertx();
    private final SyncStore store = new SyncStore();
    private SyncResource sync = new SyncResource(store, UNLIMITED);
    private RestServer server;
    final RecordingProxy proxy = new RecordingProxy(vertx, () -> server.baseUrl());

    SyncStage() throws TimeoutException {
        server = await(server().start());
        await(proxy.open());
    }

    /** A node with its own Vert.x. */
    record SyncNode(Vertx vertx, SyncSource source) {
        void put(String key, String text) throws TimeoutException {
            source.put(AssetKind.CONTEXT, Map.of(key, text)).await(25, SECONDS);
        }

        String read(String key) throws TimeoutException {
            return await(source.read()).contexts().getOrDefault(key, "");
        }
    }

    SyncNode node() throws TimeoutException {
        var node = Vertx.vertx();
        ProtocolCodec.install(node, List.of(TwilioProtocol.class));
        var settings = new TwilioSettings(
                TestNode.ACCOUNT_SID,
                List.of(new Secret(TestNode.AUTH_TOKEN)),
                true,
                null,
                null,
                null,
                proxy.url(),
                null,
                null);
        await(node.deployVerticle(new TwilioVerticle(settings)));
        return new SyncNode(node, new SyncSource(node, new Files()));
    }

    RestFaults faults() {
        return sync.faults();
    }

    /** Cuts the way to Sync and closes it. */
    Future<Void> kill() {
        proxy.cut();
        return server.close();
    }

    /** Has Sync back with what it knew, where its users look for it. */
    Future<Void> revive(SyncOptions options) {
        sync = new SyncResource(store, options);
        return server().start().map(started -> {
            server = started;
            proxy.mend();
            return null;
        });
    }

    /** Has Sync away for a second, from now on. */
    Future<Void> interrupt() {
        return kill().onComplete(gone -> vertx.timer(AWAY.toMillis()).compose(due -> revive(UNLIMITED)));
    }

    /** The items of the contexts' map by key. */
    Map<String, JsonObject> items(SyncNode node) throws TimeoutException {
        var ready = await(TwilioBus.SYNC_ENSURE.send(
                node.vertx(), new TwilioProtocol.EnsureSync("ConversationRelay", List.of("Context"), List.of())));
        var items = new TreeMap<String, JsonObject>();
        await(TwilioBus.SYNC_READ_MAP.send(node.vertx(), new TwilioProtocol.ReadSyncMap(ready.serviceSid(), "Context")))
                .items()
                .forEach(item -> items.put(item.key(), new JsonObject(item.data())));
        return items;
    }

    private RestServer server() {
        return new RestServer(vertx, TestNode.ACCOUNT_SID, TestNode.AUTH_TOKEN, List.of(sync), 0);
    }

    @Override
    public void close() throws TimeoutException {
        await(vertx.close());
    }

    /** The local files. */
    private static final class Files implements AssetSource {
        @Override
        public Future<RawAssets> read() {
            return Future.succeededFuture(FILES);
        }

        @Override
        public Future<Void> put(AssetKind kind, Map<String, String> texts) {
            return Future.failedFuture("read only");
        }

        @Override
        public Future<Void> delete(AssetKind kind, String key) {
            return Future.failedFuture("read only");
        }

        @Override
        public void onChange(Runnable listener) {}

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
