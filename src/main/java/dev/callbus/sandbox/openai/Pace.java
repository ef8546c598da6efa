package dev.callbus.sandbox.openai;

import java.time.Duration;

/**
 * How fast an answer is streamed.
 *
 * @param firstToken the wait before the first token
 * @param token the wait before each further token
 */
public record Pace(Duration firstToken, Duration token) {
    /** The pace of a script that names none: as fast as the socket takes it. */
    static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO);
}
