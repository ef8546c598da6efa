package dev.callbus.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.asset.AgentContext;
import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.RelaySettings;
import dev.callbus.asset.ToolManifest;
import dev.callbus.bus.BusException;
import dev.callbus.bus.BusTap;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.StreamOutlet;
import dev.callbus.bus.StreamProtocol;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmBus;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import dev.callbus.tool.ToolRegistry;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls on a real bus with four event loops; the model and the channel are played by the test. */
class CallVerticleTest {
    private static final int LOOPS = 4;

    private Vertx vertx;
    private final Map<String, BlockingQueue<CallProtocol.ToChannel>> channels = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
        ProtocolCodec.install(
                vertx,
                List.of(
                        StreamProtocol.class,
                        CallProtocol.class,
                        CallEvent.class,
                        SupervisorProtocol.class,
                        LlmProtocol.class,
                        ModelEvent.class,
                        ChatMessage.class));
        vertx.deployVerticle(new CallSupervisor(
                        CallSettingsFixture.settings(), ToolRegistry.standard(vertx, CallSettingsFixture.tools())))
                .await(5, SECONDS);
        vertx.deployVerticle(EchoModel::new, new DeploymentOptions().setInstances(LOOPS))
                .await(5, SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    @Test
    void answersOverTheBusAndTouchesItsStateOnOneThreadOnly() throws Exception {
        var threads = new ConcurrentHashMap<String, Set<String>>();
        var tap = BusTap.open(vertx, tapped -> {
            if (tapped.address().startsWith("channel.")) {
                threads.computeIfAbsent(tapped.address(), address -> ConcurrentHashMap.newKeySet())
                        .add(Thread.currentThread().getName());
            }
        });
        for (int i = 0; i < 40; i++) {
            open(sid(i));
        }
        for (int turn = 0; turn < 5; turn++) {
            for (int i = 0; i < 40; i++) {
                say(sid(i), "turn " + turn);
            }
            for (int i = 0; i < 40; i++) {
                assertThat(answer(sid(i))).isEqualTo("You said turn " + turn);
            }
        }
        tap.close();
        assertThat(threads)
                .hasSize(40)
                .allSatisfy((call, names) -> assertThat(names).hasSize(1));
        var loops = threads.values().stream().flatMap(Set::stream).distinct();
        assertThat(loops).hasSizeGreaterThanOrEqualTo(LOOPS - 1);
    }

    @Test
    void endsWithItsToolAndLeavesNothingBehind() throws Exception {
        open(sid(1));
        var ended = Promise.<CallEvent.Ended>promise();
        CallBus.EVENTS
                .subscribe(vertx, event -> {
                    if (event instanceof CallEvent.Ended end) {
                        ended.complete(end);
                    }
                })
                .await(5, SECONDS);
        say(sid(1), "bye");
        assertThat(answer(sid(1))).isEqualTo("You said bye");
        var last = channel(sid(1)).poll(5, SECONDS);
        assertThat(last)
                .isInstanceOfSatisfying(
                        CallProtocol.End.class,
                        end -> assertThat(end.handoff())
                                .isEqualTo(new Handoff(
                                        "end-call", "Ending the call", Map.of("conversationSummary", "Said bye."))));
        assertThat(ended.future().await(5, SECONDS).reason()).isEqualTo("end-call");
        awaitDeaf(sid(1));
    }

    @Test
    void remindsOfSilenceByItsPeriodicTimer() throws Exception {
        open(sid(1));
        assertThat(answer(sid(1))).isEqualTo("Hm?");
    }

    @Test
    void aCallWhoseChannelIsGoneEnds() throws Exception {
        open(sid(1));
        CallBus.call(sid(1)).send(vertx, new CallProtocol.ChannelLost("closed")).await(5, SECONDS);
        awaitDeaf(sid(1));
    }

    @Test
    void aCallIsOpenedOnce() throws Exception {
        open(sid(1));
        assertThatThrownBy(() -> open(sid(1)))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.failure()).isEqualTo(Failure.CONFLICT));
    }

    @Test
    void drainingSaysGoodbyeAndTakesNoMoreCalls() throws Exception {
        open(sid(1));
        open(sid(2));
        var drained = CallBus.drain(Duration.ofSeconds(10)).send(vertx, new SupervisorProtocol.Drain("Goodbye."));
        assertThat(answer(sid(1))).isEqualTo("Goodbye.");
        assertThat(answer(sid(2))).isEqualTo("Goodbye.");
        assertThat(channel(sid(1)).poll(5, SECONDS)).isInstanceOf(CallProtocol.End.class);
        assertThat(drained.await(10, SECONDS).calls()).isEqualTo(2);
        assertThatThrownBy(() -> open(sid(3)))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.failure()).isEqualTo(Failure.BUSY));
    }

    @Test
    void withoutAModelServiceTheCallerHearsAnApology() throws Exception {
        for (var id : vertx.deploymentIDs()) {
            vertx.undeploy(id).await(5, SECONDS);
        }
        vertx.deployVerticle(new CallSupervisor(
                        CallSettingsFixture.settings(), ToolRegistry.standard(vertx, CallSettingsFixture.tools())))
                .await(5, SECONDS);
        open(sid(1));
        say(sid(1), "Hello");
        assertThat(answer(sid(1))).isEqualTo(CallSettingsFixture.APOLOGY);
    }

    private static String sid(int number) {
        return "CA%032d".formatted(number);
    }

    private void open(String callSid) throws Exception {
        var received = new LinkedBlockingQueue<CallProtocol.ToChannel>();
        if (channels.putIfAbsent(callSid, received) == null) {
            CallBus.channel(callSid).serve(vertx, received::add).await(5, SECONDS);
        }
        var setup = new CallProtocol.Setup(callSid, "VX1", "+1", "+2", "inbound", "RINGING", Map.of());
        var profile = new AgentProfile(
                new AgentContext("test", "Be helpful."),
                ToolManifest.of("test", List.of("end-call")),
                new RelaySettings(Map.of(), List.of(), Map.of()),
                new SilenceSettings(true, Duration.ofSeconds(1), List.of("Hm?")),
                false);
        CallBus.OPEN.send(vertx, new SupervisorProtocol.Open(setup, profile)).await(5, SECONDS);
    }

    private BlockingQueue<CallProtocol.ToChannel> channel(String callSid) {
        return Objects.requireNonNull(channels.get(callSid));
    }

    private void say(String callSid, String words) throws Exception {
        CallBus.call(callSid)
                .send(vertx, new CallProtocol.Prompt(words, "en-US", true))
                .await(5, SECONDS);
    }

    /** The next whole answer. */
    private String answer(String callSid) throws Exception {
        var words = new StringBuilder();
        while (true) {
            var frame = channel(callSid).poll(10, SECONDS);
            assertThat(frame).as("frames after '%s'", words).isInstanceOf(CallProtocol.Text.class);
            if (frame instanceof CallProtocol.Text text) {
                words.append(text.token());
                if (text.last()) {
                    return words.toString();
                }
            }
        }
    }

    /** Waits until nobody listens for the call: its verticle is gone. */
    private void awaitDeaf(String callSid) throws Exception {
        var deaf = Promise.<Void>promise();
        vertx.setPeriodic(
                10,
                timer -> CallBus.call(callSid)
                        .send(vertx, new CallProtocol.Info("probe", ""))
                        .onFailure(gone -> {
                            vertx.cancelTimer(timer);
                            deaf.tryComplete();
                        }));
        deaf.future().await(5, SECONDS);
    }

    /** A model service that repeats what the caller said, word by word, and ends the call on "bye". */
    private static final class EchoModel extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            Future.all(LlmBus.GENERATE.serve(vertx, this::answer), LlmBus.WARM.serve(vertx, warm -> {}))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void answer(LlmProtocol.Generate question, StreamOutlet<ModelEvent> outlet) {
            var callers = new ArrayList<String>();
            for (var message : question.messages()) {
                if (message instanceof ChatMessage.Caller caller) {
                    callers.add(caller.text());
                }
            }
            if (callers.getLast().equals("bye") && !(question.messages().getLast() instanceof ChatMessage.ToolResult)) {
                var call = new ToolCall("c1", "end-call", "{\"conversationSummary\":\"Said bye.\"}", null);
                outlet.emit(new ModelEvent.ToolCalls(List.of(call), null));
            } else {
                for (var token : ("You said " + callers.getLast()).split("(?<= )", -1)) {
                    outlet.emit(new ModelEvent.Delta(token));
                }
            }
            outlet.emit(new ModelEvent.Finished("echo", ModelEvent.Usage.UNKNOWN));
            outlet.end();
        }
    }
}
