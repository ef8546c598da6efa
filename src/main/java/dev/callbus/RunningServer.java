package dev.callbus;

import dev.callbus.asset.FileAssets;
import dev.callbus.config.CallbusConfig;
import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.openai.Script;
import dev.callbus.tool.ToolRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node with its Vert.x and whatever part of the sandbox it needs, for the commands that run one in this process. */
final class RunningServer {
    private final Vertx vertx;
    private final Node node;
    private final CallbusConfig config;

    private RunningServer(Vertx vertx, Node node, CallbusConfig config) {
        this.vertx = vertx;
        this.node = node;
        this.config = config;
    }

    /** Starts it; blocks until it listens. */
    static RunningServer start(CallbusConfig config) throws TimeoutException {
        var vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(config.server().eventLoops()));
        try {
            var profile = FileAssets.read(
                    config.assets(),
                    config.call().silence(),
                    Set.copyOf(ToolRegistry.standard(vertx, config.tools()).names()));
            var node = withModel(vertx, config)
                    .compose(complete -> Node.start(vertx, complete, profile))
                    .await(30, TimeUnit.SECONDS);
            return new RunningServer(vertx, node, config);
        } catch (Exception e) { // a future throws whatever failed it, also what isn't declared
            vertx.close().await(5, TimeUnit.SECONDS);
            throw e;
        }
    }

    Vertx vertx() {
        return vertx;
    }

    int port() {
        return node.port();
    }

    /** Says goodbye to the callers, then stops; blocks, but not for ever. */
    void stop() {
        try {
            node.stop().await(config.server().drainTimeout().toMillis() + 8000, TimeUnit.MILLISECONDS);
            vertx.close().await(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            System.err.println("Callbus did not stop in time and is cut off.");
        }
    }

    /** Starts the scripted model if the configuration asks for it. */
    private static Future<CallbusConfig> withModel(Vertx vertx, CallbusConfig config) {
        boolean wanted = config.llm().chain().stream().anyMatch(provider -> provider.sandboxed());
        if (!wanted) {
            return Future.succeededFuture(config);
        }
        var file = config.sandbox().modelScript();
        var script = file == null ? Script.helpDesk() : Script.load(file);
        return new ModelServer(vertx, script, 0)
                .start()
                .map(model -> config.withLlm(config.llm().withSandboxAt(URI.create(model.baseUrl()))));
    }
}
