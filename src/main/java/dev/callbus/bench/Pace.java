package dev.callbus.bench;

/**
 * How the fake model answers.
 *
 * @param ttft milliseconds from the request to the first token
 * @param itd milliseconds between tokens
 * @param tokens tokens of an answer
 */
record Pace(int ttft, int itd, int tokens) {

    /** Milliseconds from the request to the last token. */
    int lastTokenMillis() {
        return ttft + (tokens - 1) * itd;
    }
}
