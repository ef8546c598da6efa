package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assets in Twilio Sync: a service {@code ConversationRelay} with the maps {@code Context} and {@code ToolManifest} and the document
 * {@code serverConfig}, made when they are missing. What the local files have and Sync has not is put there at the start; what
 * Sync has is never overwritten by a start. Changes are looked for every two seconds. While Sync can't be reached what was
 * read last serves, and at a start without Sync the local files do.
 */
public final class SyncSource implements AssetSource {
    private static final Logger log = LoggerFactory.getLogger(SyncSource.class);

    private static final String SERVICE = "ConversationRelay";
    private static final String CONTEXTS = "Context";
    private static final String MANIFESTS = "ToolManifest";
    private static final int LARGEST_DOCUMENT = 16 * 1024;
    private static final long POLL_MILLIS = 2000;
    private static final long SWEEP_MILLIS = 600_000;
    private static final int TRIES = 11;
    private static final long PAUSE_MILLIS = 2000;

    private final Vertx vertx;
    private final AssetSource local;
    private @Nullable Future<Store> store;
    private @Nullable RawAssets last;

    /** What the listener was last told to be there. */
    private @Nullable RawAssets told;

    private boolean away;
    private long poll = -1;
    private long sweep = -1;

    /** @param local the files that Sync is filled from */
    public SyncSource(Vertx vertx, AssetSource local) {
        this.vertx = vertx;
        this.local = local;
    }

    @Override
    public Future<RawAssets> read() {
        return store().compose(this::read).onSuccess(this::isBack).recover(this::isAway);
    }

    @Override
    public Future<Void> put(AssetKind kind, Map<String, String> texts) {
        return store().compose(open -> switch (kind) {
            case CONTEXT -> putAll(texts, (key, text) -> open.contexts.write(key, SyncText.ofContext(key, text)));
            case MANIFEST -> putAll(texts, (key, text) -> open.manifests.write(key, SyncText.ofManifest(key, text)));
            case SERVER_CONFIG -> configure(open, texts.getOrDefault(AssetKind.SERVER_CONFIG_KEY, "{}"), 1);
        });
    }

    @Override
    public Future<Void> delete(AssetKind kind, String key) {
        return store().compose(open -> switch (kind) {
            case CONTEXT -> open.contexts.delete(key);
            case MANIFEST -> open.manifests.delete(key);
            case SERVER_CONFIG ->
                Future.failedFuture(new BusException(Failure.BAD_REQUEST, "the server configuration can't be deleted"));
        });
    }

    @Override
    public void onChange(Runnable listener) {
        poll = vertx.setTimer(POLL_MILLIS, due -> {
            read().onComplete(done -> {
                if (last != null && !last.equals(told)) {
                    told = last;
                    listener.run();
                }
                if (poll != -1) {
                    onChange(listener);
                }
            });
        });
        if (sweep == -1) {
            sweep = vertx.setPeriodic(
                    SWEEP_MILLIS,
                    due -> store().onSuccess(open -> {
                        open.contexts.sweep();
                        open.manifests.sweep();
                    }));
        }
    }

    @Override
    public Future<Void> close() {
        vertx.cancelTimer(poll);
        vertx.cancelTimer(sweep);
        poll = -1;
        return local.close();
    }

    private Future<RawAssets> read(Store open) {
        var contexts = open.contexts.read();
        var manifests = open.manifests.read();
        var config = document(open);
        return Future.all(contexts, manifests, config)
                .map(all -> new RawAssets(
                        "Twilio Sync " + open.sid,
                        contexts.result(),
                        manifests.result(),
                        config.result().data()));
    }

    private void isBack(RawAssets read) {
        last = read;
        if (away) {
            away = false;
            log.info("Sync is back");
        }
    }

    private Future<RawAssets> isAway(Throwable cause) {
        if (!away) {
            away = true;
            log.warn("Sync can't be reached, what is known serves [cause: {}]", cause.getMessage());
        }
        if (Failure.of(cause) == Failure.NOT_FOUND) {
            store = null;
        }
        return last == null ? local.read() : Future.succeededFuture(last);
    }

