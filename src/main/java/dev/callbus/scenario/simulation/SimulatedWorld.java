package dev.callbus.scenario.simulation;

import dev.callbus.asset.AssetSource;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ServerSettings;
import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.openai.Script;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.sandbox.servicenow.ServiceNowFaults;
import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.rest.RestFaults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server in a simulation with everything around it that its configuration gives to the sandbox: Twilio and the phone network,
 * ServiceNow, the scripted model. All of it is made anew for each scenario but ServiceNow, whose records are put back.
 */
public final class SimulatedWorld implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What is still under way when a server has stopped, such as another try of a request, is over after this time. */
    private static final Duration AFTERMATH = Duration.ofSeconds(30);

    /** Linux keeps what is written here in memory, where it needn't wait for a disk. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Simulation simulation;
    private final CallbusConfig config;
    private final Function<Vertx, AssetSource> assets;
    private final NodeStarter starter;
    private final @Nullable Script script;
    private final SimulatedServiceNow serviceNow;
    private final Path outbox;
    private final List<Consumer<PhoneMessage>> phones = new ArrayList<>();
    private @Nullable SimulatedTwilio twilio;
    private @Nullable ModelServer model;
    private NodeStarter.@Nullable Started node;

    private SimulatedWorld(
            Simulation simulation,
            SimulatedServiceNow serviceNow,
            CallbusConfig config,
            Function<Vertx, AssetSource> assets,
            NodeStarter starter) {
        this.simulation = simulation;
        this.assets = assets;
        this.starter = starter;
        this.serviceNow = serviceNow;
        this.outbox = temporary();
        var file = config.sandbox().modelScript();
        this.script = file == null ? null : Script.load(file);
        var server = config.server();
        this.config = config.withServer(
                        new ServerSettings("127.0.0.1", 0, server.publicUrl(), server.drainTimeout(), 1))
                .withServiceNow(config.serviceNow().withOutbox(outbox));
    }

    /**
     * Starts a world.
     *
     * @param serviceNow what the world before may have used; everything is put back
     * @param assets of the server
     * @throws TimeoutException if something didn't start in two minutes of virtual time
     */
    public static SimulatedWorld start(
            Simulation simulation,
            SimulatedServiceNow serviceNow,
            CallbusConfig config,
            Function<Vertx, AssetSource> assets,
            NodeStarter starter)
            throws TimeoutException {
        var world = new SimulatedWorld(simulation, serviceNow, config, assets, starter);
        simulation.await(serviceNow.fresh(config.serviceNow()), PATIENCE);
        world.begin();
        return world;
    }

    private void begin() throws TimeoutException {
        simulation.rewind();
        var vertx = simulation.vertx();
        var outside = new SimulatedTwilio(
                vertx, config, message -> List.copyOf(phones).forEach(phone -> phone.accept(message)));
        twilio = outside;
        var started = outside.start()
                .compose(ready -> withModel(reached(ready)))
                .compose(complete -> starter.start(vertx, complete, assets.apply(vertx)));
        var running = simulation.await(started, PATIENCE);
        node = running;
        outside.connect(running.port());
        simulation.settle();
    }

    private CallbusConfig reached(SimulatedTwilio ready) {
        var withTwilio = config.withTwilio(config.twilio().withRestUrl(ready.url()));
        return withTwilio.withServiceNow(serviceNow.reach(withTwilio.serviceNow()));
    }

    private Future<CallbusConfig> withModel(CallbusConfig reached) {
        if (reached.llm().chain().stream().noneMatch(provider -> provider.sandboxed())) {
            return Future.succeededFuture(reached);
        }
        var server = modelServer();
        model = server;
        return server.start()
                .map(listening -> reached.withLlm(reached.llm().withSandboxAt(URI.create(server.baseUrl()))));
    }

    private ModelServer modelServer() {
        if (script != null) {
            return new ModelServer(simulation.vertx(), script, 0);
        }
        var improviser = starter.improviser(config);
        return improviser == null
                ? new ModelServer(simulation.vertx(), Script.helpDesk(), 0)
                : new ModelServer(simulation.vertx(), "callbus-dialog", improviser, 0);
    }

    /** Dials the server's number; as {@link PhoneNetwork#dial(String, String, Consumer)}. */
    public Future<PhoneCall> dial(String from, Consumer<PhoneEvent> listener) {
        return network().dial(from, number(), listener);
    }

    /** The server's number. */
    public String number() {
        return twilio().number();
    }

    /** Tells this of the messages that reach phones. */
    public void onMessage(Consumer<PhoneMessage> phone) {
        phones.add(phone);
    }

    /** The phone network. */
    public PhoneNetwork network() {
        return twilio().network();
    }

    /** What was written in ServiceNow; an {@link IllegalStateException} if the configuration has one outside. */
    public Ledger ledger() {
        return serviceNow.server().ledger();
    }

    /** The troubles that ServiceNow may have. */
    public ServiceNowFaults serviceNowFaults() {
        return serviceNow.server().faults();
    }

    /** The troubles that Verify may have. */
    public RestFaults verifyFaults() {
        return twilio().verifyFaults();
    }

    /** The model server; an {@link IllegalStateException} if the configuration has none. */
    public ModelServer model() {
        if (model == null) {
            throw new IllegalStateException("the configuration has no model server in the sandbox");
        }
        return model;
    }

    /** The port of the server, in the simulation. */
    public int port() {
        return Objects.requireNonNull(node, "not started").port();
    }

    /** Ends it. What it still has under way, such as the record of a call in ServiceNow, is given up. */
    @Override
    public void close() throws TimeoutException {
        serviceNow.unplug();
        var stopped = twilio().close()
                .eventually(() ->
                        node == null ? Future.succeededFuture() : node.stop().get())
                .eventually(() -> model == null ? Future.succeededFuture() : model.stop());
        simulation.await(stopped, PATIENCE);
        simulation.pass(AFTERMATH);
        clear();
        outbox.toFile().delete();
    }

    /** Forgets what waited for a ServiceNow that was down. */
    private void clear() {
        var files = outbox.toFile().listFiles();
        for (var file : files == null ? new java.io.File[0] : files) {
            file.delete();
        }
    }

    private SimulatedTwilio twilio() {
        return Objects.requireNonNull(twilio, "not started");
    }

    private static Path temporary() {
        try {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "callbus-simulation-")
                    : Files.createTempDirectory("callbus-simulation-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
