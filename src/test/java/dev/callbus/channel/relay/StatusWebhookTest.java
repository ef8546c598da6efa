package dev.callbus.channel.relay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.ProtocolCodec;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallEvent;
import dev.callbus.call.CallProtocol;
import dev.callbus.channel.webhook.SignedForm;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Twilio's reports on a call's progress. */
class StatusWebhookTest {
    private static final String CALL = TestTwilio.callSid(1);

    private final Vertx vertx = Vertx.vertx();
    private final StatusWebhook webhook =
            new StatusWebhook(vertx, new RelayTwiml(URI.create("https://voice.example.com")), new CallProgress());
    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<CallProtocol.ToCall> told = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws TimeoutException {
        ProtocolCodec.install(vertx, List.of(CallProtocol.class, CallEvent.class));
        CallBus.EVENTS.subscribe(vertx, events::add).await(5, SECONDS);
        CallBus.call(CALL).serve(vertx, told::add).await(5, SECONDS);
    }

    @AfterEach
    void stop() throws TimeoutException {
        vertx.close().await(5, SECONDS);
    }

    @Test
    void c20_aReportNamesItsCallAsTwilioDoesAndIsTold() throws Exception {
        report("CallStatus", "ringing", "SequenceNumber", "1");
        assertThat(next()).isEqualTo("ringing");
    }

    @Test
    void reportsThatComeLateOrTwiceHaveNoEffect() throws Exception {
        report("CallStatus", "ringing", "SequenceNumber", "1");
        report("CallStatus", "initiated", "SequenceNumber", "0");
        report("CallStatus", "ringing", "SequenceNumber", "1");
        report("CallStatus", "completed", "SequenceNumber", "3");
        report("CallStatus", "in-progress", "SequenceNumber", "2");
        assertThat(next()).isEqualTo("ringing");
        assertThat(next()).isEqualTo("completed");
        report("CallStatus", "in-progress");
        report("AnsweredBy", "human", "CallStatus", "in-progress");
        assertThat(next()).isEqualTo("in-progress human");
    }

    @Test
    void aCallThatIsOverForTheCarrierIsOver() throws Exception {
        report("CallStatus", "completed", "SequenceNumber", "3");
        assertThat(told.poll(5, SECONDS)).isEqualTo(new CallProtocol.ChannelLost("carrier: completed"));
    }

    @Test
    void theModelIsToldOfAnAnsweringMachineOnce() throws Exception {
        report("CallStatus", "in-progress", "AnsweredBy", "machine_start", "MachineDetectionDuration", "3100");
        report("CallStatus", "in-progress", "AnsweredBy", "machine_start", "MachineDetectionDuration", "3100");
        report("CallStatus", "completed", "SequenceNumber", "3");
        assertThat(told.poll(5, SECONDS)).isEqualTo(new CallProtocol.Note("The call was answered by: machine_start."));
        assertThat(told.poll(5, SECONDS)).isInstanceOf(CallProtocol.ChannelLost.class);
    }

    @Test
    void whatTwilioNeverSaysDoesNotReachTheLogAsItIs() throws Exception {
        report("CallStatus", "ring\ning", "SequenceNumber", "99999999999");
        assertThat(next()).isEqualTo("-");
    }

    private void report(String... parameters) throws TimeoutException {
        var form = new java.util.HashMap<String, List<String>>(Map.of("CallSid", List.of(CALL)));
        for (int i = 0; i < parameters.length; i += 2) {
            form.put(parameters[i], List.of(parameters[i + 1]));
        }
        var call = WebhookCall.of(new SignedForm("/twilioStatusCallback", form, Map.of(), ""));
        assertThat(webhook.answer(call).await(5, SECONDS)).contains("<Response/>");
    }

    private String next() throws InterruptedException {
        var report = (CallEvent.CarrierReport) events.poll(5, SECONDS);
        assertThat(report).isNotNull();
        return List.of(report.status(), report.answeredBy()).stream()
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
