package dev.callbus;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callbus.asset.AgentContext;
import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.RelaySettings;
import dev.callbus.asset.ToolManifest;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.Registration;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallEvent;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.CallSupervisor;
import dev.callbus.call.SupervisorProtocol;
import dev.callbus.call.WrapUp;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.SandboxKey;
import dev.callbus.config.Secret;
import dev.callbus.config.ServiceNowSettings;
import dev.callbus.config.VerifySettings;
import dev.callbus.llm.LlmBus;
import dev.callbus.llm.LlmProtocol.Generate;
import dev.callbus.llm.ModelEvent;
import dev.callbus.sandbox.servicenow.ServiceNowOptions;
import dev.callbus.sandbox.servicenow.ServiceNowServer;
import dev.callbus.sandbox.twilio.rest.RestServer;
import dev.callbus.sandbox.twilio.rest.VerifyOptions;
import dev.callbus.sandbox.twilio.rest.VerifyResource;
import dev.callbus.servicenow.ServiceNowTiming;
import dev.callbus.servicenow.ServiceNowVerticle;
import dev.callbus.servicenow.table.TableTiming;
import dev.callbus.tool.ToolRegistry;
import dev.callbus.twilio.TwilioVerticle;
import dev.callbus.verify.Seal;
import dev.callbus.verify.VerifyVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The help desk without telephones: the services of a node against the sandbox's Twilio Verify and ServiceNow, a model that is a
 * function of what it is sent, and callers that are code.
 */
final class HelpDeskRig implements AutoCloseable {
    static final String ALEX = "+15550001111";
    static final ToolManifest TOOLS = ToolManifest.of(
            "helpDesk",
            List.of(
                    "lookup-customer",
                    "send-verification",
                    "check-verification",
                    "list-my-tickets",
                    "get-servicenow-ticket",
                    "create-servicenow-ticket",
                    "update-servicenow-ticket",
                    "live-agent-handoff",
                    "end-call"));

    private static final String PASSWORD = "a password for tests";
    /** Follows the words of a turn to the caller, who has then heard them: events take another way, which may be shorter. */
    private static final CallProtocol.ToChannel TURN_ENDED = new CallProtocol.SendDigits("");

    /** A model that hangs in the last of several rounds of slow tools: longer than any caller stays, and not for ever. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(100);

    private static final int MANY = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final VerifyOptions LIFELIKE = VerifyOptions.lifelike(
                    TestNode.ACCOUNT_SID, SandboxKey.VERIFY_SERVICE_SID)
            .withTakes(Duration.ZERO);

    final Vertx vertx = Vertx.vertx();
    final ServiceNowServer serviceNow;
    final VerifyResource verify;
    private final Vertx outside = Vertx.vertx();
    final Queue<VerifyResource.Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, Promise<Void>> turns = new ConcurrentHashMap<>();
    private final Map<String, Promise<Void>> ends = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Function<Generate, List<ModelEvent>> model = question -> List.of();

    /** @param outbox a directory for what ServiceNow can't take yet */
    HelpDeskRig(Path outbox) throws TimeoutException {
        this(outbox, LIFELIKE, PATIENCE, timing(PATIENCE));
    }

    /** @param codeLength digits of a code */
    HelpDeskRig(Path outbox, int codeLength) throws TimeoutException {
        this(outbox, LIFELIKE.withCodeLength(codeLength), PATIENCE, timing(PATIENCE));
    }

    /** @param timing how patient the service of ServiceNow is */
    HelpDeskRig(Path outbox, ServiceNowTiming timing) throws TimeoutException {
        this(outbox, LIFELIKE, PATIENCE, timing);
    }

    /** One whose Twilio Verify works in another way, and that waits so long for ServiceNow. */
    HelpDeskRig(Path outbox, VerifyOptions verification, Duration patience) throws TimeoutException {
        this(outbox, verification, patience, timing(patience));
    }

