package dev.callbus.sandbox.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.twilio.ObeyedServer.Answer;
import dev.callbus.sandbox.twilio.OutboundCall.Progress;
import dev.callbus.sandbox.twilio.rest.SettableClock;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reports of a call's progress say of its times. */
class StatusCallbacksTest {
    private static final String TOKEN = "12345678901234567890123456789012";
    private static final String ACCOUNT = "AC" + "0".repeat(32);
    private static final Set<String> ALL = Set.of("initiated", "ringing", "answered", "completed");

    private final SettableClock clock = new SettableClock();
    private final CallRecord call = new CallRecord(
            CallIdentity.outbound(ACCOUNT, "+15550002222", "+15550003333"), CallStatus.QUEUED, Duration.ZERO, clock);
    private Vertx vertx;
    private ObeyedServer server;
    private WebhookClient webhooks;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        server = new ObeyedServer();
        webhooks = new WebhookClient(vertx, PhoneNetworkOptions.lifelike(ACCOUNT, TOKEN, server.tunnel()));
    }

    @AfterEach
    void close() throws Exception {
        webhooks.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "59,1", "60,1", "61,2", "600,10"})
    void tellsSecondsAndBegunMinutesOfTheAnsweredTime(long seconds, String minutes) throws Exception {
        var callbacks = callbacks("/status", Set.of("completed"));
        call.move(CallStatus.RINGING);
        clock.pass(Duration.ofSeconds(20));
        call.move(CallStatus.IN_PROGRESS);
        clock.pass(Duration.ofSeconds(seconds));
        call.move(CallStatus.COMPLETED);
        clock.pass(Duration.ofSeconds(5));
        callbacks.report("completed");
        assertThat(server.webhook().form())
                .containsEntry("CallDuration", String.valueOf(seconds))
                .containsEntry("Duration", minutes);
    }

    @ParameterizedTest
    @CsvSource({"BUSY", "NO_ANSWER", "FAILED", "CANCELED"})
    void countsNoTimeOfACallThatNobodyAnswered(CallStatus end) throws Exception {
        var callbacks = callbacks("/status", ALL);
        call.move(CallStatus.RINGING);
        clock.pass(Duration.ofSeconds(20));
        call.move(end);
        callbacks.report("completed");
        assertThat(server.webhook().form())
                .containsEntry("CallStatus", end.wire())
                .containsEntry("CallDuration", "0")
                .containsEntry("Duration", "0");
    }

    @Test
    void tellsWhenItHappenedRatherThanWhenItIsReported() throws Exception {
        var callbacks = callbacks("/status", ALL);
        clock.pass(Duration.ofSeconds(5));
        call.move(CallStatus.RINGING);
        clock.pass(Duration.ofSeconds(1));
        callbacks.report("ringing");
        assertThat(server.webhook().form())
                .containsEntry("Timestamp", "Sat, 21 Nov 2026 08:00:05 +0000")
                .doesNotContainKeys("CallDuration", "Duration");
    }

    @Test
    void numbersWhatNobodyAskedFor() throws Exception {
        var callbacks = callbacks("/status", Set.of("answered"));
        callbacks.report("initiated");
        callbacks.report("ringing");
        callbacks.report("answered");
        callbacks.report("completed");
        callbacks.delivered().await(5, SECONDS);
        assertThat(server.webhook().form()).containsEntry("SequenceNumber", "2");
        assertThat(server.hasNoWebhookFor(0)).isTrue();
    }

    @Test
    void isDoneWithReportsThatAreRefusedOrLeadNowhere() throws Exception {
        server.answer("/status", webhook -> new Answer(500, "text/plain", ""));
        var refused = callbacks("/status", ALL);
        refused.report("ringing");
        refused.report("completed");
        assertThat(refused.delivered().await(5, SECONDS)).isNull();
        assertThat(server.webhook().path()).isEqualTo("/status");
        assertThat(server.webhook().path()).isEqualTo("/status");
        var lost = new StatusCallbacks(
                webhooks,
                call,
                new Progress(new OutboundCall.Callback(URI.create("https://elsewhere.example/"), "POST"), ALL));
        lost.report("completed");
        assertThat(lost.delivered().await(5, SECONDS)).isNull();
    }

    @Test
    void reportsNothingWithoutACallback() throws Exception {
        var callbacks = new StatusCallbacks(webhooks, call, null);
        callbacks.report("completed");
        callbacks.delivered().await(5, SECONDS);
        assertThat(server.hasNoWebhookFor(0)).isTrue();
    }

    private StatusCallbacks callbacks(String path, Set<String> events) {
        var callback = new OutboundCall.Callback(URI.create(ObeyedServer.PUBLIC_URL + path), "POST");
        return new StatusCallbacks(webhooks, call, new Progress(callback, events));
    }
}
