package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.twilio.TwilioProtocol.SyncItem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change of one text in a Sync map, which may be broken off anywhere and begun anew: parts first, then the head with the
 * revision that was seen, then away with the parts of the text before. Parts that lie about are written again before a head names them,
 * so that whoever saw them under an older head can't remove them any more: Sync refuses the revision that he saw.
 */
final class SyncEdit {
    private final Vertx vertx;
    private final String service;
    private final String map;
    private final String key;
    private final @Nullable SyncText text;

    private final Set<String> secured = new HashSet<>();
    private final Map<String, SyncItem> outdated = new LinkedHashMap<>();
    private @Nullable SyncItem seen;

    /** @param text what is to be under the key; null for nothing */
    SyncEdit(Vertx vertx, String service, String map, String key, @Nullable SyncText text) {
        this.vertx = vertx;
        this.service = service;
        this.map = map;
        this.key = key;
        this.text = text;
    }

    /** Does what is left to do when this is in the map; fails where it is to be begun anew. */
    Future<Void> attempt(Map<String, SyncItem> items) {
        var head = items.get(key);
        look(head);
        var before = head == null ? Optional.<String>empty() : SyncText.partsOf(head);
        var kept = text == null ? Optional.<String>empty() : text.name();
        if (before.isPresent() && !before.equals(kept)) {
            items.values().stream()
                    .filter(item -> SyncText.textOf(item).equals(before))
                    .forEach(part -> outdated.put(part.key(), part));
        }
        var changed = text == null ? remove(head) : write(text, head, items);
        return changed.recover(this::giveWay).compose(done -> sweep());
    }

    /** Forgets what was true under another head, unless it is the one that this edit left, with its answer lost. */
    private void look(@Nullable SyncItem head) {
        if (!Objects.equals(head, seen)) {
            secured.clear();
            if (!isDone(head)) {
                outdated.clear();
            }
        }
        seen = head;
    }

    /** Leaves the parts of the text before to whoever was faster: he removes them, and may already have made them anew. */
    private Future<Void> giveWay(Throwable cause) {
        if (Failure.of(cause) == Failure.CONFLICT) {
            outdated.clear();
        }
        return Future.failedFuture(cause);
    }

    private boolean isDone(@Nullable SyncItem head) {
        return text == null ? head == null : head != null && SyncText.isSame(head.data(), text.head());
    }

    private Future<Void> write(SyncText wanted, @Nullable SyncItem head, Map<String, SyncItem> items) {
        boolean named = isDone(head);
        Future<Void> written = Future.succeededFuture();
        for (var part : wanted.parts().entrySet()) {
            var there = items.get(part.getKey());
            if (there == null) {
                written = written.compose(before -> create(part.getKey(), part.getValue()));
            } else if (!named && !secured.contains(part.getKey())) {
                written = written.compose(before -> secure(there, part.getValue()));
            }
        }
        return named ? written : written.compose(parts -> name(wanted, head));
    }

    /** Writes the head. One that is gone meanwhile was somebody else's change. */
    private Future<Void> name(SyncText wanted, @Nullable SyncItem head) {
        return write(key, wanted.head(), head == null ? null : head.revision())
                .recover(cause -> Failure.of(cause) == Failure.NOT_FOUND
                        ? Future.failedFuture(new BusException(Failure.CONFLICT, "the text was removed meanwhile"))
                        : Future.failedFuture(cause));
    }

    /** A part that is there already is the same one: its key names its content. */
    private Future<Void> create(String part, String data) {
        return write(part, data, null)
                .onSuccess(written -> secured.add(part))
                .recover(cause ->
                        Failure.of(cause) == Failure.CONFLICT ? Future.succeededFuture() : Future.failedFuture(cause));
    }

    private Future<Void> secure(SyncItem part, String data) {
        return write(part.key(), data, part.revision())
                .onSuccess(written -> secured.add(part.key()))
                .recover(cause ->
                        Failure.of(cause) == Failure.NOT_FOUND ? create(part.key(), data) : Future.failedFuture(cause));
    }

    private Future<Void> write(String item, String data, @Nullable String revision) {
        return TwilioBus.SYNC_WRITE_ITEM
                .send(vertx, new TwilioProtocol.WriteSyncItem(service, map, item, data, revision))
                .mapEmpty();
    }

    private Future<Void> remove(@Nullable SyncItem head) {
        return head == null
                ? Future.succeededFuture()
                : delete(head).recover(cause -> {
                    if (Failure.of(cause) == Failure.NOT_FOUND) {
                        outdated.clear();
                    }
                    return unless(Failure.NOT_FOUND, cause);
                });
    }

    /** Removes the parts of the texts before, unless somebody has made them his. */
    private Future<Void> sweep() {
        Future<Void> gone = Future.succeededFuture();
        for (var part : List.copyOf(outdated.values())) {
            gone = gone.compose(before -> delete(part))
                    .recover(cause -> unless(Failure.NOT_FOUND, cause))
                    .recover(cause -> unless(Failure.CONFLICT, cause))
                    .onSuccess(done -> outdated.remove(part.key()));
        }
        return gone;
    }

    private Future<Void> delete(SyncItem item) {
        return TwilioBus.SYNC_DELETE_ITEM
                .send(vertx, new TwilioProtocol.DeleteSyncItem(service, map, item.key(), item.revision()))
                .mapEmpty();
    }

    private static Future<Void> unless(Failure harmless, Throwable cause) {
        return Failure.of(cause) == harmless ? Future.succeededFuture() : Future.failedFuture(cause);
    }
}
