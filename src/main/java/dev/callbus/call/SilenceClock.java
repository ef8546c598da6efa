package dev.callbus.call;

import dev.callbus.config.CallSettings.SilenceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts how long the caller has been expected to speak and didn't, and what is to be done about it. */
final class SilenceClock {
    /** How early a tick may come and still count as the full second. */
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    private static final Duration TICK = Duration.ofSeconds(1);

    private static final String BLANK_REMINDER = "Are you still there?";

    private final SilenceSettings settings;
    private Duration quiet = Duration.ZERO;
    private int reminders;
    private boolean enabled;
    private @Nullable Instant runningSince;

    SilenceClock(SilenceSettings settings) {
        this.settings = settings;
        this.enabled = settings.enabled();
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Watches the caller, or leaves him alone; the time begins anew. */
    void enable(boolean on, Instant now) {
        enabled = on;
        quiet = Duration.ZERO;
        reminders = 0;
        if (runningSince != null) {
            runningSince = now;
        }
    }

    boolean isRunning() {
        return runningSince != null;
    }

    /** It's the caller's turn: time counts, if it doesn't yet. */
    void run(Instant now, List<CallEffect> effects) {
        if (!isRunning()) {
            runningSince = now;
            effects.add(new CallEffect.Arm(CallTimer.SILENCE, TICK));
        }
    }

    /** Somebody may be speaking: time doesn't count for now, what has been counted stays. */
    void pause(Instant now, List<CallEffect> effects) {
        if (isRunning()) {
            count(now);
            runningSince = null;
            effects.add(new CallEffect.Disarm(CallTimer.SILENCE));
        }
    }

    /** The agent spoke: the caller's time begins anew. */
    void restart() {
        quiet = Duration.ZERO;
    }

    /** The caller did something. */
    void reset(Instant now, List<CallEffect> effects) {
        pause(now, effects);
        quiet = Duration.ZERO;
        reminders = 0;
    }

    /** A second has passed. */
    Verdict tick(Instant now) {
        count(now);
        if (quiet.plus(TOLERANCE).compareTo(settings.threshold()) < 0) {
            return new Wait();
        }
        quiet = Duration.ZERO;
        if (reminders == settings.messages().size()) {
            return new GiveUp(settings.farewell());
        }
        var message = settings.messages().get(reminders++);
        return new Remind(message.isBlank() ? BLANK_REMINDER : message);
    }

    private void count(Instant now) {
        if (runningSince != null) {
            quiet = quiet.plus(Duration.between(runningSince, now));
            runningSince = now;
        }
    }

    /** What is to be done. */
    sealed interface Verdict {}

    /** Nothing yet. */
    record Wait() implements Verdict {}

    /** Say this. */
    record Remind(String message) implements Verdict {}

    /** The caller is gone. */
    record GiveUp(String farewell) implements Verdict {}
}
