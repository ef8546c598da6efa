package dev.callbus.call;

/** The timers of a call. At most one of each kind runs. */
public enum CallTimer {
    /** Ticks once a second while the call waits for its caller; the only periodic one. */
    SILENCE,
    /** The caller has waited for a word long enough. */
    FILLER,
    /** Nothing was heard of the model service. */
    WATCHDOG,
    /** What was sent should have been spoken by now. */
    SPEECH,
    /** The caller has stopped pressing keys. */
    KEYPAD
}
