package dev.callbus.sandbox.openai;

import java.time.Duration;

/** One step of a stream. */
sealed interface Step {

    /** Sends text after a wait; it carries so many tokens of the answer. */
    record Send(Duration after, String text, int tokens) implements Step {}

    /** Sends nothing more and leaves the connection open. */
    record Hang() implements Step {}

    /** Closes the connection in the middle of the response. */
    record Close() implements Step {}

    /** Ends the response; an answer that is incomplete on purpose ends as failed. */
    record End(Outcome outcome) implements Step {}
}
