package dev.callbus.channel.relay;

import java.time.Duration;

/**
 * How patient the gateway is with a socket.
 *
 * @param setup within which the first frame must come
 * @param ping between two pings; a socket that leaves two unanswered is closed
 * @param end how long Twilio may take to close the socket after our {@code end}
 */
record RelayTimes(Duration setup, Duration ping, Duration end) {
    static final RelayTimes STANDARD =
            new RelayTimes(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5));
}
