package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callbus.asset.AgentContext;
import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.AssetBus;
import dev.callbus.asset.AssetKind;
import dev.callbus.asset.AssetProtocol;
import dev.callbus.asset.RelaySettings;
import dev.callbus.asset.ToolManifest;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.StreamOutlet;
import dev.callbus.call.CallSupervisor;
import dev.callbus.channel.chat.ChatVerticle;
import dev.callbus.config.ApiSettings;
import dev.callbus.config.ApiSettings.Scope;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.OutboundSettings;
import dev.callbus.config.Secret;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmBus;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.tool.ToolRegistry;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The HTTP side of a node with real calls, where models, Twilio and assets are what a test says. */
final class ApiRig implements AutoCloseable {
    static final ApiSettings.Key ALL = TestNode.API_KEY;
    static final ApiSettings.Key CHAT_ONLY =
            new ApiSettings.Key("chat", new Secret("chat-key-chat-key"), Set.of(Scope.CHAT));

    final Vertx vertx = Vertx.vertx();
    final Queue<TwilioProtocol.PlaceCall> placed = new ConcurrentLinkedQueue<>();
    final Queue<TwilioProtocol.SendMessage> sent = new ConcurrentLinkedQueue<>();
    final Queue<AssetProtocol.Choose> choices = new ConcurrentLinkedQueue<>();
    final Queue<LlmProtocol.Generate> asked = new ConcurrentLinkedQueue<>();
    final Map<String, String> contexts = new ConcurrentHashMap<>();
    final FrontDesk desk;
    final OutboundSettings outbound;
    volatile Future<TwilioProtocol.Placed> placing =
            Future.succeededFuture(new TwilioProtocol.Placed("CA00000000000000000000000000000009", "queued"));
    volatile boolean listening;
    volatile BiConsumer<LlmProtocol.Generate, StreamOutlet<ModelEvent>> model = ApiRig::echo;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger port = new AtomicInteger();

    ApiRig(int perMinute, ApiSettings.Chat chat) throws Exception {
        ProtocolCodec.install(vertx, Protocols.ALL);
        outbound = new OutboundSettings("+15550002222", List.of("+1", "+49"), 3, Duration.ofSeconds(30));
        var api = new ApiSettings(List.of(ALL, CHAT_ONLY), perMinute, outbound, chat);
        desk = FrontDesk.of(api);
        var silence = new SilenceSettings(true, Duration.ofSeconds(20), List.of("Still there?"));
        var base = TestNode.config(List.of(), silence);
        var config = new CallbusConfig(
                base.server(),
                base.twilio(),
                base.llm(),
                base.call(),
                base.assets(),
                base.tools(),
                api,
                base.sandbox(),
                base.verify(),
                base.serviceNow());
        serveTheRest(silence);
        deploy(new CallSupervisor(config.call(), ToolRegistry.standard(vertx, config.tools())));
        deploy(new ChatVerticle(api.chat()));
        deploy(new Front(
                config,
                call -> AssetBus.CHOOSE
                        .send(vertx, new AssetProtocol.Choose(call.ownNumber(), call.parameters()))
                        .map(AssetProtocol.Chosen::profile),
                desk,
                port,
                new AtomicBoolean()));
    }

    ApiRig() throws Exception {
        this(10_000, new ApiSettings.Chat(Duration.ofMinutes(5), 5000, Duration.ofSeconds(5)));
    }

