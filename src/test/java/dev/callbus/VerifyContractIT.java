package dev.callbus;

import static dev.callbus.RecordingProxy.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callbus.bus.BusException;
import dev.callbus.bus.BusTap;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.Sensitive;
import dev.callbus.config.SandboxKey;
import dev.callbus.config.Secret;
import dev.callbus.config.TwilioSettings;
import dev.callbus.config.VerifySettings;
import dev.callbus.sandbox.twilio.rest.RestError;
import dev.callbus.sandbox.twilio.rest.RestServer;
import dev.callbus.sandbox.twilio.rest.SettableClock;
import dev.callbus.sandbox.twilio.rest.TwilioOpenApi;
import dev.callbus.sandbox.twilio.rest.VerifyOptions;
import dev.callbus.sandbox.twilio.rest.VerifyResource;
import dev.callbus.sandbox.twilio.rest.VerifyResource.Delivery;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.twilio.TwilioVerticle;
import dev.callbus.verify.Challenge;
import dev.callbus.verify.Seal;
import dev.callbus.verify.VerifyBus;
import dev.callbus.verify.VerifyProtocol;
import dev.callbus.verify.VerifyProtocol.Channel;
import dev.callbus.verify.VerifyProtocol.CheckCode;
import dev.callbus.verify.VerifyProtocol.Checked;
import dev.callbus.verify.VerifyProtocol.CodeSent;
import dev.callbus.verify.VerifyProtocol.SendCode;
import dev.callbus.verify.VerifyVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Verification, our Twilio client and the sandbox's Verify service together, held to Twilio's OpenAPI document. */
class VerifyContractIT {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String NUMBER = "+15550001111";
    private static final String CUSTOMER = "6816f79cc0a8016401c5a33be04be441";
    private static final Seal SEAL = new Seal(new Secret(TOKEN));

    private final SettableClock clock = new SettableClock();
    private final List<Delivery> arrived = new CopyOnWriteArrayList<>();
    private final Vertx outside = Vertx.vertx();
    private final Vertx vertx = Vertx.vertx();
    private VerifyResource service;
    private RecordingProxy proxy;

    @BeforeEach
    void start() throws Exception {
        service = new VerifyResource(VerifyOptions.lifelike(ACCOUNT, SandboxKey.VERIFY_SERVICE_SID), arrived::add);
        var server = await(new RestServer(outside, ACCOUNT, TOKEN, List.of(service), 0).start());
        proxy = new RecordingProxy(outside, server::baseUrl);
        await(proxy.open());
        ProtocolCodec.install(vertx, List.of(TwilioProtocol.class, VerifyProtocol.class));
        var twilio = new TwilioSettings(
                ACCOUNT, List.of(new Secret(TOKEN)), true, null, null, null, proxy.url(), null, null);
        var verify = new VerifySettings(
                SandboxKey.VERIFY_SERVICE_SID, 6, Duration.ofMinutes(30), new Secret(TOKEN), 7, 9, 20, 1000);
        await(vertx.deployVerticle(new TwilioVerticle(twilio)));
        await(vertx.deployVerticle(new VerifyVerticle(verify, SEAL, clock)));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        await(outside.close());
    }

    @Test
    void aCodeTravelsToThePhoneAndBackAsDocumented() throws Exception {
        var sent = send();
        assertThat(arrived).containsExactly(new Delivery(NUMBER, "sms", code()));
        var wrong = check(sent.challenge(), wrongCode());
        assertThat(wrong).isEqualTo(new Checked("pending", null, 8));
        var right = check(sent.challenge(), code());
        assertThat(right.status()).isEqualTo("approved");
        assertThat(right.grant())
                .isNotNull()
                .satisfies(grant ->
                        assertThat(SEAL.isGood(grant, CALL, clock.instant())).isTrue());
        assertThat(check(sent.challenge(), code()).status()).isEqualTo("expired");
        assertAsDocumented("POST Verifications 201", "POST VerificationCheck 201");
        assertThat(proxy.exchanges()).hasSize(3);
    }

