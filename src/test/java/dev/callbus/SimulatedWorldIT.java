package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.asset.FileSource;
import dev.callbus.asset.MemorySource;
import dev.callbus.asset.RawAssets;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.LlmSettings;
import dev.callbus.config.Secret;
import dev.callbus.sandbox.servicenow.platform.Operation;
import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import dev.callbus.scenario.simulation.NodeStarter;
import dev.callbus.scenario.simulation.SimulatedServiceNow;
import dev.callbus.scenario.simulation.SimulatedWorld;
import dev.callbus.scenario.simulation.Simulation;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole server with all around it, in virtual time. */
class SimulatedWorldIT {
    private static final String ALEX = "+15550001111";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final NodeStarter NODES = (vertx, config, assets) ->
            Node.start(vertx, config, assets).map(node -> new NodeStarter.Started(node.port(), node::stop));

    private Simulation simulation;
    private SimulatedServiceNow serviceNow;
    private RawAssets texts;
    private SimulatedWorld world;

    @BeforeEach
    void begin() throws Exception {
        simulation = Simulation.begin();
        serviceNow = new SimulatedServiceNow(simulation.vertx());
        texts = simulation.await(new FileSource(simulation.vertx(), Path.of("assets")).read(), MINUTE);
        world = start();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
        simulation.await(serviceNow.close(), MINUTE);
        simulation.close();
    }

    private SimulatedWorld start() throws Exception {
        return SimulatedWorld.start(simulation, serviceNow, config(), vertx -> new MemorySource(texts), NODES);
    }

    private void anew() throws Exception {
        world.close();
        world = start();
    }

    @Test
    void aSilentCallerIsRemindedInVirtualTime() throws Exception {
        var said = new Caller();
        said.dials();
        simulation.pass(Duration.ofSeconds(40));
        assertThat(said.transcript()).anyMatch(line -> line.contains("Still there?"));
    }

    @Test
    void theTroublesOfVendorsTakeVirtualTime() throws Exception {
        world.verifyFaults().failNext(1, 503);
        world.serviceNowFaults().hibernate();
        var alex = new Caller();
        alex.dials();
        alex.listens();
        alex.says("Hi there, I have a question about my tickets.");
        alex.says("Yes, please.");
        var troubled = alex.transcript();
        anew();
        assertThat(world.ledger().entries()).isEmpty();
        assertThat(call().getLast()).contains("completed");
        assertThat(troubled).noneMatch(line -> line.contains("phone:"));
    }

    @Test
    void aWholeCallIsTheSameEachTime() throws Exception {
        var first = call();
        assertThat(first).anyMatch(line -> line.contains("ended: completed"));
        assertThat(first).anyMatch(line -> line.contains("The latest are I N C, 0 0 1 0 2 0 1"));
        assertThat(world.ledger().entries("incident").getFirst().operation()).isEqualTo(Operation.INSERT);
        long calls = 0;
        long resets = 0;
        for (int i = 1; i <= 50; i++) {
            if (i == 26) {
                calls = 0;
                resets = 0;
            }
            long begun = cpuNanos();
            anew();
            long reset = cpuNanos();
            assertThat(call()).isEqualTo(first);
            resets += reset - begun;
            calls += cpuNanos() - reset;
        }
        System.out.printf("CPU for a call %.2f ms, for a reset %.2f ms%n", calls / 25e6, resets / 25e6);
    }

    /** The shipped help desk, with the scripted model. */
    private static CallbusConfig config() {
        var base = TestNode.config(List.of(), new SilenceSettings(true, Duration.ofSeconds(20), List.of("Hm?")));
        var model = new LlmSettings.Provider(
                "sandbox",
                LlmSettings.Api.OPENAI_CHAT,
                URI.create("http://127.0.0.1:1"),
                new Secret("key"),
                "callbus-sandbox",
                "system",
                null,
                "max_completion_tokens",
                null,
                null,
                true);
        return base.withLlm(new LlmSettings(List.of(model), Duration.ofSeconds(3), Duration.ofSeconds(2), 1));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** A whole call to the help desk. */
    private List<String> call() throws Exception {
        var alex = new Caller();
        alex.dials();
        alex.listens();
        alex.says("Hi there, I have a question about my tickets.");
        alex.says("Yes, please.");
        alex.keysCode();
        alex.says("Please open a ticket, my laptop doesn't start since this morning.");
        alex.says("Can you read ticket " + alex.ticket() + " back to me?");
        alex.says("Thanks, that's right. And which tickets do I have?");
        alex.says("One more thing. What does ticket INC0010150 say?");
        alex.says("No, that's all. Goodbye!");
        simulation.pass(Duration.ofSeconds(30));
        return alex.transcript();
    }

    /** One who calls, and takes down what he hears and when. */
    private final class Caller {
        private static final Pattern TICKET = Pattern.compile("I ?N ?C[ ,.]*((?:\\d[ ,]*){7})");

        private final List<String> lines = new ArrayList<>();
        private final StringBuilder sentence = new StringBuilder();
        private @Nullable PhoneCall call;
        private String code = "";
        private boolean speaking;
        private boolean answered;

        void dials() throws Exception {
            world.onMessage(message -> {
                code = message.code();
                lines.add(simulation.elapsed() + " phone: " + message.text());
            });
            call = simulation.await(world.dial(ALEX, this::happened), MINUTE);
        }

        void says(String words) {
            answered = false;
            call().say(words);
            listens();
        }

        void keysCode() {
            assertThat(code).isNotEmpty();
            answered = false;
            call().press(code);
            listens();
        }

        /** Listens until the agent has answered and is silent for a breath. */
        void listens() {
            simulation.until(() -> answered && !speaking, MINUTE);
            while (simulation.until(() -> speaking, Duration.ofMillis(500))) {
                simulation.until(() -> !speaking, MINUTE);
            }
        }

        String ticket() {
            return TICKET.matcher(String.join(" ", lines))
                    .results()
                    .map(found -> "INC" + found.group(1).replaceAll("\\D", ""))
                    .reduce((before, last) -> last)
                    .orElse("INC0000000");
        }

        List<String> transcript() {
            return lines;
        }

        private PhoneCall call() {
            return Objects.requireNonNull(call, "not dialled");
        }

        private void happened(PhoneEvent event) {
            switch (event) {
                case PhoneEvent.AgentHeard word -> sentence.append(word.word());
                case PhoneEvent.AgentSpeaking voice -> {
                    speaking = voice.on();
                    answered = answered || speaking;
                    if (!speaking) {
                        lines.add(simulation.elapsed() + " agent: " + sentence);
                        sentence.setLength(0);
                    }
                }
                case PhoneEvent.PromptSent prompt -> lines.add(simulation.elapsed() + " caller: " + prompt.words());
                case PhoneEvent.CallEnded ended -> lines.add(simulation.elapsed() + " ended: " + ended.status());
                default -> {}
            }
        }
    }
}
