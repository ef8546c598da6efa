package dev.callbus;

import dev.callbus.channel.api.Api;
import dev.callbus.channel.api.AssetApi;
import dev.callbus.channel.api.CallApi;
import dev.callbus.channel.chat.ChatApi;
import dev.callbus.channel.records.CallRecordsChannel;
import dev.callbus.channel.records.TwilioPlace;
import dev.callbus.channel.relay.AgentChoice;
import dev.callbus.channel.relay.RelayChannel;
import dev.callbus.channel.sms.SmsWebhook;
import dev.callbus.config.CallbusConfig;
import dev.callbus.console.EventFeed;
import dev.callbus.twilio.SignatureCheck;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The HTTP server of one event loop; the instances of a node share a port, the {@link FrontDesk} and nothing else. */
final class Front extends VerticleBase {
    /** For Vert.x, a negative port is a free one that the instances share. */
    private static final int ANY_PORT = -1;

    private final CallbusConfig config;
    private final AgentChoice agents;
    private final FrontDesk desk;
    private final AtomicInteger port;
    private final AtomicBoolean draining;
    private @Nullable HttpServer server;

    /** @param port is set to the port that the instances listen on */
    Front(CallbusConfig config, AgentChoice agents, FrontDesk desk, AtomicInteger port, AtomicBoolean draining) {
        this.config = config;
        this.agents = agents;
        this.desk = desk;
        this.port = port;
        this.draining = draining;
    }

    @Override
    public Future<?> start() {
        var options = RelayChannel.configure(new HttpServerOptions()
                .setHost(config.server().host())
                .setPort(
                        config.server().port() == 0 ? ANY_PORT : config.server().port())
                // Twilio and its WebSockets speak HTTP/1.1, and what is refused closes its connection.
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(0));
        var chat = new ChatApi(vertx);
        var sms = new SmsWebhook(
                vertx, signatures(), desk.smsAnswers(), config.call().apology());
        return Future.join(chat.start(), sms.start())
                .compose(ready -> vertx.executeBlocking(Front::description))
                .compose(description -> vertx.createHttpServer(options)
                        .requestHandler(router(chat, sms, description))
                        .listen())
                .onSuccess(listening -> {
                    server = listening;
                    port.set(listening.actualPort());
                });
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private Router router(ChatApi chat, SmsWebhook sms, Buffer description) {
        var router = Router.router(vertx);
        new RelayChannel(vertx, config.server(), config.twilio(), agents, desk.books()).mount(router);
        sms.mount(router);
        new CallRecordsChannel(vertx, signatures(), TwilioPlace.of(config.twilio()), desk.filings()).mount(router);
        api(chat).mount(router);
        new EventFeed(vertx, desk.keys()).mount(router);
        router.get("/openapi.yaml")
                .handler(routing -> routing.response()
                        .putHeader("content-type", "application/yaml")
                        .end(description));
        router.get("/healthz").handler(routing -> routing.json(new Health("up")));
        router.get("/readyz").handler(routing -> {
            if (draining.get()) {
                routing.response().setStatusCode(503);
            }
            routing.json(new Health(draining.get() ? "draining" : "ready"));
        });
        return router;
    }

    private Api api(ChatApi chat) {
        var api = new Api(desk.keys());
        var publicUrl = config.server().publicUrl().toString().replaceFirst("/$", "");
        new CallApi(vertx, publicUrl, config.api().outbound(), desk.outbound()).addTo(api);
        new AssetApi(vertx).addTo(api);
        chat.addTo(api);
        return api;
    }

    private SignatureCheck signatures() {
        return new SignatureCheck(config.server().publicUrl(), config.twilio().authTokens());
    }

    private static Buffer description() throws IOException {
        try (var document = Front.class.getResourceAsStream("/openapi.yaml")) {
            if (document == null) {
                throw new IllegalStateException("openapi.yaml is not in the jar");
            }
            return Buffer.buffer(document.readAllBytes());
        }
    }

    /** The state of the node as health checks read it. */
    record Health(String status) {}
}
