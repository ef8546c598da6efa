package dev.callbus.twilio;

import static dev.callbus.twilio.TwilioRig.FROM;
import static dev.callbus.twilio.TwilioRig.TO;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.Failure;
import dev.callbus.config.TwilioSettings;
import dev.callbus.twilio.PlayedTwilio.Fault;
import dev.callbus.twilio.PlayedTwilio.PlacedCall;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TwilioVerticleTest {
    private static final String URL = "https://example.com/voice";
    private TwilioRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = TwilioRig.started();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void placesACallThatReportsItsProgress() throws Exception {
        var placed = rig.done(TwilioBus.PLACE, TwilioRig.call(URL));

        assertThat(rig.twilio.calls).extracting(PlacedCall::sid).containsExactly(placed.callSid());
        assertThat(placed.status()).isEqualTo("queued");
        var sent = rig.twilio.last("POST", "/Calls.json");
        assertThat(sent.authorization()).startsWith("Basic QUNhYWFh");
        assertThat(sent.form().getAll("StatusCallbackEvent"))
                .containsExactly("initiated", "ringing", "answered", "completed");
        assertThat(sent.form().get("StatusCallback")).isEqualTo("https://example.com/status");
        assertThat(sent.form().get("Method")).isEqualTo("POST");
        assertThat(sent.form().get("Timeout")).isEqualTo("25");
        assertThat(sent.form().names()).doesNotContain("Record", "Twiml", "MachineDetection", "AsyncAmd");
    }

    @Test
    void findsOutAboutMachinesBesideTheCall() throws Exception {
        rig.done(
                TwilioBus.PLACE,
                new TwilioProtocol.PlaceCall(TO, FROM, URL, "https://example.com/s", true, Duration.ofSeconds(20)));

        var form = rig.twilio.last("POST", "/Calls.json").form();
        assertThat(form.get("MachineDetection")).isEqualTo("Enable");
        assertThat(form.get("AsyncAmd")).isEqualTo("true");
        assertThat(form.get("AsyncAmdStatusCallback")).isEqualTo("https://example.com/s");
    }

    @Test
    void aFailureOnCreateLeadsToOnePostAndNothingPlaced() {
        rig.twilio.faults.add(Fault.FAIL_BEFORE);
        rig.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.UNAVAILABLE);

        assertThat(rig.twilio.count("POST", "/Calls.json")).isEqualTo(1);
        assertThat(rig.twilio.count("GET", "/Calls.json")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL_AFTER", "GATEWAY_AFTER", "CLOSE_AFTER", "SLOW"})
    void aCallWhoseAnswerWasLostIsFound(Fault fault) throws Exception {
        rig.twilio.faults.add(fault);
        var placed = rig.done(TwilioBus.PLACE, TwilioRig.call(URL));

        assertThat(rig.twilio.calls).extracting(PlacedCall::sid).containsExactly(placed.callSid());
        assertThat(rig.twilio.count("POST", "/Calls.json")).isEqualTo(1);
    }

    @Test
    void aClosedConnectionProvesNothing() {
        rig.twilio.faults.add(Fault.CLOSE_BEFORE);
        rig.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.BAD_GATEWAY);
        assertThat(rig.twilio.count("POST", "/Calls.json")).isEqualTo(1);
    }

    @Test
    void concurrentPlacementsNeverShareACall() throws Exception {
        rig.twilio.faults.addAll(
                List.of(Fault.CLOSE_AFTER, Fault.NONE, Fault.FAIL_AFTER, Fault.CLOSE_AFTER, Fault.NONE));
        var asks = IntStream.range(0, 6).mapToObj(i -> rig.place(URL + i)).toList();

        for (int i = 0; i < asks.size(); i++) {
            var sid = asks.get(i).await(20, SECONDS).callSid();
            var url = URL + i;
            assertThat(rig.twilio.calls)
                    .filteredOn(call -> call.sid().equals(sid))
                    .extracting(PlacedCall::url)
                    .containsExactly(url);
        }
        assertThat(rig.twilio.calls).hasSize(6);
    }

    @Test
    void aCallThatWasReturnedOnceIsNeverReturnedAgain() throws Exception {
        rig.done(TwilioBus.PLACE, TwilioRig.call(URL));
        rig.twilio.faults.add(Fault.FAIL_BEFORE);
        rig.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.UNAVAILABLE);
    }

    @Test
    void anOldCallOfSomebodyElseIsNotTakenAndLeavesItOpen() {
        rig.twilio.placeElsewhere(TO, FROM, Instant.now().minusSeconds(60));
        rig.twilio.faults.add(Fault.FAIL_BEFORE);
        rig.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.BAD_GATEWAY);
    }

    @Test
    void twoStrangeCallsAreNotToldApart() {
        rig.twilio.placeElsewhere(TO, FROM, Instant.now());
        rig.twilio.faults.add(Fault.CLOSE_AFTER);
        rig.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.BAD_GATEWAY);
    }

    @Test
    void aCallThatComesLateIsNotTakenForTheNext() {
        rig.twilio.faults.addAll(List.of(Fault.LATE, Fault.FAIL_BEFORE));
        rig.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.BAD_GATEWAY);
        rig.fails(TwilioBus.PLACE, TwilioRig.call(URL + "2"), Failure.BAD_GATEWAY);
        assertThat(rig.twilio.calls).extracting(PlacedCall::url).containsExactly(URL);
    }

    @Test
    void whatTwilioPutsOffIsAskedAgain() throws Exception {
        rig.twilio.faults.addAll(List.of(Fault.BUSY, Fault.BUSY));
        rig.done(TwilioBus.PLACE, TwilioRig.call(URL));
        assertThat(rig.twilio.count("POST", "/Calls.json")).isEqualTo(3);
        assertThat(rig.twilio.calls).hasSize(1);
    }

    @Test
    void whatTwilioKeepsPuttingOffIsBusy() {
        rig.twilio.faults.addAll(List.of(Fault.BUSY, Fault.BUSY, Fault.BUSY, Fault.BUSY, Fault.BUSY));
        rig.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.BUSY);
        assertThat(rig.twilio.count("POST", "/Calls.json")).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"400,21211,BAD_REQUEST", "401,20003,BAD_REQUEST", "404,20404,NOT_FOUND", "409,20409,CONFLICT"})
    void aRefusalIsToldWithTwiliosCode(int status, int code, Failure failure) {
        rig.twilio.script("POST", "/Calls.json", status, code, "because");
        var e = rig.fails(TwilioBus.PLACE, TwilioRig.call(URL), failure);
        assertThat(e).hasMessage("Twilio says " + code + ": because");
        assertThat(rig.twilio.count("GET", "/Calls.json")).isZero();
    }

    @Test
    void redirectsALiveCall() throws Exception {
        rig.done(TwilioBus.REDIRECT, new TwilioProtocol.RedirectCall("CA1", URL));
        var form = rig.twilio.last("POST", "/Calls/CA1.json").form();
        assertThat(form.get("Url")).isEqualTo(URL);
        assertThat(form.names()).containsExactlyInAnyOrder("Url", "Method");
    }

    @ParameterizedTest
    @CsvSource({"0,BAD_GATEWAY", "500,BAD_GATEWAY", "400,BAD_REQUEST", "404,NOT_FOUND", "302,BAD_GATEWAY"})
    void aRedirectionThatFailsIsNotRepeated(int status, Failure failure) {
        rig.twilio.script("POST", "/Calls/CA1.json", status, 21220, "not in progress");
        rig.fails(TwilioBus.REDIRECT, new TwilioProtocol.RedirectCall("CA1", URL), failure);
        assertThat(rig.twilio.count("POST", "/Calls/CA1.json")).isEqualTo(1);
    }

    @Test
    void endsACall() throws Exception {
        rig.done(TwilioBus.END, new TwilioProtocol.EndCall("CA1"));
        assertThat(rig.twilio.last("POST", "/Calls/CA1.json").form().get("Status"))
                .isEqualTo("completed");
    }

    @ParameterizedTest
    @CsvSource({"400", "500", "0"})
    void aCallThatIsOverIsEnded(int status) throws Exception {
        rig.twilio.script("POST", "/Calls/CA1.json", status, 21220, "not in progress");
        rig.twilio.scripted.add(
                new PlayedTwilio.Scripted("GET", "/Calls/CA1.json", 200, "{\"sid\":\"CA1\",\"status\":\"no-answer\"}"));
        rig.done(TwilioBus.END, new TwilioProtocol.EndCall("CA1"));
    }

    @ParameterizedTest
    @CsvSource({"400,BAD_REQUEST", "404,NOT_FOUND", "500,BAD_GATEWAY"})
    void aCallThatGoesOnIsNotEnded(int status, Failure failure) {
        rig.twilio.script("POST", "/Calls/CA1.json", status, 1, "no");
        rig.fails(TwilioBus.END, new TwilioProtocol.EndCall("CA1"), failure);
    }

    @Test
    void sendsAMessage() throws Exception {
        var sent = rig.done(TwilioBus.MESSAGE, new TwilioProtocol.SendMessage(TO, FROM, "null & \u00fc\n"));
        assertThat(sent).isEqualTo(new TwilioProtocol.Sent("SM1", "queued"));
        var form = rig.twilio.last("POST", "/Messages.json").form();
        assertThat(form.get("Body")).isEqualTo("null & \u00fc\n");
        assertThat(form.get("To")).isEqualTo(TO);
    }

    @ParameterizedTest
    @CsvSource({"0", "500", "503"})
    void aMessageIsNeverRepeated(int status) {
        rig.twilio.script("POST", "/Messages.json", status, 0, "");
        rig.fails(TwilioBus.MESSAGE, new TwilioProtocol.SendMessage(TO, FROM, "hi"), Failure.BAD_GATEWAY);
        assertThat(rig.twilio.count("POST", "/Messages.json")).isEqualTo(1);
    }

    @Test
    void aSidThatLeadsElsewhereIsRefusedHere() {
        rig.fails(TwilioBus.END, new TwilioProtocol.EndCall("../Messages"), Failure.BAD_REQUEST);
        rig.fails(TwilioBus.END, new TwilioProtocol.EndCall("CA1?x=1"), Failure.BAD_REQUEST);
        assertThat(rig.twilio.received).isEmpty();
    }

    @Test
    void twilioOutOfReachMeansNothingWasDone() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (var alone = new TwilioRig()) {
            alone.deploy(TwilioRig.settings(URI.create("http://127.0.0.1:" + free)));
            alone.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.UNAVAILABLE);
            alone.fails(TwilioBus.MESSAGE, new TwilioProtocol.SendMessage(TO, FROM, "hi"), Failure.UNAVAILABLE);
        }
    }

    @Test
    void withoutAnAccountNothingIsAsked() throws Exception {
        try (var alone = new TwilioRig()) {
            alone.deploy(new TwilioSettings("AC1", List.of(), false, null, null, null, null, null, null));
            var e = alone.fails(TwilioBus.END, new TwilioProtocol.EndCall("CA1"), Failure.UNAVAILABLE);
            assertThat(e).hasMessageContaining("AUTH_TOKEN");
        }
    }

    @Test
    void theSandboxNeverAsksTheRealTwilio() throws Exception {
        try (var alone = new TwilioRig()) {
            alone.deploy(TwilioRig.settings(null));
            var e = alone.fails(TwilioBus.PLACE, TwilioRig.call(URL), Failure.UNAVAILABLE);
            assertThat(e).hasMessageContaining("TWILIO_REST_URL");
        }
    }
}
