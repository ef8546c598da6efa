package dev.callbus.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.Failure;
import dev.callbus.bus.Sensitive;
import dev.callbus.twilio.PlayedTwilio.Scripted;
import dev.callbus.twilio.TwilioProtocol.CheckVerification;
import dev.callbus.twilio.TwilioProtocol.StartVerification;
import dev.callbus.twilio.TwilioProtocol.VerificationChecked;
import dev.callbus.twilio.TwilioProtocol.VerificationStarted;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verify as Twilio control asks it, beside a played Twilio. */
class VerificationsTest {
    private static final String SERVICE = "VA" + "0".repeat(31) + "1";
    private static final String SID = "VE" + "0".repeat(31) + "1";
    private static final String TO = "+15551230001";
    private static final String STARTS = "/v2/Services/" + SERVICE + "/Verifications";
    private static final String FETCH = STARTS + "/%2B15551230001";
    private static final String CHECKS = "/v2/Services/" + SERVICE + "/VerificationCheck";
    private static final StartVerification START = new StartVerification(SERVICE, new Sensitive(TO), "sms");
    private static final CheckVerification CHECK = new CheckVerification(SERVICE, SID, new Sensitive("864213"));

    /** Nothing here is about slowness. */
    private static final RestTiming PATIENT = new RestTiming(
            Duration.ofSeconds(3),
            Duration.ofSeconds(4),
            Duration.ofMillis(10),
            Duration.ofMillis(30),
            Duration.ofSeconds(1));

