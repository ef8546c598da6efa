package dev.callbus.asset;

import dev.callbus.bus.Failure;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.twilio.TwilioProtocol.SyncItem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one Sync map. Writes are made so that they may be broken off anywhere and begun again: parts first, then the head
 * with the revision that was seen, then away with the parts of the text before. What others wrote in between is seen and the
 * write begun anew, so the last writer wins and nobody reads half.
 */
final class SyncMap {
    private static final int TRIES = 11;
    private static final long FIRST_PAUSE_MILLIS = 300;
    private static final long LONGEST_PAUSE_MILLIS = 3000;

    /** Parts that no head names are somebody's upload under way, or, after so long, one that broke off. */
    private static final Duration UPLOAD = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final String service;
    private final String name;

    SyncMap(Vertx vertx, String service, String name) {
        this.vertx = vertx;
        this.service = service;
        this.name = name;
    }

    /** All texts by key; one whose parts aren't complete is left out. */
    Future<Map<String, String>> read() {
        return items().map(items -> {
            var texts = new TreeMap<String, String>();
            items.values().stream()
                    .filter(item -> !SyncText.isPart(item))
                    .forEach(head -> SyncText.read(head, items).ifPresent(text -> texts.put(head.key(), text)));
            return texts;
        });
    }

    /** Writes one text. */
    Future<Void> write(String key, SyncText text) {
        return again(1, () -> items().compose(items -> write(key, text, items)));
    }

    /** Removes a text; none there is success. */
    Future<Void> delete(String key) {
        return again(
                1,
                () -> items().compose(items -> {
                    var head = items.get(key);
                    return head == null
                            ? Future.<Void>succeededFuture()
                            : delete(head).compose(gone -> sweep(items, null, key));
                }));
    }

    private Future<Void> write(String key, SyncText text, Map<String, SyncItem> items) {
        Future<Void> written = Future.succeededFuture();
        for (var part : text.parts().entrySet()) {
            if (!items.containsKey(part.getKey())) {
                written = written.compose(before -> create(part.getKey(), part.getValue()));
            }
        }
        var head = items.get(key);
        if (head == null || !SyncText.isSame(head.data(), text.head())) {
            written = written.compose(parts -> TwilioBus.SYNC_WRITE_ITEM
                    .send(
                            vertx,
                            new TwilioProtocol.WriteSyncItem(
                                    service, name, key, text.head(), head == null ? null : head.revision()))
                    .mapEmpty());
        }
        var kept = text.parts().keySet().stream()
                .findFirst()
                .map(part -> part.substring(0, part.lastIndexOf('.')))
                .orElse(null);
        return written.compose(done -> sweep(items, kept, key));
    }

    /** A part that is there already is the same one: its key names its content. */
    private Future<Void> create(String key, String data) {
        return TwilioBus.SYNC_WRITE_ITEM
                .send(vertx, new TwilioProtocol.WriteSyncItem(service, name, key, data, null))
                .<Void>mapEmpty()
                .recover(cause ->
                        Failure.of(cause) == Failure.CONFLICT ? Future.succeededFuture() : Future.failedFuture(cause));
    }

    /** Removes parts that were broken off long ago. Its failure doesn't matter: the next sweep finds them again. */
    Future<Void> sweep() {
        return items().compose(items -> {
            var named = items.values().stream()
                    .filter(item -> !SyncText.isPart(item))
                    .flatMap(head -> SyncText.partsOf(head).stream())
                    .collect(Collectors.toSet());
            return deleteAll(items.values().stream()
                    .filter(item -> SyncText.textOf(item)
                            .filter(text -> !named.contains(text))
                            .isPresent())
                    .filter(item -> age(item).compareTo(UPLOAD) > 0)
                    .toList());
        });
    }

    /** Removes the parts of other texts of this key than the one that is kept. */
    private Future<Void> sweep(Map<String, SyncItem> items, @Nullable String kept, String key) {
        var head = items.get(key);
        var before = head == null ? Optional.<String>empty() : SyncText.partsOf(head);
        return deleteAll(items.values().stream()
                .filter(item -> SyncText.textOf(item)
                        .filter(text -> before.isPresent() && text.equals(before.get()) && !text.equals(kept))
                        .isPresent())
                .toList());
    }

    private Future<Void> deleteAll(List<SyncItem> items) {
        Future<Void> gone = Future.succeededFuture();
        for (var item : items) {
            gone = gone.compose(before -> delete(item).otherwiseEmpty());
        }
        return gone;
    }

    private Future<Void> delete(SyncItem item) {
        return TwilioBus.SYNC_DELETE_ITEM
                .send(vertx, new TwilioProtocol.DeleteSyncItem(service, name, item.key(), item.revision()))
                .<Void>mapEmpty()
                .recover(cause ->
                        Failure.of(cause) == Failure.NOT_FOUND ? Future.succeededFuture() : Future.failedFuture(cause));
    }

    private Future<Map<String, SyncItem>> items() {
        return TwilioBus.SYNC_READ_MAP
                .send(vertx, new TwilioProtocol.ReadSyncMap(service, name))
                .map(read -> {
                    var items = new LinkedHashMap<String, SyncItem>();
                    read.items().forEach(item -> items.put(item.key(), item));
                    return items;
                });
    }

    /** Does it from the beginning when somebody else wrote, when the store was away, and when its answer was lost. */
    private <T> Future<T> again(int attempt, Supplier<Future<T>> work) {
        return work.get().recover(cause -> switch (Failure.of(cause)) {
            case CONFLICT, UNAVAILABLE, BAD_GATEWAY, BUSY, TIMEOUT ->
                attempt == TRIES
                        ? Future.failedFuture(cause)
                        : vertx.timer(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << (attempt - 1)))
                                .compose(pause -> again(attempt + 1, work));
            case BAD_REQUEST, NOT_FOUND, INTERNAL -> Future.failedFuture(cause);
        });
    }

    private static Duration age(SyncItem item) {
        try {
            return Duration.between(Instant.parse(item.updatedAt()), Instant.now());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
