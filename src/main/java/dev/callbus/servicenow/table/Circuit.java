package dev.callbus.servicenow.table;

import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares an instance that is down: after so many failures in a row nothing is sent for a while, then one request tries whether
 * it is back. A rate limit holds everything as long as it asks for. For one event loop.
 */
final class Circuit {
    private static final Logger log = LoggerFactory.getLogger(Circuit.class);

    private final int threshold;
    private final Duration pause;
    private int failures;
    private boolean probing;
    private long closedUntil;
    private long heldUntil;

    Circuit(int threshold, Duration pause) {
        this.threshold = threshold;
        this.pause = pause;
        closedUntil = LoopTime.nanos();
        heldUntil = closedUntil;
    }

    /** Does this if it may be tried now. */
    <T> Future<T> guard(Supplier<Future<T>> attempt) {
        long now = LoopTime.nanos();
        if (heldUntil - now > 0) {
            return Future.failedFuture(TableFailure.rateLimit(Duration.ofNanos(heldUntil - now)));
        }
        if (failures >= threshold && (probing || closedUntil - now > 0)) {
            return Future.failedFuture(new TableFailure(
                    TableFailure.Kind.CIRCUIT_OPEN, "ServiceNow is not working at the moment. Nothing was done."));
        }
        probing = failures >= threshold;
        return attempt.get().onComplete(done -> succeeded(), this::failed);
    }

    /** Sends nothing for so long. */
    void hold(Duration time) {
        heldUntil = LoopTime.nanos() + time.toNanos();
        log.warn("ServiceNow's rate limit is reached [pause: {}]", time);
    }

    private void succeeded() {
        if (failures >= threshold) {
            log.info("ServiceNow works again");
        }
        failures = 0;
        probing = false;
    }

    private void failed(Throwable cause) {
        if (!(cause instanceof TableFailure failure) || !failure.isOutage()) {
            succeeded();
            return;
        }
        failures++;
        probing = false;
        if (failures >= threshold) {
            closedUntil = LoopTime.nanos() + pause.toNanos();
            log.warn("ServiceNow is not working [failures: {}, last: {}, pause: {}]", failures, failure.kind(), pause);
        }
    }
}
