package dev.callbus.sandbox.openai;

/** How a request ended. */
public enum Outcome {
    /** It is still being answered. */
    OPEN,
    /** It was answered to the end. */
    COMPLETED,
    /** The client went away before the end. */
    ABORTED,
    /** It was refused, or went wrong on purpose. */
    FAILED
}
