package dev.callbus.llm.dialog.understanding;

/**
 * An intent that an utterance may have.
 *
 * @param confidence from 0 to 1
 */
public record Guess(String intent, double confidence) {}
