package dev.callbus.servicenow;

import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.TableFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Does a write once, however often it is asked for and whatever becomes of the answer: it is looked for first; that it goes out is on
 * disk before it does; if no answer comes it is looked for again; and while ServiceNow may still be at it, it isn't repeated.
 */
final class OnceOnly {
    private static final long FIRST_PAUSE = 200;
    private static final long LEAST_TIME = 500;

    private final Vertx vertx;
    private final Outbox outbox;

    OnceOnly(Vertx vertx, Outbox outbox) {
        this.vertx = vertx;
        this.outbox = outbox;
    }

    /** The result, and whether it was there before. */
    record Result<T>(T value, boolean already) {}

    /**
     * The result of the write, found or made.
     *
     * @param step its name within the entry
     * @param lookup finds the result; fails if it can't tell
     */
    <T> Future<Result<T>> run(
            OutboxEntry entry,
            String step,
            Supplier<Future<Optional<T>>> lookup,
            Supplier<Future<T>> write,
            Deadline deadline) {
        return lookup.get().compose(found -> {
            if (found.isPresent()) {
                return Future.succeededFuture(new Result<>(found.get(), true));
            } else if (outbox.isUnsettled(entry, step)) {
                return Future.failedFuture(new TableFailure(
                        TableFailure.Kind.TIMEOUT, "ServiceNow has not confirmed it yet; it is still being filed."));
            } else if (!deadline.allows(LEAST_TIME)) {
                return Future.failedFuture(
                        new TableFailure(TableFailure.Kind.NO_TIME, "There was no time left to ask ServiceNow."));
            }
            return outbox.sending(entry, step)
                    .compose(noted -> write.get())
                    .map(made -> new Result<>(made, false))
                    .recover(cause -> unanswered(entry, step, lookup, cause, deadline));
        });
    }

    private <T> Future<Result<T>> unanswered(
            OutboxEntry entry, String step, Supplier<Future<Optional<T>>> lookup, Throwable cause, Deadline deadline) {
        if (cause instanceof TableFailure failure && failure.leavesOutcomeUnknown()) {
            return reconcile(lookup, cause, FIRST_PAUSE, deadline);
        }
        return outbox.unsent(entry, step).transform(noted -> Future.failedFuture(cause));
    }

    private <T> Future<Result<T>> reconcile(
            Supplier<Future<Optional<T>>> lookup, Throwable cause, long pause, Deadline deadline) {
        if (!deadline.allows(pause + LEAST_TIME)) {
            return Future.failedFuture(cause);
        }
        return vertx.timer(pause, TimeUnit.MILLISECONDS)
                .compose(now -> lookup.get())
                .otherwise(Optional.empty())
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(new Result<>(found.get(), false))
                        : reconcile(lookup, cause, pause * 2, deadline));
    }
}