    private void serveTheRest(SilenceSettings silence) throws Exception {
        TwilioBus.PLACE
                .serve(vertx, order -> {
                    placed.add(order);
                    return placing;
                })
                .await(5, SECONDS);
        TwilioBus.MESSAGE
                .serve(vertx, message -> {
                    sent.add(message);
                    return Future.succeededFuture(new TwilioProtocol.Sent("SM1", "queued"));
                })
                .await(5, SECONDS);
        AssetBus.CHOOSE
                .serve(vertx, choose -> {
                    choices.add(choose);
                    return Future.succeededFuture(new AssetProtocol.Chosen(profile(silence)));
                })
                .await(5, SECONDS);
        AssetBus.FIND.serve(vertx, ApiRig::find).await(5, SECONDS);
        AssetBus.READ
                .serve(
                        vertx,
                        read -> Future.succeededFuture(new AssetProtocol.Listing(
                                read.kind() == AssetKind.CONTEXT
                                        ? contexts
                                        : Map.of(
                                                AssetKind.SERVER_CONFIG_KEY, "{\"AssetLoader\":{\"context\":\"a\"}}"))))
                .await(5, SECONDS);
        AssetBus.PUT
                .serve(vertx, put -> {
                    contexts.putAll(put.texts());
                    return Future.succeededFuture(new AssetProtocol.Stored(
                            put.texts().keySet().stream().sorted().toList()));
                })
                .await(5, SECONDS);
        AssetBus.DELETE
                .serve(
                        vertx,
                        delete -> contexts.remove(delete.key()) == null
                                ? Future.failedFuture(new BusException(
                                        Failure.NOT_FOUND, "Context not found for key: " + delete.key()))
                                : Future.succeededFuture(new AssetProtocol.Stored(List.of(delete.key()))))
                .await(5, SECONDS);
        LlmBus.GENERATE
                .serve(vertx, (question, outlet) -> {
                    asked.add(question);
                    model.accept(question, outlet);
                })
                .await(5, SECONDS);
    }

    private AgentProfile profile(SilenceSettings silence) {
        return new AgentProfile(
                new AgentContext("test", "Be helpful."),
                ToolManifest.of("test", List.of("end-call", "send-dtmf")),
                new RelaySettings(Map.of("welcomeGreeting", "Hello."), List.of(), Map.of()),
                silence,
                listening);
    }

    private static Future<AssetProtocol.Found> find(AssetProtocol.Find find) {
        if (find.contextKey() != null && !find.contextKey().equals("sales")) {
            return Future.failedFuture(
                    new BusException(Failure.NOT_FOUND, "Context not found for key: " + find.contextKey()));
        }
        if (find.manifestKey() != null && !find.manifestKey().equals("few")) {
            return Future.failedFuture(
                    new BusException(Failure.NOT_FOUND, "Tool manifest not found for key: " + find.manifestKey()));
        }
        return Future.succeededFuture(new AssetProtocol.Found(
                find.contextKey() == null ? null : new AgentContext("sales", "Sell."),
                find.manifestKey() == null ? null : ToolManifest.of("few", List.of("end-call"))));
    }

    /** A model that repeats what was said. */
    private static void echo(LlmProtocol.Generate question, StreamOutlet<ModelEvent> outlet) {
        var last = question.messages().getLast() instanceof ChatMessage.Caller caller ? caller.text() : "noted";
        outlet.emit(new ModelEvent.Delta("You said: "));
        outlet.emit(new ModelEvent.Delta(last));
        outlet.emit(new ModelEvent.Finished("echo", ModelEvent.Usage.UNKNOWN));
        outlet.end();
    }

    private void deploy(Deployable verticle) throws Exception {
        vertx.deployVerticle(verticle).await(10, SECONDS);
    }

    int port() {
        return port.get();
    }

    /** A POST of JSON with the key that opens everything. */
    HttpResponse<String> post(String path, String json) throws Exception {
        return send(request(path)
                .header("Authorization", "Bearer " + ALL.secret().reveal())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** A request with the key that opens everything. */
    HttpRequest.Builder keyed(String path) {
        return request(path).header("X-Api-Key", ALL.secret().reveal());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(10));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** A form as Twilio sends it. */
    HttpRequest.Builder signed(String path, Map<String, String> form) throws Exception {
        var data = new StringBuilder(TestNode.PUBLIC_URL + path);
        new TreeMap<>(form).forEach((name, value) -> data.append(name).append(value));
        var body = form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return request(path)
                .header("X-Twilio-Signature", TestCall.sign(data.toString()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws TimeoutException {
        http.close();
        vertx.close().await(10, SECONDS);
    }
}
