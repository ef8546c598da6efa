package dev.callbus.sandbox.openai;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What goes wrong on purpose when a rule is played. */
public sealed interface Fault {
    /** Returns how many requests meet the fault before the rule behaves; {@link Integer#MAX_VALUE} for all of them. */
    int times();

    /** An HTTP error; without a wait no retry headers are sent. */
    record Fail(
            int status,
            String message,
            @Nullable String code,
            @Nullable Duration retryAfter,
            int times) implements Fault {}

    /** Silence on an open connection. */
    record Hang(Point at, int times) implements Fault {}

    /** A connection closed too early. */
    record Close(Point at, int times) implements Fault {}

    /** Events, or a body, that are not JSON. */
    record Garbage(int times) implements Fault {}

    /** The moment at which a stream breaks. */
    sealed interface Point {}

    /** Before the status line. */
    record BeforeHeaders() implements Point {}

    /** After so many tokens of the answer, or after all of them if it has fewer. */
    record AfterTokens(int count) implements Point {}
}
