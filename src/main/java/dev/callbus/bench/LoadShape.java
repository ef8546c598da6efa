package dev.callbus.bench;

import java.time.Duration;

/**
 * How many calls there are at a time and what each does.
 *
 * @param calls concurrent calls
 * @param turns turns after which a call hangs up and another takes its place
 * @param thinkMillis mean silence of the caller before each turn; the real one is uniform within 50 % of it
 * @param ramp time in which the calls are placed
 * @param warmUp time after the ramp that is not measured
 * @param window measured time
 */
record LoadShape(int calls, int turns, long thinkMillis, Duration ramp, Duration warmUp, Duration window) {

    /** Calls that connect and then stay silent. */
    static LoadShape idle(int calls, Duration ramp) {
        return new LoadShape(calls, 1, Duration.ofDays(20).toMillis(), ramp, Duration.ZERO, Duration.ZERO);
    }

    /** Calls that connect and hang up a moment later, without a turn. */
    static LoadShape setUpOnly(int calls, Duration warmUp, Duration window) {
        return new LoadShape(calls, 0, 20, Duration.ofSeconds(1), warmUp, window);
    }
}
