package dev.callbus;

import dev.callbus.asset.AssetSource;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.llm.dialog.DialogException;
import dev.callbus.sandbox.openai.Improviser;
import dev.callbus.scenario.SimulatedWorlds;
import dev.callbus.scenario.simulation.NodeStarter;
import dev.callbus.tool.Tool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** How a node is started for a scenario; all of them share their flows, which don't change meanwhile. */
final class ScenarioServer implements SimulatedWorlds.Starter {
    private final FlowShelves flows = new FlowShelves();

    /** Begins to learn what callers say, beside whatever else is done before the first scenario. */
    void learn() {
        LoggerFactory.getILoggerFactory(); // who asks for it while another thread sets it up gets a stand-in
        var config = ConfigLoader.parse("the configuration", "llm.provider: dialog", Map.of(), Path.of(""));
        Thread.ofPlatform().name("learning").daemon().start(() -> improviser(config, Map.of()));
    }

    @Override
    public Future<NodeStarter.Started> start(
            Vertx vertx,
            CallbusConfig config,
            Map<String, String> options,
            AssetSource assets,
            UnaryOperator<Tool<?>> tools) {
        try {
            return Node.start(vertx, config, assets, flows.of(config, options), tools)
                    .map(node -> new NodeStarter.Started(node.port(), node::stop));
        } catch (DialogException e) {
            return Future.failedFuture(new IllegalArgumentException(e.getMessage(), e));
        }
    }

    @Override
    public @Nullable Improviser improviser(CallbusConfig config, Map<String, String> options) {
        try {
            var shelf = flows.of(config, options);
            return shelf == null ? null : new ServedDialog(shelf);
        } catch (DialogException e) {
            return null; // the node refuses to start with it, and says why
        }
    }
}
