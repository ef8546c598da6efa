package dev.callbus.asset;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.twilio.TwilioProtocol.SyncItem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Twilio Sync as Twilio control shows it, in memory: revisions, the limit of 16 KiB, and faults when a test wants them. */
final class FakeSync {
    final Map<String, Map<String, SyncItem>> maps = new ConcurrentHashMap<>();
    final AtomicInteger writes = new AtomicInteger();
    volatile int failAfterWrites = Integer.MAX_VALUE;
    volatile boolean down;
    volatile boolean loseAnswers;
    private volatile boolean gone;
    volatile Instant clock = Instant.parse("2026-11-21T10:00:00Z");
    private volatile SyncItem document = new SyncItem("serverConfig", "{}", "0", "2026-11-21T10:00:00Z");

    static FakeSync on(Vertx vertx) throws TimeoutException {
        var sync = new FakeSync();
        sync.maps.put("Context", new TreeMap<>());
        sync.maps.put("ToolManifest", new TreeMap<>());
        Future.all(List.of(
                        TwilioBus.SYNC_ENSURE.serve(vertx, ask -> sync.up(sync::ensured)),
                        TwilioBus.SYNC_READ_MAP.serve(
                                vertx,
                                ask -> sync.up(() -> new TwilioProtocol.SyncItems(
                                        List.copyOf(sync.map(ask.map()).values())))),
                        TwilioBus.SYNC_READ_DOCUMENT.serve(vertx, ask -> sync.up(sync::read)),
                        TwilioBus.SYNC_WRITE_ITEM.serve(vertx, ask -> sync.write(() -> sync.write(ask))),
                        TwilioBus.SYNC_WRITE_DOCUMENT.serve(vertx, ask -> sync.write(() -> sync.write(ask))),
                        TwilioBus.SYNC_DELETE_ITEM.serve(vertx, ask -> sync.write(() -> sync.delete(ask)))))
                .await(5, SECONDS);
        return sync;
    }

    Map<String, SyncItem> map(String name) {
        return Objects.requireNonNull(maps.get(name));
    }

    String document() {
        return document.data();
    }

    void document(String data) {
        document = item("serverConfig", data, Integer.parseInt(document.revision()) + 1);
    }

    /** Somebody deletes the document. */
    void deleteDocument() {
        gone = true;
    }

    private TwilioProtocol.SyncReady ensured() {
        if (gone) {
            gone = false;
            document("{}");
        }
        return new TwilioProtocol.SyncReady("IS1");
    }

    private SyncItem read() {
        if (gone) {
            throw new BusException(Failure.NOT_FOUND, "20404");
        }
        return document;
    }

    private <T> Future<T> up(Supplier<T> work) {
        if (down) {
            return Future.failedFuture(new BusException(Failure.UNAVAILABLE, "Sync is down"));
        }
        try {
            return Future.succeededFuture(work.get());
        } catch (BusException e) {
            return Future.failedFuture(e);
        }
    }

    private <T> Future<T> write(Supplier<T> work) {
        if (writes.incrementAndGet() > failAfterWrites) {
            down = true;
        }
        return up(() -> {
            var answer = work.get();
            if (loseAnswers) {
                throw new BusException(Failure.BAD_GATEWAY, "the answer was lost");
            }
            return answer;
        });
    }

    private SyncItem write(TwilioProtocol.WriteSyncItem ask) {
        if (ask.data().length() > 16 * 1024) {
            throw new BusException(Failure.BAD_REQUEST, "54006: too large");
        }
        var before = map(ask.map()).get(ask.key());
        if ((before == null) != (ask.revision() == null)
                || (before != null && !before.revision().equals(ask.revision()))) {
            throw new BusException(Failure.CONFLICT, "54205: revision");
        }
        var written = item(ask.key(), ask.data(), before == null ? 0 : Integer.parseInt(before.revision()) + 1);
        map(ask.map()).put(ask.key(), written);
        return written;
    }

    private SyncItem write(TwilioProtocol.WriteSyncDocument ask) {
        if (!document.revision().equals(ask.revision())) {
            throw new BusException(Failure.CONFLICT, "54103: revision");
        }
        document(ask.data());
        return document;
    }

    private TwilioProtocol.Done delete(TwilioProtocol.DeleteSyncItem ask) {
        if (map(ask.map()).remove(ask.key()) == null) {
            throw new BusException(Failure.NOT_FOUND, "20404");
        }
        return new TwilioProtocol.Done();
    }

    private SyncItem item(String key, String data, int revision) {
        return new SyncItem(key, data, String.valueOf(revision), String.valueOf(clock));
    }
}
