package dev.callbus.verify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.Ask;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.Sensitive;
import dev.callbus.config.Secret;
import dev.callbus.config.VerifySettings;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.twilio.TwilioProtocol.CheckVerification;
import dev.callbus.twilio.TwilioProtocol.StartVerification;
import dev.callbus.twilio.TwilioProtocol.VerificationChecked;
import dev.callbus.twilio.TwilioProtocol.VerificationStarted;
import dev.callbus.verify.VerifyProtocol.Channel;
import dev.callbus.verify.VerifyProtocol.CheckCode;
import dev.callbus.verify.VerifyProtocol.Checked;
import dev.callbus.verify.VerifyProtocol.CodeSent;
import dev.callbus.verify.VerifyProtocol.SendCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Verification beside a played Twilio control; its clock stands still until it is moved. */
final class VerifyRig implements AutoCloseable {
    static final String SERVICE = "VA00000000000000000000000000000001";
    static final String CALL = "CA1";
    static final String CUSTOMER = "customer-1";
    static final String NUMBER = "+15550001111";
    static final String CODE = "864213";

    final Vertx vertx = Vertx.vertx();
    final Seal seal = new Seal(new Secret("0123456789abcdef0123456789abcdef"));
    final List<StartVerification> starts = new CopyOnWriteArrayList<>();
    final List<CheckVerification> checks = new CopyOnWriteArrayList<>();
    volatile Function<StartVerification, Future<VerificationStarted>> onStart =
            ask -> Future.succeededFuture(new VerificationStarted("VE" + starts.size(), "pending"));
    volatile Function<CheckVerification, Future<VerificationChecked>> onCheck = ask -> {
        boolean right = ask.code().reveal().equals(CODE);
        return Future.succeededFuture(new VerificationChecked(right ? "approved" : "pending", right));
    };
    private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");
    private final InstantSource clock = () -> now;

    VerifyRig(VerifySettings settings) throws TimeoutException {
        ProtocolCodec.install(vertx, List.of(TwilioProtocol.class, VerifyProtocol.class));
        TwilioBus.VERIFY_START
                .serve(vertx, ask -> {
                    starts.add(ask);
                    return onStart.apply(ask);
                })
                .await(5, SECONDS);
        TwilioBus.VERIFY_CHECK
                .serve(vertx, ask -> {
                    checks.add(ask);
                    return onCheck.apply(ask);
                })
                .await(5, SECONDS);
        vertx.deployVerticle(new VerifyVerticle(settings, seal, clock)).await(5, SECONDS);
    }

    static VerifySettings settings(@Nullable String service, int perCall, int perNumber, int perDay) {
        return new VerifySettings(
                service, 6, Duration.ofMinutes(30), new Secret("seal"), perCall, 5, perNumber, perDay);
    }

    static VerifyRig generous() throws TimeoutException {
        return new VerifyRig(settings(SERVICE, 3, 10, 1000));
    }

    Instant now() {
        return now;
    }

    /** Moves the clock; called from the test's thread only. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    CodeSent send() throws TimeoutException {
        return send(CALL, NUMBER);
    }

    CodeSent send(String call, String number) throws TimeoutException {
        return VerifyBus.SEND.send(vertx, sendCode(call, number)).await(5, SECONDS);
    }

    Checked check(Challenge challenge, String code) throws TimeoutException {
        return VerifyBus.CHECK.send(vertx, checkCode(challenge, code)).await(5, SECONDS);
    }

    static SendCode sendCode(String call, String number) {
        return new SendCode(call, CUSTOMER, new Sensitive(number), Channel.SMS);
    }

    static CheckCode checkCode(Challenge challenge, String code) {
        return new CheckCode(CALL, challenge, new Sensitive(code));
    }

    <Q extends VerifyProtocol, A extends VerifyProtocol> String fails(Ask<Q, A> ask, Q question, Failure kind) {
        var e = catchThrowableOfType(
                BusException.class, () -> ask.send(vertx, question).await(5, SECONDS));
        assertThat(e).isNotNull();
        assertThat(e.failure()).as(e.getMessage()).isEqualTo(kind);
        return String.valueOf(e.getMessage());
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(5, SECONDS);
    }
}