    /** The service with its maps, found or made once. */
    private Future<Store> store() {
        if (store == null || store.failed()) {
            store = TwilioBus.SYNC_ENSURE
                    .send(
                            vertx,
                            new TwilioProtocol.EnsureSync(
                                    SERVICE, List.of(CONTEXTS, MANIFESTS), List.of(AssetKind.SERVER_CONFIG_KEY)))
                    .map(ready -> new Store(
                            ready.serviceSid(),
                            new SyncMap(vertx, ready.serviceSid(), CONTEXTS),
                            new SyncMap(vertx, ready.serviceSid(), MANIFESTS)))
                    .compose(open -> fill(open).map(open));
        }
        return store;
    }

    /** Puts there what only the files have. */
    private Future<Void> fill(Store open) {
        return local.read()
                .compose(files -> read(open).compose(there -> {
                    var contexts = without(files.contexts(), there.contexts());
                    var manifests = without(files.manifests(), there.manifests());
                    boolean unconfigured = SyncText.isSame(there.serverConfig(), "{}");
                    if (!contexts.isEmpty() || !manifests.isEmpty() || unconfigured) {
                        log.info(
                                "filling Sync from the files [contexts: {}, manifests: {}]",
                                contexts.keySet(),
                                manifests.keySet());
                    }
                    return putAll(contexts, (key, text) -> open.contexts.write(key, SyncText.ofContext(key, text)))
                            .compose(done -> putAll(
                                    manifests,
                                    (key, text) -> open.manifests.write(key, SyncText.ofManifest(key, text))))
                            .compose(done ->
                                    unconfigured ? configure(open, files.serverConfig(), 1) : Future.succeededFuture());
                }));
    }

    private static Map<String, String> without(Map<String, String> texts, Map<String, String> others) {
        return texts.entrySet().stream()
                .filter(entry -> !others.containsKey(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Future<TwilioProtocol.SyncItem> document(Store open) {
        return TwilioBus.SYNC_READ_DOCUMENT.send(
                vertx, new TwilioProtocol.ReadSyncDocument(open.sid, AssetKind.SERVER_CONFIG_KEY));
    }

    private Future<Void> configure(Store open, String text, int attempt) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST_DOCUMENT) {
            return Future.failedFuture(new BusException(
                    Failure.BAD_REQUEST, "the server configuration has more than 16 KiB, which Sync can't hold"));
        }
        return document(open).compose(there -> configure(open, text, there)).recover(cause -> {
            boolean hopeless = switch (Failure.of(cause)) {
                case UNAVAILABLE, BAD_GATEWAY, BUSY, TIMEOUT -> attempt == TRIES;
                case CONFLICT, BAD_REQUEST, NOT_FOUND, INTERNAL -> true;
            };
            return hopeless
                    ? Future.failedFuture(cause)
                    : vertx.timer(PAUSE_MILLIS).compose(pause -> configure(open, text, attempt + 1));
        });
    }

    /** Writes over what the new text was made from, and over nothing that somebody else has written since. */
    private Future<Void> configure(Store open, String text, TwilioProtocol.SyncItem there) {
        if (SyncText.isSame(there.data(), text)) {
            return Future.succeededFuture();
        }
        if (last != null && !SyncText.isSame(there.data(), last.serverConfig())) {
            return Future.failedFuture(new BusException(
                    Failure.CONFLICT, "the server configuration was changed by somebody else meanwhile"));
        }
        return TwilioBus.SYNC_WRITE_DOCUMENT
                .send(
                        vertx,
                        new TwilioProtocol.WriteSyncDocument(
                                open.sid, AssetKind.SERVER_CONFIG_KEY, text, there.revision()))
                .mapEmpty();
    }

    private static Future<Void> putAll(Map<String, String> texts, Writer writer) {
        Future<Void> written = Future.succeededFuture();
        for (var entry : texts.entrySet()) {
            written = written.compose(before -> writer.write(entry.getKey(), entry.getValue()));
        }
        return written;
    }

    /** Writes one text. */
    private interface Writer {
        Future<Void> write(String key, String text);
    }

    /** The service. */
    private record Store(String sid, SyncMap contexts, SyncMap manifests) {}
}
