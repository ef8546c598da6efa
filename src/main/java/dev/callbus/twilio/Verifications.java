package dev.callbus.twilio;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.time.LoopTime;
import dev.callbus.twilio.RestFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifications within one ask: each code is sent and checked at most once, and no failure tells a number or a code, as Twilio's own
 * messages do. It blocks.
 *
 * <p>Source: twilio.com/docs/verify/api/rate-limits-and-timeouts, twilio.com/docs/api/errors
 */
final class Verifications {
    private static final Logger log = LoggerFactory.getLogger(Verifications.class);

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
    private static final int CHECKED_TOO_OFTEN = 60202;
    private static final int SENT_TOO_OFTEN = 60203;

    private final Function<Deadline, VerifyRest> rest;
    private final Deadline deadline;

    Verifications(Function<Deadline, VerifyRest> rest, Deadline deadline) {
        this.rest = rest;
        this.deadline = deadline;
    }

    /** Has a code sent; throws {@link BusException}. */
    TwilioProtocol.VerificationStarted start(TwilioProtocol.StartVerification ask) {
        var began = LoopTime.now();
        try {
            return rest.apply(deadline.threeQuarters()).start(ask);
        } catch (RestFailure e) {
            logFailure("start", e);
            if (!e.isCertain()) {
                return search(ask, began, e.kind());
            }
            throw e.code() == SENT_TOO_OFTEN || e.code() == CHECKED_TOO_OFTEN
                    ? new BusException(Failure.BUSY, "Twilio sends no more codes to this number for now")
                    : failure(e);
        }
    }

    /** Checks a code; throws {@link BusException}. */
    TwilioProtocol.VerificationChecked check(TwilioProtocol.CheckVerification ask) {
        try {
            return rest.apply(deadline).check(ask);
        } catch (RestFailure e) {
            logFailure("check", e);
            if (e.status() == 404) {
                return new TwilioProtocol.VerificationChecked("expired", false);
            } else if (e.code() == CHECKED_TOO_OFTEN) {
                return new TwilioProtocol.VerificationChecked("max_attempts_reached", false);
            }
            throw failure(e);
        }
    }

    /** What became of a start whose answer was lost, asked once. */
    private TwilioProtocol.VerificationStarted search(
            TwilioProtocol.StartVerification ask, Instant began, Kind failure) {
        try {
            var found = rest.apply(deadline).pending(ask.serviceSid(), ask.to().reveal());
            if (found.status().equals("pending")
                    && found.sent() != null
                    && !found.sent().isBefore(began.minus(CLOCK_SKEW))) {
                log.info("a code was sent although the answer was lost [verification: {}]", found.sid());
                return new TwilioProtocol.VerificationStarted(found.sid(), found.status());
            }
        } catch (RestFailure e) {
            logFailure("fetch", e);
            if (e.status() == 404 && failure == Kind.FAILED) {
                throw new BusException(Failure.UNAVAILABLE, "Twilio failed and no code was sent");
            }
        }
        throw new BusException(Failure.BAD_GATEWAY, "Twilio's answer was lost; not known whether a code was sent");
    }

    /** The failure in words of ours. */
    private static BusException failure(RestFailure e) {
        return switch (e.kind()) {
            case REFUSED ->
                switch (e.status()) {
                    case 401, 403, 404 ->
                        new BusException(
                                Failure.UNAVAILABLE,
                                "Twilio refuses this account or its Verify service (" + e.code()
                                        + "): check VERIFY_SERVICE_SID");
                    case 429 -> new BusException(Failure.UNAVAILABLE, "Twilio is busy (" + e.code() + ")");
                    default -> new BusException(Failure.BAD_REQUEST, "Twilio refuses this (" + e.code() + ")");
                };
            case NOTHING_DONE -> new BusException(Failure.UNAVAILABLE, "Twilio Verify can't be reached");
            case FAILED, LOST ->
                new BusException(Failure.BAD_GATEWAY, "Twilio's answer was lost; not known whether it was done");
        };
    }

    private static void logFailure(String what, RestFailure e) {
        log.warn(
                "Twilio Verify failed [request: {}, kind: {}, status: {}, code: {}]",
                what,
                e.kind(),
                e.status(),
                e.code());
    }
}