    private TwilioRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new TwilioRig();
        rig.vertx
                .deployVerticle(new TwilioVerticle(TwilioRig.settings(rig.twilio.url()), PATIENT))
                .await(5, SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void startsAVerificationOfTheNumber() throws Exception {
        answer("POST", STARTS, 201, verification("pending", Instant.now()));
        assertThat(rig.done(TwilioBus.VERIFY_START, START)).isEqualTo(new VerificationStarted(SID, "pending"));
        var form = rig.twilio.last("POST", STARTS).form();
        assertThat(form.get("To")).isEqualTo(TO);
        assertThat(form.get("Channel")).isEqualTo("sms");
        assertThat(form.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 60200, BAD_REQUEST",
        "403, 60410, UNAVAILABLE",
        "400, 60205, BAD_REQUEST",
        "429, 60203, BUSY",
        "429, 60202, BUSY",
        "404, 20404, UNAVAILABLE",
        "401, 20003, UNAVAILABLE"
    })
    void aRefusedStartIsAFailureThatNamesNoNumber(int status, int code, Failure failure) {
        rig.twilio.script("POST", STARTS, status, code, "Invalid parameter `To`: " + TO);
        var e = rig.fails(TwilioBus.VERIFY_START, START, failure);
        assertThat(e.getMessage()).doesNotContain(TO);
        assertThat(rig.twilio.count("POST", STARTS)).isEqualTo(1);
        assertThat(rig.twilio.count("GET", FETCH)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {60212, 20429})
    void aLimitThatPassesIsWaitedFor(int code) throws Exception {
        rig.twilio.script("POST", STARTS, 429, code, "wait");
        answer("POST", STARTS, 201, verification("pending", Instant.now()));
        assertThat(rig.done(TwilioBus.VERIFY_START, START).sid()).isEqualTo(SID);
        assertThat(rig.twilio.count("POST", STARTS)).isEqualTo(2);
        for (int i = 0; i < 4; i++) {
            rig.twilio.script("POST", STARTS, 429, code, "wait");
        }
        rig.fails(TwilioBus.VERIFY_START, START, Failure.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 503, 502, 504})
    void aStartWhoseAnswerWasLostIsFoundAndNeverRepeated(int status) throws Exception {
        rig.twilio.scripted.add(new Scripted("POST", STARTS, status, "oops"));
        answer("GET", FETCH, 200, verification("pending", Instant.now()));
        assertThat(rig.done(TwilioBus.VERIFY_START, START)).isEqualTo(new VerificationStarted(SID, "pending"));
        assertThat(rig.twilio.count("POST", STARTS)).isEqualTo(1);
        assertThat(rig.twilio.count("GET", FETCH)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, BAD_GATEWAY", "504, BAD_GATEWAY", "500, UNAVAILABLE", "503, UNAVAILABLE"})
    void aStartThatIsNotFoundDidNotHappenOnlyIfTwilioItselfFailed(int status, Failure failure) {
        rig.twilio.scripted.add(new Scripted("POST", STARTS, status, "oops"));
        rig.fails(TwilioBus.VERIFY_START, START, failure);
        assertThat(rig.twilio.count("POST", STARTS)).isEqualTo(1);
        assertThat(rig.twilio.count("GET", FETCH)).isEqualTo(1);
    }

    @Test
    void anOlderCodeIsNotMistakenForTheLostOne() {
        rig.twilio.scripted.add(new Scripted("POST", STARTS, 0, ""));
        answer("GET", FETCH, 200, verification("pending", Instant.now().minusSeconds(60)));
        rig.fails(TwilioBus.VERIFY_START, START, Failure.BAD_GATEWAY);
        rig.twilio.scripted.add(new Scripted("POST", STARTS, 0, ""));
        answer("GET", FETCH, 200, verification("max_attempts_reached", Instant.now()));
        rig.fails(TwilioBus.VERIFY_START, START, Failure.BAD_GATEWAY);
    }

    @Test
    void checksACodeOfTheVerification() throws Exception {
        answer("POST", CHECKS, 201, check("approved", true));
        assertThat(rig.done(TwilioBus.VERIFY_CHECK, CHECK)).isEqualTo(new VerificationChecked("approved", true));
        var form = rig.twilio.last("POST", CHECKS).form();
        assertThat(form.get("VerificationSid")).isEqualTo(SID);
        assertThat(form.get("Code")).isEqualTo("864213");
        assertThat(form.size()).isEqualTo(2);
        answer("POST", CHECKS, 200, check("pending", false));
        assertThat(rig.done(TwilioBus.VERIFY_CHECK, CHECK)).isEqualTo(new VerificationChecked("pending", false));
    }

    @ParameterizedTest
    @CsvSource({"404, 20404, expired", "429, 60202, max_attempts_reached"})
    void theEndOfAVerificationIsAnOutcome(int status, int code, String outcome) throws Exception {
        rig.twilio.script("POST", CHECKS, status, code, "as Twilio says");
        assertThat(rig.done(TwilioBus.VERIFY_CHECK, CHECK)).isEqualTo(new VerificationChecked(outcome, false));
        assertThat(rig.twilio.count("POST", CHECKS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 60200, BAD_REQUEST",
        "401, 20003, UNAVAILABLE",
        "0, 0, BAD_GATEWAY",
        "500, 0, BAD_GATEWAY",
        "504, 0, BAD_GATEWAY"
    })
    void aFaultIsAFailureAndTheCheckIsNotRepeated(int status, int code, Failure failure) {
        rig.twilio.script("POST", CHECKS, status, code, "Invalid parameter: 864213");
        var e = rig.fails(TwilioBus.VERIFY_CHECK, CHECK, failure);
        assertThat(e.getMessage()).doesNotContain("864213");
        assertThat(rig.twilio.count("POST", CHECKS)).isEqualTo(1);
    }

    @Test
    void anAnswerThatCannotBeReadIsNoApproval() {
        rig.twilio.scripted.add(new Scripted("POST", CHECKS, 200, "<html>approved</html>"));
        rig.fails(TwilioBus.VERIFY_CHECK, CHECK, Failure.BAD_GATEWAY);
        rig.twilio.scripted.add(new Scripted("POST", CHECKS, 200, "{\"valid\":true}"));
        rig.fails(TwilioBus.VERIFY_CHECK, CHECK, Failure.BAD_GATEWAY);
    }

    private void answer(String method, String path, int status, JsonObject body) {
        rig.twilio.scripted.add(new Scripted(method, path, status, body.encode()));
    }

    private static JsonObject verification(String status, Instant sent) {
        var attempts = new JsonArray();
        for (var time : new Instant[] {sent.minusSeconds(120), sent}) {
            attempts.add(new JsonObject().put("time", time.toString()).put("channel", "SMS"));
        }
        return new JsonObject()
                .put("sid", SID)
                .put("status", status)
                .put("valid", false)
                .put("send_code_attempts", attempts);
    }

    private static JsonObject check(String status, boolean valid) {
        return new JsonObject().put("sid", SID).put("status", status).put("valid", valid);
    }
}
