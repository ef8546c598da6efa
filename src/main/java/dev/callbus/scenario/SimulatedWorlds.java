package dev.callbus.scenario;

import dev.callbus.asset.AssetSource;
import dev.callbus.asset.FileSource;
import dev.callbus.asset.MemorySource;
import dev.callbus.asset.RawAssets;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.sandbox.openai.Improviser;
import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.sandbox.servicenow.ServiceNowFaults;
import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import dev.callbus.scenario.simulation.NodeStarter;
import dev.callbus.scenario.simulation.PhoneMessage;
import dev.callbus.scenario.simulation.SimulatedServiceNow;
import dev.callbus.scenario.simulation.SimulatedWorld;
import dev.callbus.scenario.simulation.Simulation;
import dev.callbus.tool.Tool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes worlds in virtual time, one after the other, on the thread that made this. They share what takes long and that none of them
 * changes: configurations and assets once they are read, and ServiceNow's database, whose records are put back.
 */
public final class SimulatedWorlds implements World.Maker {
    private static final String NAME = "the configuration";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Simulation simulation = Simulation.begin();
    private final Starter starter;
    private final ToolStubs tools = new ToolStubs();
    private final SimulatedServiceNow serviceNow = new SimulatedServiceNow(simulation.vertx());
    private final Map<Kind, CallbusConfig> configs = new HashMap<>();
    private final Map<Path, RawAssets> assets = new HashMap<>();
    private @Nullable SimulatedWorld world;

    public SimulatedWorlds(Starter starter) {
        this.starter = starter;
    }

    /** How a server is started whose tools are looked at first, and whose flow has these options besides those of its file. */
    public interface Starter {
        Future<NodeStarter.Started> start(
                Vertx vertx,
                CallbusConfig config,
                Map<String, String> options,
                AssetSource assets,
                UnaryOperator<Tool<?>> tools);

        /** What the model answers that the scenarios of this configuration have, if they have no other. */
        @Nullable
        Improviser improviser(CallbusConfig config, Map<String, String> options);
    }

    /** Starts servers before whose tools the stubs of the scenario are. */
    private record Stubbing(Starter starter, Map<String, String> options, ToolStubs tools) implements NodeStarter {
        @Override
        public Future<Started> start(Vertx vertx, CallbusConfig config, AssetSource assets) {
            return starter.start(vertx, config, options, assets, tools);
        }

        @Override
        public @Nullable Improviser improviser(CallbusConfig config) {
            return starter.improviser(config, options);
        }
    }

    @Override
    public World make(Scenario scenario) {
        tools.clear();
        var given = scenario.given();
        var wanted = new Kind(
                settings(scenario),
                environment(given),
                given.agent().options(),
                given.model().script());
        try {
            end();
            var config = configs.computeIfAbsent(wanted, SimulatedWorlds::config);
            var texts = texts(config.assets().directory());
            var made = SimulatedWorld.start(
                    simulation,
                    serviceNow,
                    config,
                    vertx -> new MemorySource(texts),
                    new Stubbing(starter, wanted.options(), tools));
            world = made;
            return new Simulated(simulation, made, tools);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the server doesn't start: " + e.getMessage(), e);
        }
    }

    private static CallbusConfig config(Kind wanted) {
        if (wanted.script() == null) {
            return ConfigLoader.parse(NAME, wanted.settings(), wanted.environment(), Path.of(""));
        }
        try {
            var file = Files.createTempFile("callbus-script-", ".yaml");
            file.toFile().deleteOnExit();
            Files.writeString(file, wanted.script());
            var settings = wanted.settings() + "\nsandbox.modelScript: " + file;
            return ConfigLoader.parse(NAME, settings, wanted.environment(), Path.of(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawAssets texts(Path directory) throws TimeoutException {
        var known = assets.get(directory);
        if (known != null) {
            return known;
        }
        var read = simulation.await(new FileSource(simulation.vertx(), directory).read(), PATIENCE);
        assets.put(directory, read);
        return read;
    }

    /** The configuration's YAML; the scenario's own lines come first and keep their numbers. */
    private static String settings(Scenario scenario) {
        var given = scenario.given();
        var lines = new ArrayList<String>();
        lines.add(given.config());
        var agent = given.agent();
        add(lines, "assets.directory", agent.assets());
        add(lines, "assets.context", agent.context());
        add(lines, "assets.manifest", agent.manifest());
        add(lines, "assets.greeting", agent.greeting());
        add(lines, "llm.dialog.flow", agent.flow());
        if (!given.config().contains("llm.provider")) {
            // What answers without a key: in the server itself, or behind a model server that can have troubles.
            lines.add("llm.provider: " + (scenario.concernsModel() ? "sandbox" : "dialog"));
        }
        return String.join("\n", lines);
    }

    /** What is to be stronger than the agent's own serverConfig.json. */
    private static Map<String, String> environment(Given given) {
        var silence = given.agent().silence();
        return silence == null ? Map.of() : Map.of("SILENCE_SECONDS_THRESHOLD", silence.toMillis() + "ms");
    }

    private static void add(List<String> lines, String key, @Nullable String value) {
        if (value != null) {
            lines.add(key + ": '" + value.replace("'", "''") + "'");
        }
    }

    private void end() throws TimeoutException {
        var ending = world;
        world = null;
        if (ending != null) {
            ending.close();
        }
    }

    @Override
    public void close() {
        try {
            end();
            simulation.await(serviceNow.close(), PATIENCE);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        } finally {
            simulation.close();
        }
    }

    /** What a configuration is read from, and the options of the flow. */
    private record Kind(
            String settings,
            Map<String, String> environment,
            Map<String, String> options,
            @Nullable String script) {}

    /** The world that is up, as a scenario sees it. */
    private record Simulated(Simulation simulation, SimulatedWorld world, ToolStubs tools) implements World {

        @Override
        public Vertx vertx() {
            return simulation.vertx();
        }

        @Override
        public Duration elapsed() {
            return simulation.elapsed();
        }

        @Override
        public boolean until(BooleanSupplier condition, Duration atMost) {
            return simulation.until(condition, atMost);
        }

        @Override
        public void pass(Duration time) {
            simulation.pass(time);
        }

        @Override
        public Future<PhoneCall> dial(String from, String to, Consumer<PhoneEvent> listener) {
            return world.network().dial(from, to, listener);
        }

        @Override
        public void onMessage(Consumer<PhoneMessage> listener) {
            world.onMessage(listener);
        }

        @Override
        public ModelServer model() {
            return world.model();
        }

        @Override
        public Ledger ledger() {
            return world.ledger();
        }

        @Override
        public ServiceNowFaults serviceNowFaults() {
            return world.serviceNowFaults();
        }

        @Override
        public void addRow(Given.Row row) {
            world.ledger().add(row.table(), row.fields(), simulation.now());
        }

        /** The next scenario ends it. */
        @Override
        public void close() {}
    }
}