    private HelpDeskRig(Path outbox, VerifyOptions verification, Duration patience, ServiceNowTiming timing)
            throws TimeoutException {
        serviceNow = await(new ServiceNowServer(
                        outside, ServiceNowOptions.lifelike("callbus", PASSWORD).withRequestsPerHour(MANY))
                .start());
        verify = new VerifyResource(verification, code -> {
            deliveries.add(code);
            codes.put(code.to(), code.code());
        });
        var twilio =
                await(new RestServer(outside, TestNode.ACCOUNT_SID, TestNode.AUTH_TOKEN, List.of(verify), 0).start());
        var config = TestNode.config(List.of(), new SilenceSettings(false, Duration.ofSeconds(20), List.of()));
        var tools = ToolRegistry.standard(vertx, config.tools());
        var seal = new Seal(new Secret(TestNode.AUTH_TOKEN));
        ProtocolCodec.install(vertx, Protocols.ALL);
        await(CallBus.EVENTS.subscribe(vertx, this::happened));
        await(LlmBus.GENERATE.serve(vertx, (question, outlet) -> {
            model.apply(question).forEach(outlet::emit);
            outlet.end();
        }));
        await(LlmBus.WARM.serve(vertx, warm -> {}));
        deploy(new TwilioVerticle(config.twilio().withRestUrl(URI.create(twilio.baseUrl()))));
        deploy(new VerifyVerticle(verifySettings(verification.codeLength()), seal, InstantSource.system()));
        deploy(new ServiceNowVerticle(serviceNowSettings(outbox, patience), seal, timing, InstantSource.system()));
        deploy(new WrapUp());
        deploy(new CallSupervisor(config.call(), tools));
    }

    /** What the model answers to a request from now on; it is called on an event loop and must not block. */
    void model(Function<Generate, List<ModelEvent>> next) {
        model = next;
    }

    /** Shows every message that is sent on the node's bus from now on, on the sender's thread. */
    void watch(Consumer<Object> watcher) {
        vertx.eventBus().addOutboundInterceptor(delivery -> {
            if (delivery.body() != null) {
                watcher.accept(delivery.body());
            }
            delivery.next();
        });
    }

    /** The code that was last sent to this number; empty if none was. */
    String codeOf(String number) {
        return codes.getOrDefault(number, "");
    }

    /** A call from this number comes in. */
    Future<Caller> call(String from) {
        var sid = "CA%032x".formatted(calls.incrementAndGet());
        var setup =
                new CallProtocol.Setup(sid, "VX1", from, SandboxKey.PHONE_NUMBER, "inbound", "in-progress", Map.of());
        var profile = new AgentProfile(
                new AgentContext("test", "You are the help desk."),
                TOOLS,
                new RelaySettings(Map.of(), List.of(), Map.of()),
                new SilenceSettings(false, Duration.ofSeconds(20), List.of()),
                false);
        var caller = new Caller(sid, from);
        ends.put(sid, caller.over);
        return CallBus.channel(sid)
                .serve(vertx, caller::hear)
                .compose(listening -> {
                    caller.line = listening;
                    return CallBus.OPEN.send(vertx, new SupervisorProtocol.Open(setup, profile));
                })
                .map(opened -> caller);
    }

    private void happened(CallEvent event) {
        switch (event) {
            case CallEvent.TurnEnded ended -> CallBus.channel(ended.callSid()).send(vertx, TURN_ENDED);
            case CallEvent.Ended ended -> {
                complete(ends.get(
                        ended.callSid())); // first: who begins to wait for an answer now looks at this afterwards
                complete(turns.remove(ended.callSid()));
            }
            case CallEvent.Started started -> {}
            case CallEvent.Answering answering -> {}
            case CallEvent.ToolRan ran -> {}
            case CallEvent.CarrierReport report -> {}
        }
    }

    private static void complete(@Nullable Promise<Void> promise) {
        if (promise != null) {
            promise.tryComplete();
        }
    }

