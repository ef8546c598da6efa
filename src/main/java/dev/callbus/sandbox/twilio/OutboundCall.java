package dev.callbus.sandbox.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that the account has placed.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource#create-a-call-resource
 *
 * @param url where it is asked what to do once somebody picked up; null if {@code twiml} says it
 * @param timeout how long it rings at most
 */
public record OutboundCall(
        String to,
        String from,
        @Nullable URI url,
        String method,
        @Nullable String twiml,
        @Nullable Callback progress,
        @Nullable Detection detection,
        Duration timeout) {

    /** A call that asks this URL and reports nothing. */
    public static OutboundCall to(String to, String from, URI url) {
        return new OutboundCall(to, from, url, "POST", null, null, null, Duration.ofSeconds(60));
    }

    /**
     * Where progress is reported.
     *
     * @param events of {@code initiated ringing answered completed}
     */
    public record Callback(URI url, String method, Set<String> events) {
        public Callback {
            events = Set.copyOf(events);
        }
    }

    /**
     * Finds out whether a machine answered.
     *
     * @param untilEnd whether it waits for the machine's beep
     * @param callback where the result is told while the call goes on; null if the call waits for it
     */
    public record Detection(boolean untilEnd, @Nullable URI callback) {}
}
