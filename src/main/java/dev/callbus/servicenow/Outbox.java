package dev.callbus.servicenow;

import dev.callbus.servicenow.table.TableFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be in ServiceNow and isn't yet for certain: kept on disk, tried again with growing pauses, and forgotten once it is
 * confirmed. For one event loop.
 */
final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final Vertx vertx;
    private final OutboxFiles files;
    private final ServiceNowTiming timing;
    private final InstantSource clock;
    private final Map<String, OutboxEntry> entries = new HashMap<>();
    private final Map<String, Future<OutboxEntry>> written = new HashMap<>();
    private final Map<String, Long> timers = new HashMap<>();
    private boolean closed;

    Outbox(Vertx vertx, OutboxFiles files, ServiceNowTiming timing, InstantSource clock) {
        this.vertx = vertx;
        this.files = files;
        this.timing = timing;
        this.clock = clock;
    }

    /** Takes up what was left by an earlier run. */
    Future<Void> open(Consumer<OutboxEntry> retry) {
        return files.load().map(left -> {
            for (var entry : left) {
                entry.promise();
                add(entry);
                schedule(entry, retry);
            }
            if (!left.isEmpty()) {
                log.info("the outbox has entries of an earlier run [entries: {}]", left.size());
            }
            return null;
        });
    }

    /** Tries nothing any more; the files stay. */
    void close() {
        closed = true;
        timers.values().forEach(vertx::cancelTimer);
    }

    /** The entry for an intent, on disk. */
    Future<OutboxEntry> keep(Intent intent) {
        var known = written.get(intent.id());
        if (known != null) {
            return known;
        }
        var entry = new OutboxEntry(intent, Map.of());
        add(entry);
        var kept = files.write(entry)
                .map(entry)
                .onFailure(cause -> {
                    forget(entry);
                    log.error("the outbox can't be written [entry: {}]", entry.id(), cause);
                })
                .recover(cause -> Future.failedFuture(unkept()));
        if (!kept.isComplete()) {
            written.put(entry.id(), kept);
        }
        return kept;
    }

    /** Notes that a write goes out now. */
    Future<Void> sending(OutboxEntry entry, String step) {
        entry.send(step, clock.instant());
        return files.write(entry).recover(cause -> {
            entry.unsend(step);
            return Future.failedFuture(unkept());
        });
    }

    /** Notes that a write was certainly not done. */
    Future<Void> unsent(OutboxEntry entry, String step) {
        entry.unsend(step);
        return files.write(entry);
    }

    /** Whether a write that wasn't answered may still be done on the other side. */
    boolean isUnsettled(OutboxEntry entry, String step) {
        return entry.sentAt(step)
                .map(at -> clock.instant().isBefore(at.plus(timing.settle())))
                .orElse(false);
    }

    /** Whether anything of this call waits here besides this entry. */
    boolean holdsOther(OutboxEntry entry) {
        return entries.values().stream()
                .anyMatch(other -> other != entry
                        && other.intent().callSid().equals(entry.intent().callSid()));
    }

    /** Whether anything of this call waits here. */
    boolean holds(String callSid) {
        return entries.values().stream()
                .anyMatch(entry -> entry.intent().callSid().equals(callSid));
    }

    /**
     * Draws the consequence of a try: what is done or refused leaves the outbox, all else is tried again. Completes as the try did.
     */
    <T> Future<T> conclude(OutboxEntry entry, Future<T> attempt, Consumer<OutboxEntry> retry) {
        return attempt.transform((done, cause) -> {
            if (cause == null) {
                return finished(files.delete(entry), entry, attempt);
            }
            if (!(cause instanceof TableFailure failure) || !failure.isVerdict()) {
                schedule(entry, retry);
                return attempt;
            }
            if (!entry.isPromised()) {
                return finished(files.delete(entry), entry, attempt);
            }
            log.error("ServiceNow refuses what was queued, set aside [entry: {}, why: {}]", entry.id(), failure.kind());
            return finished(files.setAside(entry), entry, attempt);
        });
    }

    private <T> Future<T> finished(Future<Void> change, OutboxEntry entry, Future<T> attempt) {
        return change.onFailure(cause -> log.error("the outbox can't be tidied [entry: {}]", entry.id(), cause))
                .transform((changed, cause) -> {
                    forget(entry);
                    return attempt;
                });
    }

    private static TableFailure unkept() {
        return new TableFailure(TableFailure.Kind.NOT_SENT, "The request could not be kept safe. Nothing was done.");
    }

    private void add(OutboxEntry entry) {
        entries.put(entry.id(), entry);
        written.put(entry.id(), Future.succeededFuture(entry));
    }

    private void forget(OutboxEntry entry) {
        entries.remove(entry.id());
        written.remove(entry.id());
        var timer = timers.remove(entry.id());
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void schedule(OutboxEntry entry, Consumer<OutboxEntry> retry) {
        if (closed || timers.containsKey(entry.id())) {
            return;
        }
        var pause = entry.nextPause(timing.firstPause(), timing.longestPause());
        log.info("to be filed later [entry: {}, pause: {}]", entry.id(), pause);
        timers.put(entry.id(), vertx.setTimer(Math.max(1, pause.toMillis()), id -> {
            timers.remove(entry.id());
            retry.accept(entry);
        }));
    }
}
