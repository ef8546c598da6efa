package dev.callbus.sandbox.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that the account orders.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource#create-a-call-resource
 *
 * @param url where it is asked what to do once somebody picked up; null if {@code twiml} says it
 * @param timeout how long it rings at most
 * @param sendDigits keys that are dialled once somebody picked up; with them, machines are not detected
 */
public record OutboundCall(
        String to,
        String from,
        @Nullable URI url,
        String method,
        @Nullable String twiml,
        @Nullable Progress progress,
        @Nullable Detection detection,
        Duration timeout,
        @Nullable String sendDigits) {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    /** An order; throws {@link IllegalArgumentException} unless exactly one of {@code url} and {@code twiml} is given. */
    public OutboundCall {
        if ((url == null) == (twiml == null)) {
            throw new IllegalArgumentException("a call needs either a URL or a document");
        }
    }

    /** A call that asks this URL and reports nothing. */
    public static OutboundCall asking(URI url, String from, String to) {
        return new OutboundCall(to, from, url, "POST", null, null, null, USUAL_TIMEOUT, null);
    }

    /** A call that does what this document says and reports nothing. */
    public static OutboundCall obeying(String twiml, String from, String to) {
        return new OutboundCall(to, from, null, "POST", twiml, null, null, USUAL_TIMEOUT, null);
    }

    /** The same with its progress reported. */
    public OutboundCall withProgress(Progress progress) {
        return new OutboundCall(to, from, url, method, twiml, progress, detection, timeout, sendDigits);
    }

    /** The same with machines detected. */
    public OutboundCall withDetection(Detection detection) {
        return new OutboundCall(to, from, url, method, twiml, progress, detection, timeout, sendDigits);
    }

    /** The same with another time to ring at most. */
    public OutboundCall withTimeout(Duration timeout) {
        return new OutboundCall(to, from, url, method, twiml, progress, detection, timeout, sendDigits);
    }

    /** The same with keys dialled once somebody picked up. */
    public OutboundCall withDigits(String digits) {
        return new OutboundCall(to, from, url, method, twiml, progress, detection, timeout, digits);
    }

    /** A URL that is told something, and how. */
    public record Callback(URI url, String method) {}

    /**
     * What of a call's progress is reported.
     *
     * @param events of {@code initiated ringing answered completed}
     */
    public record Progress(Callback callback, Set<String> events) {
        public Progress {
            events = Set.copyOf(events);
        }
    }

    /** Finds out whether a machine answered. Source: twilio.com/docs/voice/answering-machine-detection */
    public sealed interface Detection {

        /** Whether it waits for the machine's beep. */
        boolean untilEnd();

        /** The call waits for the result. */
        record Blocking(boolean untilEnd) implements Detection {}

        /**
         * The call goes on meanwhile.
         *
         * @param callback where the result is told; null for nowhere
         */
        record Beside(boolean untilEnd, @Nullable Callback callback) implements Detection {}
    }
}
