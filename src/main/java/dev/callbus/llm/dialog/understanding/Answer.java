package dev.callbus.llm.dialog.understanding;

/** A yes or a no, in whatever words. */
public enum Answer {
    YES,
    NO
}