    @Test
    void theSameCodeArrivesAgainOnAnotherChannel() throws Exception {
        var first = send();
        var second =
                await(VerifyBus.SEND.send(vertx, new SendCode(CALL, CUSTOMER, new Sensitive(NUMBER), Channel.CALL)));
        assertThat(arrived).extracting(Delivery::channel).containsExactly("sms", "call");
        assertThat(second.challenge().verificationSid())
                .isEqualTo(first.challenge().verificationSid());
        assertThat(check(first.challenge(), code()).grant()).isNotNull();
        assertThat(check(second.challenge(), code()).grant()).isNull();
    }

    @Test
    void aSendWhoseAnswerIsLostIsFoundAndNotRepeated() throws Exception {
        service.faults().loseAnswersOfNext(1);
        var sent = send();
        assertThat(arrived).hasSize(1);
        assertThat(check(sent.challenge(), code()).grant()).isNotNull();
        assertAsDocumented("GET Verifications/{Key} 200");
    }

    @Test
    void aCheckWhoseAnswerIsLostYieldsNoGrantAndIsNotRepeated() throws Exception {
        var sent = send();
        service.faults().loseAnswersOfNext(1);
        refused(Failure.BAD_GATEWAY, VerifyBus.CHECK.send(vertx, checkCode(sent.challenge(), code())));
        assertThat(check(sent.challenge(), code()).status()).isEqualTo("expired");
        assertThat(send().challenge().verificationSid())
                .isNotEqualTo(sent.challenge().verificationSid());
    }

    @Test
    void s16_twiliosOwnLimitsAreHeardInWords() throws Exception {
        for (int i = 0; i < 5; i++) {
            send();
        }
        var words = refused(Failure.BUSY, VerifyBus.SEND.send(vertx, sendCode()));
        assertThat(words).startsWith("No more codes can be sent to this number now.");
        assertThat(arrived).hasSize(5);
        assertAsDocumented("POST Verifications 429");
    }

    @Test
    void aSixthCheckOfOneCodeIsTheLast() throws Exception {
        var challenge = send().challenge();
        for (int i = 0; i < 5; i++) {
            assertThat(check(challenge, wrongCode()).status()).isEqualTo("pending");
        }
        assertThat(check(challenge, code())).isEqualTo(new Checked("max_attempts_reached", null, 3));
        assertThat(check(challenge, code()).grant()).isNull();
        assertAsDocumented("POST VerificationCheck 429");
    }

