package dev.callbus;

import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.AgentRules;
import dev.callbus.asset.AssetBus;
import dev.callbus.asset.AssetProtocol;
import dev.callbus.asset.AssetSource;
import dev.callbus.asset.AssetVerticle;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallSupervisor;
import dev.callbus.call.SupervisorProtocol;
import dev.callbus.call.WrapUp;
import dev.callbus.channel.chat.ChatVerticle;
import dev.callbus.channel.relay.IncomingCall;
import dev.callbus.config.CallbusConfig;
import dev.callbus.llm.LlmVerticle;
import dev.callbus.llm.dialog.DialogShelf;
import dev.callbus.servicenow.ServiceNowVerticle;
import dev.callbus.time.LoopTime;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolRegistry;
import dev.callbus.twilio.TwilioVerticle;
import dev.callbus.verify.Seal;
import dev.callbus.verify.VerifyVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: the shared services, the supervisor of its calls and its HTTP server, started in that order and stopped in
 * reverse once the calls have said goodbye.
 */
public final class Node {
    private static final Logger log = LoggerFactory.getLogger(Node.class);

    /** Twilio asks what to do with a call about a second after its session ended; it must still find somebody. */
    private static final long ACTION_GRACE_MILLIS = 2000;

    private final Vertx vertx;
    private final CallbusConfig config;
    private final @Nullable DialogShelf dialogs;
    private final AtomicInteger port;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Deque<String> deployments = new ArrayDeque<>();

    private Node(Vertx vertx, CallbusConfig config, @Nullable DialogShelf dialogs) {
        this.vertx = vertx;
        this.config = config;
        this.dialogs = dialogs;
        this.port = new AtomicInteger();
    }

    /** Starts a node whose calls are answered by the agents of these assets. The Vert.x stays the caller's to close. */
    public static Future<Node> start(Vertx vertx, CallbusConfig config, AssetSource assets) {
        return start(vertx, config, assets, null, UnaryOperator.identity());
    }

    /**
     * Starts a node.
     *
     * @param dialogs the rule-based dialog that answers when no model does, or null for none
     * @param beforeTools what is put before each of its tools
     */
    static Future<Node> start(
            Vertx vertx,
            CallbusConfig config,
            AssetSource assets,
            @Nullable DialogShelf dialogs,
            UnaryOperator<Tool<?>> beforeTools) {
        var node = new Node(vertx, config, dialogs);
        ProtocolCodec.install(vertx, Protocols.ALL);
        var tools = ToolRegistry.standard(vertx, config.toolsOfThisServer(), beforeTools);
        var rules = new AgentRules(config.assets().overrides(), config.call().silence(), Set.copyOf(tools.names()));
        var desk = FrontDesk.of(config.api());
        int loops = config.server().eventLoops();
        return node.deploy(() -> new TwilioVerticle(config.twilio()), 1)
                .compose(v -> node.deploy(() -> new AssetVerticle(assets, rules), 1))
                .compose(v -> node.deploy(() -> new LlmVerticle(config.llm(), dialogs), loops))
                .compose(v -> node.deployHelpDesk())
                .compose(v -> node.deploy(() -> new CallSupervisor(config.call(), tools), 1))
                .compose(v -> node.deploy(() -> new ChatVerticle(config.api().chat()), 1))
                .compose(v -> node.deploy(() -> new Front(config, node::choose, desk, node.port, node.draining), loops))
                .map(node)
                .recover(cause -> node.undeploy().transform(done -> Future.failedFuture(cause)));
    }

    /** The port that the node listens on. */
    public int port() {
        return port.get();
    }

    /** Takes no more calls, lets those that are up say goodbye for as long as the configuration allows, then stops. */
    public Future<Void> stop() {
        if (!draining.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        return CallBus.drain(config.server().drainTimeout())
                .send(vertx, new SupervisorProtocol.Drain(config.call().goodbye()))
                .onSuccess(drained -> log.info("node drained [calls: {}]", drained.calls()))
                .onFailure(cause -> log.warn("calls were cut off [cause: {}]", cause.getMessage()))
                .compose(drained -> drained.calls() == 0 ? Future.succeededFuture() : vertx.timer(ACTION_GRACE_MILLIS))
                .transform(answered -> undeploy());
    }

    /** Who calls, and tickets; calls are only put on record where there is a ServiceNow to keep them. */
    private Future<Void> deployHelpDesk() {
        var seal = new Seal(config.verify().sealKey());
        return deploy(() -> new VerifyVerticle(config.verify(), seal, LoopTime.clock()), 1)
                .compose(v -> deploy(() -> new ServiceNowVerticle(config.serviceNow(), seal), 1))
                .compose(v -> config.serviceNow().url() == null ? Future.succeededFuture() : deploy(WrapUp::new, 1));
    }

    private Future<AgentProfile> choose(IncomingCall call) {
        return draining.get()
                ? Future.failedFuture("this node takes no more calls")
                : AssetBus.CHOOSE
                        .send(vertx, new AssetProtocol.Choose(call.ownNumber(), call.parameters()))
                        .map(chosen -> hinted(chosen.profile()));
    }

    /** Where the dialog is asked first, the caller's likely words are those of its menus. */
    private AgentProfile hinted(AgentProfile profile) {
        return dialogs == null || !config.llm().chain().isEmpty()
                ? profile
                : profile.withRelay(profile.relay().expecting(dialogs.hints()));
    }

    private Future<Void> deploy(Supplier<? extends Deployable> verticle, int instances) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
                .onSuccess(deployments::push)
                .mapEmpty();
    }

    /** Stops what was started, the last first, each before the next. */
    private Future<Void> undeploy() {
        var id = deployments.poll();
        return id == null ? Future.succeededFuture() : vertx.undeploy(id).transform(done -> undeploy());
    }
}
