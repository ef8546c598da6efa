package dev.callbus.asset;

import dev.callbus.bus.Failure;
import dev.callbus.time.LoopTime;
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
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The texts of one Sync map. Each change is a {@link SyncEdit}, begun anew when others wrote in between and when Sync was away, so
 * the last writer wins and nobody reads half.
 */
final class SyncMap {
    private static final int TRIES = 11;
    private static final int LOOKS = 4;
    private static final long FIRST_PAUSE_MILLIS = 300;
    private static final long LONGEST_PAUSE_MILLIS = 3000;

    /** Parts that no head names are somebody's upload under way, or, after so long, one that broke off. */
    private static final Duration UPLOAD = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final String service;
    private final String name;
    private Map<String, String> known = Map.of();

    SyncMap(Vertx vertx, String service, String name) {
        this.vertx = vertx;
        this.service = service;
        this.name = name;
    }

    /** All texts by key; one whose parts aren't complete, however often it is looked at, is as it was known before, or left out. */
    Future<Map<String, String>> read() {
        return read(LOOKS);
    }

    /** A map is read in pages: a text that is replaced while they are turned over shows no part, or half of them. */
    private Future<Map<String, String>> read(int looks) {
        return items().compose(items -> {
            var texts = new TreeMap<String, String>();
            var heads = items.values().stream()
                    .filter(item -> !SyncText.isPart(item))
                    .toList();
            heads.forEach(head -> SyncText.read(head, items).ifPresent(text -> texts.put(head.key(), text)));
            if (texts.size() < heads.size() && looks > 1) {
                return read(looks - 1);
            }
            heads.forEach(head -> texts.computeIfAbsent(head.key(), known::get));
            known = texts;
            return Future.succeededFuture(texts);
        });
    }

    /** Writes one text. */
    Future<Void> write(String key, SyncText text) {
        var edit = new SyncEdit(vertx, service, name, key, text);
        return again(1, () -> items().compose(edit::attempt));
    }

    /** Writes one text where none is that can be read. */
    Future<Void> fill(String key, SyncText text) {
        var edit = new SyncEdit(vertx, service, name, key, text);
        return again(
                1,
                () -> items().compose(items -> {
                    var head = items.get(key);
                    return head != null && SyncText.read(head, items).isPresent()
                            ? Future.succeededFuture()
                            : edit.attempt(items);
                }));
    }

    /** Removes a text; none there is success. */
    Future<Void> delete(String key) {
        var edit = new SyncEdit(vertx, service, name, key, null);
        return again(1, () -> items().compose(edit::attempt));
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

    private Future<Void> deleteAll(List<SyncItem> items) {
        Future<Void> gone = Future.succeededFuture();
        for (var item : items) {
            var ask = new TwilioProtocol.DeleteSyncItem(service, name, item.key(), item.revision());
            gone = gone.compose(before ->
                    TwilioBus.SYNC_DELETE_ITEM.send(vertx, ask).<Void>mapEmpty().otherwiseEmpty());
        }
        return gone;
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
            return Duration.between(Instant.parse(item.updatedAt()), LoopTime.now());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
