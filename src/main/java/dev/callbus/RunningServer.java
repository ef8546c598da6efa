package dev.callbus;

import dev.callbus.asset.AssetLoaderType;
import dev.callbus.asset.AssetSource;
import dev.callbus.asset.FileSource;
import dev.callbus.asset.SyncSource;
import dev.callbus.config.CallbusConfig;
import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.openai.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A node with its Vert.x and whatever part of the sandbox it needs, for the commands that run one in this process. */
final class RunningServer {
    private final Vertx vertx;
    private final Node node;
    private final CallbusConfig config;
    private final @Nullable SandboxTwilio twilio;

    private RunningServer(Vertx vertx, Node node, CallbusConfig config, @Nullable SandboxTwilio twilio) {
        this.vertx = vertx;
        this.node = node;
        this.config = config;
        this.twilio = twilio;
    }

    /** Starts it; blocks until it listens. */
    static RunningServer start(CallbusConfig config) throws TimeoutException {
        var vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(config.server().eventLoops()));
        try {
            var twilio = config.twilio().sandboxed() && config.twilio().restUrl() == null
                    ? SandboxTwilio.start(vertx, config).await(10, TimeUnit.SECONDS)
                    : null;
            var reached =
                    twilio == null ? config : config.withTwilio(config.twilio().withRestUrl(twilio.url()));
            var node = withModel(vertx, reached)
                    .compose(complete -> Node.start(vertx, complete, assets(vertx, config)))
                    .await(30, TimeUnit.SECONDS);
            if (twilio != null) {
                twilio.connect(node.port());
            }
            return new RunningServer(vertx, node, config, twilio);
        } catch (Exception e) { // a future throws whatever failed it, also what isn't declared
            vertx.close().await(5, TimeUnit.SECONDS);
            throw e;
        }
    }

    private static AssetSource assets(Vertx vertx, CallbusConfig config) {
        var files = new FileSource(vertx, config.assets().directory());
        return switch (AssetLoaderType.read(config.assets())) {
            case FILE -> files;
            case SYNC -> new SyncSource(vertx, files);
        };
    }

    /** The sandbox that takes Twilio's place; none with a real account. */
    Optional<SandboxTwilio> twilio() {
        return Optional.ofNullable(twilio);
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
            if (twilio != null) {
                twilio.close().await(6, TimeUnit.SECONDS);
            }
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
