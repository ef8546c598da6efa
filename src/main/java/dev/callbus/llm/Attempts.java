package dev.callbus.llm;

import dev.callbus.config.LlmSettings;
import dev.callbus.time.LoopTime;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts at one answer: the same provider again while that may help, then the next one, all before the first token;
 * after it, there is no way back.
 *
 * <p>The first provider with its retries has the configured time to its first token. All others together get
 * {@link #FALLBACK_MILLIS} more: whatever happens, the caller hears something soon.
 */
final class Attempts implements LanguageModel.Answer {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);
    private static final long FALLBACK_MILLIS = 2000;
    private static final long LAST_RESORT_MILLIS = 500;
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final ProviderChain chain;
    private final List<Candidate> candidates;
    private final LlmSettings settings;
    private final String callSid;
    private final LanguageModel.Sink sink;
    private final long beganAt = LoopTime.nanos();

    private int position;
    private int retries;
    private int attempt;
    private boolean speaking;
    private boolean over;
    private boolean paused;
    private long lastEventAt;
    private long timer = NO_TIMER;
    private LanguageModel.@Nullable Answer current;

    Attempts(
            Vertx vertx,
            ProviderChain chain,
            List<Candidate> candidates,
            LlmSettings settings,
            String callSid,
            LanguageModel.Sink sink) {
        this.vertx = vertx;
        this.chain = chain;
        this.candidates = candidates;
        this.settings = settings;
        this.callSid = callSid;
        this.sink = sink;
    }

    void begin() {
        ask();
    }

    @Override
    public void cancel() {
        over = true;
        disarm();
        stopCurrent();
    }

    @Override
    public void pause() {
        paused = true;
        if (current != null) {
            current.pause();
        }
    }

    @Override
    public void resume() {
        paused = false;
        lastEventAt = LoopTime.nanos();
        if (current != null) {
            current.resume();
        }
    }

    private void ask() {
        long budget = remainingMillis();
        if (budget <= 0) {
            next(new ModelEvent.Failed(ModelFailure.TIMEOUT, "no time left"));
            return;
        }
        arm(budget, this::timedOut);
        int number = ++attempt;
        current = candidates.get(position).stream(new LanguageModel.Sink() {
            @Override
            public void event(ModelEvent event) {
                if (number == attempt && !over) {
                    received(event, 0);
                }
            }

            @Override
            public void failedUntil(ModelEvent.Failed failed, long retryAfterMillis) {
                if (number == attempt && !over) {
                    received(failed, retryAfterMillis);
                }
            }
        });
        if (paused) {
            current.pause();
        }
    }

    private void received(ModelEvent event, long retryAfterMillis) {
        switch (event) {
            case ModelEvent.Failed failed -> failed(failed, retryAfterMillis);
            case ModelEvent.Finished finished -> finish(finished);
            case ModelEvent.Delta delta -> said(delta);
            case ModelEvent.ToolCalls calls -> said(calls);
        }
    }

    private void said(ModelEvent event) {
        lastEventAt = LoopTime.nanos();
        if (!speaking) {
            speaking = true;
            chain.answered(candidates.get(position).model());
            log.debug(
                    "model answers [call: {}, provider: {}, ms: {}]",
                    callSid,
                    candidates.get(position).name(),
                    elapsedMillis());
            arm(settings.idleTimeout().toMillis(), this::checkIdle);
        }
        sink.event(event);
    }

    private void finish(ModelEvent end) {
        over = true;
        disarm();
        sink.event(end);
    }

    private void failed(ModelEvent.Failed failed, long retryAfterMillis) {
        log.warn(
                "model failed [call: {}, provider: {}, failure: {}, detail: {}]",
                callSid,
                candidates.get(position).name(),
                failed.failure(),
                failed.detail());
        if (failed.failure() == ModelFailure.UNAUTHORIZED || failed.failure() == ModelFailure.QUOTA_EXHAUSTED) {
            chain.shut(candidates.get(position).model());
        }
        if (speaking) {
            finish(failed);
            return;
        }
        long pause = Math.max(retryAfterMillis, backOffMillis());
        if (failed.failure().retryable() && retries < settings.retries() && pause < remainingMillis()) {
            retries++;
            arm(pause, this::ask);
        } else {
            if (failed.failure().isOutage()) {
                chain.absent(candidates.get(position).model());
            }
            next(failed);
        }
    }

    private void next(ModelEvent.Failed failed) {
        if (position + 1 < candidates.size()) {
            position++;
            retries = 0;
            ask();
        } else {
            finish(failed);
        }
    }

    private void timedOut() {
        stopCurrent();
        failed(new ModelEvent.Failed(ModelFailure.TIMEOUT, "no token after " + elapsedMillis() + " ms"), 0);
    }

    /** Runs once per idle time, not once per token. */
    private void checkIdle() {
        long left = settings.idleTimeout().toMillis()
                - Duration.ofNanos(LoopTime.nanos() - lastEventAt).toMillis();
        if (paused || left > 0) {
            arm(Math.max(1, paused ? settings.idleTimeout().toMillis() : left), this::checkIdle);
        } else {
            stopCurrent();
            failed(new ModelEvent.Failed(ModelFailure.TIMEOUT, "the answer stalled"), 0);
        }
    }

    /** Drops the attempt under way; what it may still emit is stale. */
    private void stopCurrent() {
        attempt++;
        if (current != null) {
            current.cancel();
        }
    }

    private long backOffMillis() {
        long pause = FIRST_PAUSE_MILLIS << retries;
        return pause - LoopTime.random().nextLong(pause / 4);
    }

    /** What is left of the time in which the provider that is being asked has to begin. */
    private long remainingMillis() {
        long limit = settings.firstTokenTimeout().toMillis() + (position == 0 ? 0 : FALLBACK_MILLIS);
        return Math.max(limit - elapsedMillis(), isLastResort() ? LAST_RESORT_MILLIS : 0);
    }

    /** Whoever is asked last is asked once, however long the others took. */
    private boolean isLastResort() {
        return position > 0 && position == candidates.size() - 1 && retries == 0;
    }

    private long elapsedMillis() {
        return Duration.ofNanos(LoopTime.nanos() - beganAt).toMillis();
    }

    private void arm(long millis, Runnable action) {
        disarm();
        timer = vertx.setTimer(Math.max(1, millis), fired -> {
            timer = NO_TIMER;
            if (!over) {
                action.run();
            }
        });
    }

    private void disarm() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }
}
