package dev.callbus.channel.relay;

import dev.callbus.channel.webhook.Answers;
import dev.callbus.channel.webhook.SignedWebhook;
import dev.callbus.config.ServerSettings;
import dev.callbus.config.TwilioSettings;
import dev.callbus.twilio.SignatureCheck;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ConversationRelay channel as a part of an HTTP server: the voice webhook, the action and the WebSocket. Each event
 * loop's server has one of its own; all of them share the books.
 */
public final class RelayChannel {
    /** Where Twilio asks what to do with a call; the first one is ours, the others are where earlier servers had it. */
    static final List<String> VOICE_PATHS = List.of("/connectConversationRelay", "/voice", "/api/incoming-call");

    /** Where Twilio asks how a call goes on; the first one is in our TwiML. */
    static final List<String> ACTION_PATHS = List.of(RelayTwiml.ACTION_PATH, "/api/action", "/handoff");

    /** Where Twilio reports how a call is getting on. */
    public static final String STATUS_PATH = "/twilioStatusCallback";

    /** Where Twilio asks what to do with a call that we placed, followed by the order's token. */
    public static final String ORDER_PATH = "/outboundCall/";

    private final RelayGateway gateway;
    private final Handler<RoutingContext> voice;
    private final Handler<RoutingContext> action;
    private final Handler<RoutingContext> status;
    private final Handler<RoutingContext> outbound;

    /** A channel whose calls are answered by the agents that {@code agents} chooses. */
    public RelayChannel(
            Vertx vertx, ServerSettings server, TwilioSettings twilio, AgentChoice agents, RelayBooks books) {
        this(vertx, server, twilio, agents, books, RelayTimes.STANDARD);
    }

    RelayChannel(
            Vertx vertx,
            ServerSettings server,
            TwilioSettings twilio,
            AgentChoice agents,
            RelayBooks books,
            RelayTimes times) {
        var tickets = books.tickets();
        var signatures = new SignatureCheck(server.publicUrl(), twilio.authTokens());
        var twiml = new RelayTwiml(server.publicUrl());
        var announcements = Announcements.ENGLISH;
        var voiceWebhook = new VoiceWebhook(agents, tickets, books.orders(), twiml, announcements);
        var actionWebhook = new ActionWebhook(vertx, twilio, agents, tickets, twiml, announcements);
        this.gateway = new RelayGateway(vertx, signatures, tickets, times);
        var statusWebhook = new StatusWebhook(vertx, twiml, books.progress());
        this.voice = new SignedWebhook(signatures, form -> voiceWebhook.answer(WebhookCall.of(form)));
        this.outbound = new SignedWebhook(
                signatures,
                form -> voiceWebhook.answer(WebhookCall.of(form), form.path().substring(ORDER_PATH.length())));
        this.action = new SignedWebhook(signatures, form -> actionWebhook.answer(WebhookCall.of(form)));
        this.status = new SignedWebhook(signatures, form -> statusWebhook.answer(WebhookCall.of(form)));
    }

    /** Sets what the channel's WebSockets need: small messages, no compression, which only costs with short JSON. */
    public static HttpServerOptions configure(HttpServerOptions options) {
        return options.setMaxWebSocketFrameSize(RelaySocket.LARGEST)
                .setMaxWebSocketMessageSize(RelaySocket.LARGEST)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setRegisterWebSocketWriteHandlers(false);
    }

    /** Adds the channel's routes, which read bodies by themselves, and makes the router answer errors as short JSON. */
    public void mount(Router router) {
        VOICE_PATHS.forEach(path -> serve(router, path, voice, HttpMethod.GET, HttpMethod.POST));
        ACTION_PATHS.forEach(path -> serve(router, path, action, HttpMethod.POST));
        serve(router, STATUS_PATH, status, HttpMethod.POST);
        serve(router, ORDER_PATH + ":order", outbound, HttpMethod.POST);
        serve(router, RelayTwiml.SOCKET_PATH + ":token", gateway::handle, HttpMethod.GET);
        serve(router, "/", RelayChannel::greet, HttpMethod.GET);
        Answers.serveErrors(router);
    }

    private static void greet(RoutingContext routing) {
        routing.response().putHeader("content-type", "text/plain").end("Callbus");
    }

    private static void serve(Router router, String path, Handler<RoutingContext> handler, HttpMethod... methods) {
        for (var method : methods) {
            router.route(method, path).handler(handler);
        }
        var allowed = Stream.of(methods).map(HttpMethod::name).collect(Collectors.joining(", "));
        router.route(path).handler(routing -> {
            routing.response().putHeader("allow", allowed);
            Answers.refuse(routing.response(), 405, "method not allowed");
        });
    }

    /** What the channel's connections hold at this moment. */
    public RelayHoldings holdings() {
        return gateway.holdings();
    }
}