    private void deploy(Deployable verticle) throws TimeoutException {
        await(vertx.deployVerticle(verticle));
    }

    private static VerifySettings verifySettings(int codeLength) {
        return new VerifySettings(
                SandboxKey.VERIFY_SERVICE_SID,
                codeLength,
                Duration.ofMinutes(30),
                new Secret(TestNode.AUTH_TOKEN),
                3,
                5,
                MANY,
                MANY);
    }

    private ServiceNowSettings serviceNowSettings(Path outbox, Duration patience) {
        return new ServiceNowSettings(
                URI.create(serviceNow.baseUrl()),
                true,
                new ServiceNowSettings.Basic("callbus", new Secret(PASSWORD)),
                patience,
                "US",
                outbox);
    }

    /** Fast enough for a test; the settle time is longer than any fault of the tests lasts. */
    private static ServiceNowTiming timing(Duration patience) {
        var standard = ServiceNowTiming.standard(patience);
        return new ServiceNowTiming(
                standard.ask(),
                standard.files(),
                standard.attempt(),
                patience.multipliedBy(2),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                standard.choices(),
                TableTiming.of(patience));
    }

    static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(20, SECONDS);
    }

    @Override
    public void close() throws TimeoutException {
        await(vertx.close());
        await(outside.close());
    }

    /** One who calls. */
    final class Caller {
        final String sid;
        final String number;
        private final Queue<String> words = new ConcurrentLinkedQueue<>();
        private final Promise<Void> over = Promise.promise();
        private @Nullable Registration line;
        private Consumer<String> ear = words -> {};

        private Caller(String sid, String number) {
            this.sid = sid;
            this.number = number;
        }

        /** What the agent said so far. */
        String heard() {
            return String.join("", words);
        }

        /** The last digits of his number, by which a model chooses it. */
        String ending() {
            return number.substring(number.length() - 4);
        }

        /** Tells this of all words from now on, as they are heard. */
        void listens(Consumer<String> listener) {
            ear = listener;
        }

        /** Says something and listens until it is answered. */
        Future<Void> says(String text) {
            return answered(() -> tell(new CallProtocol.Prompt(text, "en-US", true)));
        }

        /** Keys something that is answered, and listens until it is. */
        Future<Void> keys(String keys) {
            return answered(() -> keys.chars().forEach(key -> tell(new CallProtocol.Dtmf(Character.toString(key)))));
        }

        /** Whether the call has ended, whoever ended it. */
        boolean isOver() {
            return over.future().isComplete();
        }

        /** Whether a code ever came to his phone. */
        boolean hasCode() {
            return !codeOf(number).isEmpty();
        }

        /** Keys or says the code that came to his phone. */
        Future<Void> keysCode() {
            return keys(codeOf(number));
        }

        /** Says something and doesn't listen. */
        void blurts(String text) {
            tell(new CallProtocol.Prompt(text, "en-US", true));
        }

        void interrupts() {
            tell(new CallProtocol.Interrupt("", 100));
        }

        /** Hangs up; completed when the call is over. */
        Future<Void> hangsUp() {
            tell(new CallProtocol.ChannelLost("hung up"));
            return over.future().compose(ended -> {
                ends.remove(sid);
                return line == null ? Future.succeededFuture() : line.close();
            });
        }

        private Future<Void> answered(Runnable act) {
            var answer = Promise.<Void>promise();
            turns.put(sid, answer);
            if (isOver()) {
                return Future.succeededFuture();
            }
            act.run();
            return answer.future().timeout(LONGEST_TURN.toMillis(), MILLISECONDS);
        }

        private void tell(CallProtocol.ToCall message) {
            CallBus.call(sid).send(vertx, message);
        }

        private void hear(CallProtocol.ToChannel frame) {
            if (frame.equals(TURN_ENDED)) {
                complete(turns.remove(sid));
            } else if (frame instanceof CallProtocol.Text text) {
                words.add(text.token());
                ear.accept(text.token());
            }
        }
    }
}
