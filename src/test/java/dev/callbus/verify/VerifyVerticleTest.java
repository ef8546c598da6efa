package dev.callbus.verify;

import static dev.callbus.verify.VerifyRig.CALL;
import static dev.callbus.verify.VerifyRig.CODE;
import static dev.callbus.verify.VerifyRig.CUSTOMER;
import static dev.callbus.verify.VerifyRig.NUMBER;
import static dev.callbus.verify.VerifyRig.SERVICE;
import static dev.callbus.verify.VerifyRig.checkCode;
import static dev.callbus.verify.VerifyRig.sendCode;
import static dev.callbus.verify.VerifyRig.settings;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Sensitive;
import dev.callbus.twilio.TwilioProtocol.VerificationChecked;
import dev.callbus.verify.VerifyProtocol.Channel;
import dev.callbus.verify.VerifyProtocol.CheckCode;
import dev.callbus.verify.VerifyProtocol.Checked;
import dev.callbus.verify.VerifyProtocol.SendCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyVerticleTest {

    @Test
    void aRightCodeYieldsAGrantForTheCustomerOfTheChallenge() throws Exception {
        try (var rig = VerifyRig.generous()) {
            var sent = rig.send();
            assertThat(sent.status()).isEqualTo("pending");
            assertThat(sent.sendsLeft()).isEqualTo(2);
            var checked = rig.check(sent.challenge(), " 864-213#");
            assertThat(checked.status()).isEqualTo("approved");
            var grant = Objects.requireNonNull(checked.grant());
            assertThat(grant.customer()).isEqualTo(CUSTOMER);
            assertThat(rig.seal.isGood(grant, CALL, rig.now())).isTrue();
            assertThat(grant.expiresAt()).isEqualTo(rig.now().plus(Duration.ofMinutes(30)));
            assertThat(rig.checks).singleElement().satisfies(check -> {
                assertThat(check.serviceSid()).isEqualTo(SERVICE);
                assertThat(check.verificationSid()).isEqualTo("VE1");
                assertThat(check.code().reveal()).isEqualTo(CODE);
            });
        }
    }

    @Test
    void s4_theCodeGoesOnlyWhereSendCodeSays() throws Exception {
        try (var rig = VerifyRig.generous()) {
            rig.send(CALL, "+1 (555) 000-1111");
            VerifyBus.SEND
                    .send(rig.vertx, new SendCode(CALL, CUSTOMER, new Sensitive("+15550001112"), Channel.CALL))
                    .await(5, SECONDS);
            assertThat(rig.starts).extracting(start -> start.to().reveal()).containsExactly(NUMBER, "+15550001112");
            assertThat(rig.starts).extracting(start -> start.channel()).containsExactly("sms", "call");
            assertThat(rig.starts).extracting(start -> start.serviceSid()).containsOnly(SERVICE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5550001111", "someone@example.com", "+1", "whatsapp:+15550001111", "+19005551234"})
    void sendsNothingToWhatIsNoNumberOrACostlyOne(String number) throws Exception {
        try (var rig = VerifyRig.generous()) {
            var words = rig.fails(VerifyBus.SEND, sendCode(CALL, number), Failure.BAD_REQUEST);
            assertThat(words).isEqualTo("No code can be sent to this number.");
            assertThat(rig.starts).isEmpty();
            assertThat(rig.send().sendsLeft()).isEqualTo(2);
        }
    }

    @Test
    void s16_aCallGetsSoManyCodesAndNoMore() throws Exception {
        try (var rig = VerifyRig.generous()) {
            for (int i = 0; i < 3; i++) {
                rig.send(CALL, "+1555000111" + i);
            }
            var words = rig.fails(VerifyBus.SEND, sendCode(CALL, "+15550001119"), Failure.BUSY);
            assertThat(words).isEqualTo("No more codes can be sent on this call.");
            assertThat(rig.starts).hasSize(3);
            assertThat(rig.send("CA2", NUMBER).sendsLeft()).isEqualTo(2);
        }
    }

    @Test
    void s16_aNumberGetsSoManyCodesADayFromAllCalls() throws Exception {
        try (var rig = new VerifyRig(settings(SERVICE, 3, 4, 1000))) {
            for (int i = 0; i < 4; i++) {
                rig.send("CA" + i, NUMBER);
            }
            var words = rig.fails(VerifyBus.SEND, sendCode("CA9", "+1 555 000 1111"), Failure.BUSY);
            assertThat(words).isEqualTo("No more codes can be sent to this number today.");
            assertThat(rig.starts).hasSize(4);
            assertThat(rig.send("CA9", "+15550001112").sendsLeft()).isEqualTo(2);
            rig.pass(Duration.ofHours(23));
            rig.fails(VerifyBus.SEND, sendCode("CA9", NUMBER), Failure.BUSY);
            rig.pass(Duration.ofHours(1));
            rig.send("CA9", NUMBER);
        }
    }

    @Test
    void s16_aNodeSendsSoManyCodesADay() throws Exception {
        try (var rig = new VerifyRig(settings(SERVICE, 3, 4, 20))) {
            for (int i = 10; i < 30; i++) {
                rig.send("CA" + i, "+155500011" + i);
            }
            var words = rig.fails(VerifyBus.SEND, sendCode("CA9", NUMBER), Failure.BUSY);
            assertThat(words).isEqualTo("No more codes can be sent today.");
            assertThat(rig.starts).hasSize(20);
            rig.pass(Duration.ofDays(1));
            assertThat(rig.send("CA9", NUMBER).sendsLeft()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"BAD_REQUEST", "BUSY", "UNAVAILABLE"})
    void aSendThatCertainlyDidNotHappenCountsNowhere(Failure failure) throws Exception {
        try (var rig = new VerifyRig(settings(SERVICE, 2, 2, 2))) {
            var good = rig.onStart;
            rig.onStart = ask -> Future.failedFuture(new BusException(failure, "as Twilio says"));
            for (int i = 0; i < 5; i++) {
                rig.fails(VerifyBus.SEND, sendCode(CALL, NUMBER), failure);
            }
            rig.onStart = good;
            assertThat(rig.send().sendsLeft()).isEqualTo(1);
            assertThat(rig.send().sendsLeft()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"BAD_GATEWAY", "TIMEOUT", "INTERNAL"})
    void aSendThatMayHaveHappenedCounts(Failure failure) throws Exception {
        try (var rig = new VerifyRig(settings(SERVICE, 2, 9, 9))) {
            rig.onStart = ask -> Future.failedFuture(new BusException(failure, "lost"));
            rig.fails(VerifyBus.SEND, sendCode(CALL, NUMBER), failure);
            rig.fails(VerifyBus.SEND, sendCode(CALL, NUMBER), failure);
            rig.fails(VerifyBus.SEND, sendCode(CALL, NUMBER), Failure.BUSY);
            assertThat(rig.starts).hasSize(2);
        }
    }

    @Test
    void aWrongCodeLeavesTriesUntilThereAreNone() throws Exception {
        try (var rig = VerifyRig.generous()) {
            var challenge = rig.send().challenge();
            for (int left = 4; left >= 0; left--) {
                assertThat(rig.check(challenge, "000000")).isEqualTo(new Checked("pending", null, left));
            }
            var words = rig.fails(VerifyBus.CHECK, checkCode(challenge, CODE), Failure.BUSY);
            assertThat(words).isEqualTo("No more codes can be tried on this call.");
            assertThat(rig.checks).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "1234567", "abcdef", "864213 or so"})
    void whatIsNoCodeNeverReachesTwilioAndDoesNotCount(String text) throws Exception {
        try (var rig = VerifyRig.generous()) {
            var challenge = rig.send().challenge();
            assertThat(rig.check(challenge, text)).isEqualTo(new Checked("pending", null, 5));
            assertThat(rig.checks).isEmpty();
        }
    }

    @Test
    void s3_aForgedOrForeignChallengeIsRefusedWithoutAskingTwilio() throws Exception {
        try (var rig = VerifyRig.generous()) {
            var own = rig.send().challenge();
            var foreign = rig.send("CA2", NUMBER).challenge();
            var forged = List.of(
                    foreign,
                    new Challenge(CALL, "somebody-else", own.verificationSid(), 6, own.expiresAt(), own.seal()),
                    new Challenge(CALL, CUSTOMER, "VE99", 6, own.expiresAt(), own.seal()),
                    new Challenge(CALL, CUSTOMER, own.verificationSid(), 6, own.expiresAt(), ""),
                    new Challenge(CALL, CUSTOMER, foreign.verificationSid(), 6, own.expiresAt(), foreign.seal()));
            for (var challenge : forged) {
                rig.fails(VerifyBus.CHECK, checkCode(challenge, CODE), Failure.BAD_REQUEST);
            }
            assertThat(rig.checks).isEmpty();
            assertThat(rig.check(own, CODE).checksLeft()).isEqualTo(4);
        }
    }

    @Test
    void anExpiredChallengeIsAnsweredWithoutAskingTwilio() throws Exception {
        try (var rig = VerifyRig.generous()) {
            var challenge = rig.send().challenge();
            rig.pass(Duration.ofMinutes(10));
            assertThat(rig.check(challenge, CODE)).isEqualTo(new Checked("expired", null, 5));
            assertThat(rig.checks).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "max_attempts_reached", "canceled", "failed"})
    void twiliosOutcomesAreOutcomesHere(String status) throws Exception {
        try (var rig = VerifyRig.generous()) {
            var challenge = rig.send().challenge();
            rig.onCheck = ask -> Future.succeededFuture(new VerificationChecked(status, false));
            assertThat(rig.check(challenge, CODE)).isEqualTo(new Checked(status, null, 4));
        }
    }

    @Test
    void anApprovalThatIsNotValidYieldsNoGrant() throws Exception {
        try (var rig = VerifyRig.generous()) {
            var challenge = rig.send().challenge();
            rig.onCheck = ask -> Future.succeededFuture(new VerificationChecked("approved", false));
            assertThat(rig.check(challenge, CODE)).isEqualTo(new Checked("pending", null, 4));
        }
    }

    @Test
    void twoChecksAtOnceOfOneCodeYieldOneGrant() throws Exception {
        try (var rig = VerifyRig.generous()) {
            var challenge = rig.send().challenge();
            Promise<VerificationChecked> both = Promise.promise();
            rig.onCheck = ask -> {
                if (rig.checks.size() == 2) {
                    both.tryComplete(new VerificationChecked("approved", true));
                }
                return both.future();
            };
            var question = new CheckCode(CALL, challenge, new Sensitive(CODE));
            var one = VerifyBus.CHECK.send(rig.vertx, question);
            var other = VerifyBus.CHECK.send(rig.vertx, question);
            var answers = List.of(one.await(5, SECONDS), other.await(5, SECONDS));
            assertThat(answers).extracting(Checked::status).containsExactlyInAnyOrder("approved", "expired");
            assertThat(answers).filteredOn(answer -> answer.grant() != null).hasSize(1);
            assertThat(rig.check(challenge, CODE).status()).isEqualTo("expired");
            assertThat(rig.checks).hasSize(2);
        }
    }

    @Test
    void aCheckThatDidNotHappenCountsNotAndALostOneCounts() throws Exception {
        try (var rig = VerifyRig.generous()) {
            var challenge = rig.send().challenge();
            rig.onCheck = ask -> Future.failedFuture(new BusException(Failure.UNAVAILABLE, "down"));
            rig.fails(VerifyBus.CHECK, checkCode(challenge, CODE), Failure.UNAVAILABLE);
            rig.onCheck = ask -> Future.failedFuture(new BusException(Failure.BAD_GATEWAY, "lost"));
            rig.fails(VerifyBus.CHECK, checkCode(challenge, CODE), Failure.BAD_GATEWAY);
            assertThat(rig.check(challenge, "").checksLeft()).isEqualTo(4);
        }
    }

    @Test
    void withoutAServiceNobodyCanBeVerified() throws Exception {
        try (var rig = new VerifyRig(settings(null, 3, 10, 1000))) {
            var words = rig.fails(VerifyBus.SEND, sendCode(CALL, NUMBER), Failure.UNAVAILABLE);
            assertThat(words).contains("VERIFY_SERVICE_SID");
            var challenge = rig.seal.challenge(CALL, CUSTOMER, "VE1", 6, rig.now(), Duration.ofMinutes(1));
            rig.fails(VerifyBus.CHECK, checkCode(challenge, CODE), Failure.UNAVAILABLE);
            assertThat(rig.starts).isEmpty();
            assertThat(rig.checks).isEmpty();
        }
    }
}
