package dev.callbus;

import dev.callbus.channel.relay.AgentChoice;
import dev.callbus.channel.relay.RelayBooks;
import dev.callbus.channel.relay.RelayChannel;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.Secret;
import dev.callbus.console.EventFeed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The HTTP server of one event loop; the instances of a node share a port, the relay's books and nothing else. */
final class Front extends VerticleBase {
    /** For Vert.x, a negative port is a free one that the instances share. */
    private static final int ANY_PORT = -1;

    private final CallbusConfig config;
    private final AgentChoice agents;
    private final RelayBooks books;
    private final AtomicInteger port;
    private final AtomicBoolean draining;
    private @Nullable HttpServer server;

    /** @param port is set to the port that the instances listen on */
    Front(CallbusConfig config, AgentChoice agents, RelayBooks books, AtomicInteger port, AtomicBoolean draining) {
        this.config = config;
        this.agents = agents;
        this.books = books;
        this.port = port;
        this.draining = draining;
    }

    @Override
    public Future<?> start() {
        var options = RelayChannel.configure(new HttpServerOptions()
                .setHost(config.server().host())
                .setPort(
                        config.server().port() == 0 ? ANY_PORT : config.server().port())
                .setIdleTimeout(0));
        var router = Router.router(vertx);
        new RelayChannel(vertx, config.server(), config.twilio(), agents, books).mount(router);
        new EventFeed(vertx, consoleKey()).mount(router);
        router.get("/healthz").handler(routing -> routing.json(new Health("up")));
        router.get("/readyz").handler(routing -> {
            if (draining.get()) {
                routing.response().setStatusCode(503);
            }
            routing.json(new Health(draining.get() ? "draining" : "ready"));
        });
        return vertx.createHttpServer(options).requestHandler(router).listen().onSuccess(listening -> {
            server = listening;
            port.set(listening.actualPort());
        });
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** Without an account the sandbox's key, which only this machine's user can read, opens the console too. */
    private Secret consoleKey() {
        return config.twilio().sandboxed() ? config.twilio().authTokens().getFirst() : Secret.NONE;
    }

    /** The state of the node as health checks read it. */
    record Health(String status) {}
}