    @Test
    void twoChecksAtOnceYieldOneGrant() throws Exception {
        var challenge = send().challenge();
        var one = VerifyBus.CHECK.send(vertx, checkCode(challenge, code()));
        var other = VerifyBus.CHECK.send(vertx, checkCode(challenge, code()));
        var answers = List.of(await(one), await(other));
        assertThat(answers).filteredOn(answer -> answer.grant() != null).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.grant() == null)
                .extracting(Checked::status)
                .containsExactly("expired");
    }

    @Test
    void concurrentRequestsForANumberAreWaitedFor() throws Exception {
        service.faults().refuseNext(1, new RestError(429, 60212, "Too many concurrent requests for phone number"));
        send();
        assertThat(arrived).hasSize(1);
        service.faults().failNext(9, 401);
        refused(Failure.UNAVAILABLE, VerifyBus.SEND.send(vertx, sendCode()));
    }

    @Test
    void s12_nothingSensitiveReachesALogTheTapOrAFailure() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var before = root.getLevel();
        var appender = new ListAppender<ILoggingEvent>();
        appender.list = new CopyOnWriteArrayList<>();
        appender.start();
        var seen = new CopyOnWriteArrayList<String>();
        var ours = (Logger) LoggerFactory.getLogger("dev.callbus");
        var oursBefore = ours.getLevel();
        ours.setLevel(Level.TRACE);
        root.addAppender(appender);
        var tap = BusTap.open(vertx, message -> seen.add(message.toString()));
        try {
            var challenge = send().challenge();
            check(challenge, wrongCode());
            service.faults().refuseNext(1, new RestError(400, 60200, "Invalid parameter: " + code()));
            seen.add(refused(Failure.BAD_REQUEST, VerifyBus.CHECK.send(vertx, checkCode(challenge, code()))));
            service.faults().loseAnswersOfNext(1);
            send();
            service.faults().refuseNext(1, new RestError(400, 60200, "Invalid parameter `To`: " + NUMBER));
            seen.add(refused(Failure.BAD_REQUEST, VerifyBus.SEND.send(vertx, sendCode())));
            var forged = new Challenge(CALL, CUSTOMER, "VE1", 6, challenge.expiresAt(), "seal");
            seen.add(refused(Failure.BAD_REQUEST, VerifyBus.CHECK.send(vertx, checkCode(forged, code()))));
            seen.add(sendCode().toString());
            seen.add(checkCode(challenge, code()).toString());
            seen.add(check(challenge, code()).toString());
            seen.add(challenge.toString());
        } finally {
            tap.close();
            root.detachAppender(appender);
            root.setLevel(before);
            ours.setLevel(oursBefore);
        }
        assertThat(appender.list).isNotEmpty();
        appender.list.forEach(event -> seen.add(event.getFormattedMessage()
                + (event.getThrowableProxy() == null
                        ? ""
                        : event.getThrowableProxy().getMessage())));
        assertThat(seen)
                .noneMatch(line -> line.contains(code())
                        || line.contains(wrongCode())
                        || line.contains(NUMBER)
                        || line.contains(NUMBER.substring(1))
                        || line.contains(TOKEN));
    }

    private CodeSent send() throws Exception {
        return await(VerifyBus.SEND.send(vertx, sendCode()));
    }

    private Checked check(Challenge challenge, String code) throws Exception {
        return await(VerifyBus.CHECK.send(vertx, checkCode(challenge, code)));
    }

    private static SendCode sendCode() {
        return new SendCode(CALL, CUSTOMER, new Sensitive(NUMBER), Channel.SMS);
    }

    private static CheckCode checkCode(Challenge challenge, String code) {
        return new CheckCode(CALL, challenge, new Sensitive(code));
    }

    private static String refused(Failure failure, Future<?> asked) {
        var refusal = catchThrowableOfType(BusException.class, () -> await(asked));
        assertThat(refusal).isNotNull();
        assertThat(refusal.failure()).as(refusal.getMessage()).isEqualTo(failure);
        return String.valueOf(refusal.getMessage());
    }

    private String code() {
        return arrived.getLast().code();
    }

    /** A code of the same length that differs in its first digit. */
    private String wrongCode() {
        var code = code();
        return (char) ('0' + (code.charAt(0) - '0' + 1) % 10) + code.substring(1);
    }

    /** Checks all that passed, and that these kinds of exchanges were among it. */
    private void assertAsDocumented(String... kinds) {
        var document = TwilioOpenApi.load("twilio_verify_v2");
        var passed = proxy.exchanges();
        assertThat(passed).allSatisfy(exchange -> {
            var operation = document.find(exchange.method(), exchange.uri().getRawPath())
                    .orElseThrow(() -> new AssertionError(exchange.uri() + " is not documented"));
            assertThat(operation.faultsOfRequest(exchange.query(), exchange.formParameters()))
                    .isEmpty();
            assertThat(operation.faultsOfAnswer(exchange.status(), exchange.answer()))
                    .isEmpty();
        });
        assertThat(passed.stream().map(VerifyContractIT::kind)).contains(kinds);
    }

    private static String kind(RecordingProxy.Exchange exchange) {
        var path = exchange.uri()
                .getPath()
                .replaceFirst("^/v2/Services/VA[0-9a-f]{32}/", "")
                .replaceFirst("Verifications/.+", "Verifications/{Key}");
        return exchange.method() + " " + path + " " + exchange.status();
    }
}
