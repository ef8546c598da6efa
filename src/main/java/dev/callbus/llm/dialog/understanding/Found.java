package dev.callbus.llm.dialog.understanding;

/**
 * An entity found in an utterance.
 *
 * @param start where the words that say it begin in the utterance
 * @param end where they end, exclusive
 */
record Found(String value, int start, int end) {}
