package dev.callbus.verify;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Sensitive;
import dev.callbus.config.VerifySettings;
import dev.callbus.twilio.E164;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.verify.VerifyProtocol.CheckCode;
import dev.callbus.verify.VerifyProtocol.Checked;
import dev.callbus.verify.VerifyProtocol.CodeSent;
import dev.callbus.verify.VerifyProtocol.SendCode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verification: has codes sent to the numbers that it is given and no other, and turns a right code into a {@link Grant}, within limits.
 * A node runs one instance, and its limits are that node's.
 */
public final class VerifyVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(VerifyVerticle.class);

    /** How long a code is good. Source: twilio.com/docs/verify/api/rate-limits-and-timeouts */
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);

    private static final String NO_SUCH_NUMBER = "No code can be sent to this number.";
    private static final long MOST_SPENT = 100_000;

    private final VerifySettings settings;
    private final Seal seal;
    private final InstantSource clock;
    private final SendLimits sends;
    private final Allowance checks;
    private final Cache<String, Boolean> spent = Caffeine.newBuilder()
            .maximumSize(MOST_SPENT)
            .expireAfterWrite(CODE_LIFE.multipliedBy(2))
            .build();

    public VerifyVerticle(VerifySettings settings, Seal seal, InstantSource clock) {
        this.settings = settings;
        this.seal = seal;
        this.clock = clock;
        this.sends = new SendLimits(settings, clock);
        this.checks = new Allowance(settings.checksPerCall(), Duration.ofDays(1), clock);
    }

    @Override
    public Future<?> start() {
        return Future.all(VerifyBus.SEND.serve(vertx, this::send), VerifyBus.CHECK.serve(vertx, this::check));
    }

    private Future<CodeSent> send(SendCode ask) {
        String service;
        String number;
        try {
            service = service();
            number = number(ask.number());
            sends.take(limited(ask.callSid(), ask.customer()), number);
        } catch (BusException e) {
            return Future.failedFuture(e);
        }
        var channel = ask.channel().name().toLowerCase(Locale.ROOT);
        var start = new TwilioProtocol.StartVerification(service, new Sensitive(number), channel);
        return TwilioBus.VERIFY_START
                .send(vertx, start)
                .map(started -> sent(ask, number, started))
                .recover(cause -> Future.failedFuture(sendFailure(ask, number, cause)));
    }

    private CodeSent sent(SendCode ask, String number, TwilioProtocol.VerificationStarted started) {
        log.info("verification code sent [call: {}, channel: {}]", ask.callSid(), ask.channel());
        var challenge = seal.challenge(
                ask.callSid(), ask.customer(), started.sid(), settings.codeLength(), clock.instant(), CODE_LIFE);
        return new CodeSent(challenge, started.status(), sends.left(limited(ask.callSid(), ask.customer()), number));
    }

    private BusException sendFailure(SendCode ask, String number, Throwable cause) {
        var failure = Failure.of(cause);
        if (isNothingDone(failure)) {
            sends.giveBack(limited(ask.callSid(), ask.customer()), number);
        }
        log.warn("verification code not sent [call: {}, failure: {}]", ask.callSid(), failure);
        return switch (failure) {
            case BUSY ->
                new BusException(
                        Failure.BUSY, "No more codes can be sent to this number now. Please try again in ten minutes.");
            case BAD_REQUEST -> new BusException(Failure.BAD_REQUEST, NO_SUCH_NUMBER);
            case NOT_FOUND, CONFLICT, INTERNAL, BAD_GATEWAY, UNAVAILABLE, TIMEOUT -> passed(failure, cause);
        };
    }

    private Future<Checked> check(CheckCode ask) {
        var challenge = ask.challenge();
        if (!seal.isOurs(challenge, ask.callSid())) {
            log.warn("a challenge was refused [call: {}]", ask.callSid());
            return Future.failedFuture(new BusException(Failure.BAD_REQUEST, "There is no such code on this call."));
        }
        if (!seal.isGood(challenge, ask.callSid(), clock.instant()) || isSpent(challenge)) {
            return Future.succeededFuture(checked(ask, "expired"));
        }
        var code = KeyedCode.of(ask.code().reveal(), challenge.codeLength());
        if (code.isEmpty()) {
            return Future.succeededFuture(checked(ask, "pending"));
        }
        return check(ask, new Sensitive(code.get().digits()));
    }

    private Future<Checked> check(CheckCode ask, Sensitive code) {
        String service;
        try {
            service = service();
        } catch (BusException e) {
            return Future.failedFuture(e);
        }
        if (!checks.take(limited(ask))) {
            return Future.failedFuture(new BusException(Failure.BUSY, "No more codes can be tried on this call."));
        }
        var check =
                new TwilioProtocol.CheckVerification(service, ask.challenge().verificationSid(), code);
        return TwilioBus.VERIFY_CHECK
                .send(vertx, check)
                .map(answer -> outcome(ask, answer))
                .recover(cause -> Future.failedFuture(checkFailure(ask, cause)));
    }

    /** What Twilio's answer means; of all right answers to one challenge, the first alone yields a grant. */
    private Checked outcome(CheckCode ask, TwilioProtocol.VerificationChecked answer) {
        log.info("verification code checked [call: {}, status: {}]", ask.callSid(), answer.status());
        if (!answer.status().equals("approved") || !answer.valid()) {
            return checked(ask, answer.status().equals("approved") ? "pending" : answer.status());
        }
        var challenge = ask.challenge();
        if (spent.asMap().putIfAbsent(challenge.verificationSid(), true) != null) {
            return checked(ask, "expired");
        }
        var grant = seal.grant(ask.callSid(), challenge.customer(), clock.instant(), settings.grantLife());
        return new Checked("approved", grant, checks.left(limited(ask)));
    }

    private Checked checked(CheckCode ask, String status) {
        return new Checked(status, null, checks.left(limited(ask)));
    }

    private BusException checkFailure(CheckCode ask, Throwable cause) {
        var failure = Failure.of(cause);
        if (isNothingDone(failure)) {
            checks.giveBack(limited(ask));
        }
        log.warn("verification code not checked [call: {}, failure: {}]", ask.callSid(), failure);
        return passed(failure, cause);
    }

    private static String limited(CheckCode ask) {
        return limited(ask.callSid(), ask.challenge().customer());
    }

    /** A call's limits are kept for each customer, or what is left for one would tell whether another exists. */
    private static String limited(String callSid, String customer) {
        return callSid + "/" + customer;
    }

    private boolean isSpent(Challenge challenge) {
        return spent.getIfPresent(challenge.verificationSid()) != null;
    }

    private String service() {
        if (settings.serviceSid() == null) {
            throw new BusException(
                    Failure.UNAVAILABLE, "there is no Verify service: set VERIFY_SERVICE_SID (verify.serviceSid)");
        }
        return settings.serviceSid();
    }

    private static String number(Sensitive number) {
        try {
            var known = E164.of(number.reveal());
            if (!known.isPremium()) {
                return known.number();
            }
            throw new BusException(Failure.BAD_REQUEST, NO_SUCH_NUMBER);
        } catch (IllegalArgumentException e) {
            throw new BusException(Failure.BAD_REQUEST, NO_SUCH_NUMBER);
        }
    }

    /** Whether such a failure says that Twilio did nothing. */
    private static boolean isNothingDone(Failure failure) {
        return switch (failure) {
            case BAD_REQUEST, NOT_FOUND, CONFLICT, BUSY, UNAVAILABLE -> true;
            case INTERNAL, BAD_GATEWAY, TIMEOUT -> false;
        };
    }

    private static BusException passed(Failure failure, Throwable cause) {
        return cause instanceof BusException known
                ? known
                : new BusException(failure, "verification failed inside this node");
    }
}
