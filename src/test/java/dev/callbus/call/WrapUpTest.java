package dev.callbus.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.StreamOutlet;
import dev.callbus.bus.StreamProtocol;
import dev.callbus.llm.LlmBus;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.servicenow.CallRecord;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is filed of a call that is over. */
class WrapUpTest {
    private static final Instant BEGAN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String PLAIN =
            "The caller's first words: \"My printer burns\". The call ended (channel-lost) without a summary.";

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<CallRecord> filed = new LinkedBlockingQueue<>();
    private final BlockingQueue<LlmProtocol.Generate> asked = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws TimeoutException {
        ProtocolCodec.install(
                vertx,
                List.of(ServiceNowProtocol.class, LlmProtocol.class, SupervisorProtocol.class, StreamProtocol.class));
        ServiceNowBus.FILE_CALL.serve(vertx, file -> filed.add(file.call())).await(5, SECONDS);
    }

    @AfterEach
    void stop() throws TimeoutException {
        vertx.close().await(5, SECONDS);
    }

    @Test
    void aCallThatWasHungUpGetsASummaryFromTheModel() throws Exception {
        model(outlet -> {
            outlet.emit(new ModelEvent.Delta(" The printer "));
            outlet.emit(new ModelEvent.Delta("burns. "));
            outlet.emit(new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN));
            outlet.end();
        });
        wrapUp(LONG, record("", "My printer burns"));
        assertThat(take().summary()).isEqualTo("The printer burns.");
        var request = asked.poll(5, SECONDS);
        assertThat(request).isNotNull();
        assertThat(request.tools()).isEmpty();
        assertThat(request.messages().toString()).contains("Caller: My printer burns", "Agent: Hello.");
        assertThatNothingElseIsFiled();
    }

    @Test
    void aSummaryOfTheCallItselfIsTaken() throws Exception {
        model(outlet -> outlet.emit(new ModelEvent.Delta("another")));
        wrapUp(LONG, record("Printer burns; colleague takes over.", "My printer burns"));
        assertThat(take().summary()).isEqualTo("Printer burns; colleague takes over.");
        assertThat(asked).isEmpty();
        assertThatNothingElseIsFiled();
    }

    @Test
    void aCallWithoutAWordNeedsNoModel() throws Exception {
        model(outlet -> outlet.emit(new ModelEvent.Delta("invented")));
        wrapUp(LONG, record("", null));
        assertThat(take().summary())
                .isEqualTo("The caller said nothing. The call ended (channel-lost) without a summary.");
        assertThat(asked).isEmpty();
    }

    @Test
    void aModelThatFailsHalfwayLeavesThePlainFacts() throws Exception {
        model(outlet -> {
            outlet.emit(new ModelEvent.Delta("The prin"));
            outlet.emit(new ModelEvent.Failed(ModelFailure.UNAVAILABLE, "500"));
            outlet.emit(new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN));
            outlet.fail(Failure.BAD_GATEWAY, "500");
        });
        wrapUp(LONG, record("", "My printer burns"));
        assertThat(take().summary()).isEqualTo(PLAIN);
        assertThatNothingElseIsFiled();
    }

    @Test
    void aModelThatSaysNothingLeavesThePlainFacts() throws Exception {
        model(outlet -> {
            outlet.emit(new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN));
            outlet.end();
        });
        wrapUp(LONG, record("", "My printer burns"));
        assertThat(take().summary()).isEqualTo(PLAIN);
        assertThatNothingElseIsFiled();
    }

    @Test
    void withoutAModelServiceThePlainFactsAreFiled() throws Exception {
        wrapUp(LONG, record("", "My printer burns"));
        assertThat(take().summary()).isEqualTo(PLAIN);
        assertThatNothingElseIsFiled();
    }

    @Test
    void aModelThatTakesTooLongIsNotWaitedFor() throws Exception {
        var cancelled = new LinkedBlockingQueue<String>();
        model(outlet -> {
            outlet.emit(new ModelEvent.Delta("The printer"));
            outlet.onCancel(() -> cancelled.add("cancelled"));
        });
        wrapUp(Duration.ofMillis(50), record("", "My printer burns"));
        assertThat(take().summary()).isEqualTo(PLAIN);
        assertThat(cancelled.poll(5, SECONDS)).isEqualTo("cancelled");
        assertThatNothingElseIsFiled();
    }

    @Test
    void whatIsBeingWrittenIsFiledWhenTheNodeStops() throws Exception {
        model(outlet -> outlet.emit(new ModelEvent.Delta("The printer")));
        var deployment = wrapUp(LONG, record("", "My printer burns"));
        assertThat(asked.poll(5, SECONDS)).isNotNull();
        vertx.undeploy(deployment).await(5, SECONDS);
        assertThat(take().summary()).isEqualTo(PLAIN);
        assertThatNothingElseIsFiled();
    }

    @Test
    void aSummaryHasAnEnd() throws Exception {
        model(outlet -> {
            outlet.emit(new ModelEvent.Delta("x".repeat(20_000)));
            outlet.emit(new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN));
            outlet.end();
        });
        wrapUp(LONG, record("", "My printer burns"));
        assertThat(take().summary()).hasSize(1500);
    }

    @Test
    void longFirstWordsAreCut() throws Exception {
        wrapUp(LONG, record("", "x".repeat(500)));
        assertThat(take().summary()).contains("\"" + "x".repeat(200) + "…\"");
    }

    private void model(Consumer<StreamOutlet<ModelEvent>> answer) throws TimeoutException {
        LlmBus.GENERATE
                .serve(vertx, (question, outlet) -> {
                    asked.add(question);
                    answer.accept(outlet);
                })
                .await(5, SECONDS);
    }

    private String wrapUp(Duration patience, CallRecord call) throws TimeoutException {
        var deployment = vertx.deployVerticle(new WrapUp(patience)).await(5, SECONDS);
        CallBus.WRAP_UP.send(vertx, new SupervisorProtocol.WrapUp(call)).await(5, SECONDS);
        return deployment;
    }

    private CallRecord take() throws InterruptedException {
        var call = filed.poll(5, SECONDS);
        assertThat(call).isNotNull();
        return call;
    }

    /** Asked after a second call has come through by the same way, behind all that the first one may have caused. */
    private void assertThatNothingElseIsFiled() throws Exception {
        var deployment = wrapUp(LONG, record("the mark", null));
        assertThat(take().summary()).isEqualTo("the mark");
        vertx.undeploy(deployment).await(5, SECONDS);
        assertThat(filed).isEmpty();
    }

    private static CallRecord record(String summary, @Nullable String words) {
        var agent = new CallRecord.Line(BEGAN, CallRecord.Speaker.AGENT, "Hello.");
        var lines = words == null
                ? List.of(agent)
                : List.of(agent, new CallRecord.Line(BEGAN, CallRecord.Speaker.CALLER, words));
        return new CallRecord(
                "CA1", "inbound", BEGAN, BEGAN.plusSeconds(60), "channel-lost", null, summary, lines, List.of());
    }
}
