package dev.callbus;

import dev.callbus.asset.AssetLoaderType;
import dev.callbus.asset.AssetSource;
import dev.callbus.asset.FileSource;
import dev.callbus.asset.SyncSource;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ServiceNowSettings;
import dev.callbus.llm.dialog.DialogException;
import dev.callbus.llm.dialog.DialogShelf;
import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.openai.Script;
import dev.callbus.sandbox.servicenow.ServiceNowOptions;
import dev.callbus.sandbox.servicenow.ServiceNowServer;
import dev.callbus.tool.Tool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A node with its Vert.x and whatever part of the sandbox it needs, for the commands that run one in this process. */
final class RunningServer {
    /** A change of a flow is in force after so long, as one of any other asset. */
    private static final long LOOK_MILLIS = 2000;

    private final Vertx vertx;
    private final Node node;
    private final CallbusConfig config;
    private final @Nullable SandboxTwilio twilio;
    private final @Nullable ServiceNowServer serviceNow;

    private RunningServer(
            Vertx vertx,
            Node node,
            CallbusConfig config,
            @Nullable SandboxTwilio twilio,
            @Nullable ServiceNowServer serviceNow) {
        this.vertx = vertx;
        this.node = node;
        this.config = config;
        this.twilio = twilio;
        this.serviceNow = serviceNow;
    }

    /** Starts it; blocks until it listens. */
    static RunningServer start(CallbusConfig config) throws TimeoutException, DialogException {
        return start(config, new FlowShelves().of(config), UnaryOperator.identity());
    }

    /**
     * Starts it; blocks until it listens.
     *
     * @param dialogs the rule-based dialog that answers when no model does, or null for none
     * @param beforeTools what is put before each of its tools
     */
    static RunningServer start(CallbusConfig config, @Nullable DialogShelf dialogs, UnaryOperator<Tool<?>> beforeTools)
            throws TimeoutException {
        var vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(config.server().eventLoops()));
        try {
            var twilio = config.twilio().sandboxed() && config.twilio().restUrl() == null
                    ? SandboxTwilio.start(vertx, config).await(10, TimeUnit.SECONDS)
                    : null;
            var reached =
                    twilio == null ? config : config.withTwilio(config.twilio().withRestUrl(twilio.url()));
            var serviceNow = serviceNow(vertx, config);
            var node = withModel(
                            vertx,
                            dialogs,
                            serviceNow == null
                                    ? reached
                                    : reached.withServiceNow(
                                            reached.serviceNow().at(URI.create(serviceNow.baseUrl()))))
                    .compose(complete -> Node.start(vertx, complete, assets(vertx, config), dialogs, beforeTools))
                    .await(30, TimeUnit.SECONDS);
            if (twilio != null) {
                twilio.connect(node.port());
            }
            if (dialogs != null) {
                vertx.deployVerticle(new Lookout<>(LOOK_MILLIS, dialogs::look, changed -> {}))
                        .await(5, TimeUnit.SECONDS);
            }
            return new RunningServer(vertx, node, config, twilio, serviceNow);
        } catch (Exception e) { // a future throws whatever failed it, also what isn't declared
            vertx.close().await(5, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** The sandbox's ServiceNow, if the configuration has none. */
    private static @Nullable ServiceNowServer serviceNow(Vertx vertx, CallbusConfig config) throws TimeoutException {
        var settings = config.serviceNow();
        return settings.sandboxed()
                        && settings.url() == null
                        && settings.credentials() instanceof ServiceNowSettings.Basic user
                ? new ServiceNowServer(
                                vertx,
                                ServiceNowOptions.lifelike(
                                        user.user(), user.password().reveal()))
                        .start()
                        .await(20, TimeUnit.SECONDS)
                : null;
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

    /** The sandbox that takes ServiceNow's place; none with a real instance. */
    Optional<ServiceNowServer> serviceNow() {
        return Optional.ofNullable(serviceNow);
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
            if (serviceNow != null) {
                serviceNow.close().await(5, TimeUnit.SECONDS);
            }
            vertx.close().await(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            System.err.println("Callbus did not stop in time and is cut off.");
        }
    }

    /** Starts the sandbox's model if the configuration asks for it: a script if there is one, else the dialog. */
    private static Future<CallbusConfig> withModel(Vertx vertx, @Nullable DialogShelf dialogs, CallbusConfig config) {
        boolean wanted = config.llm().chain().stream().anyMatch(provider -> provider.sandboxed());
        if (!wanted) {
            return Future.succeededFuture(config);
        }
        var file = config.sandbox().modelScript();
        var server = file == null && dialogs != null
                ? new ModelServer(vertx, "callbus-dialog", new ServedDialog(dialogs), 0)
                : new ModelServer(vertx, file == null ? Script.helpDesk() : Script.load(file), 0);
        return server.start().map(model -> config.withLlm(config.llm().withSandboxAt(URI.create(model.baseUrl()))));
    }
}
