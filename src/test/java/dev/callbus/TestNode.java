package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callbus.config.ApiSettings;
import dev.callbus.config.AssetSettings;
import dev.callbus.config.CallSettings;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.LlmSettings;
import dev.callbus.config.OutboundSettings;
import dev.callbus.config.SandboxKey;
import dev.callbus.config.SandboxSettings;
import dev.callbus.config.Secret;
import dev.callbus.config.ServerSettings;
import dev.callbus.config.ServiceNowSettings;
import dev.callbus.config.ToolSettings;
import dev.callbus.config.TwilioSettings;
import dev.callbus.config.VerifySettings;
import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.openai.Script;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** A whole node on loopback, with a scripted model behind it. */
final class TestNode implements AutoCloseable {
    static final ApiSettings.Key API_KEY =
            new ApiSettings.Key("test", new Secret("an-api-key-of-the-tests"), Set.of(ApiSettings.Scope.values()));

    static final String AUTH_TOKEN = "12345678901234567890123456789012";
    static final String ACCOUNT_SID = "AC00000000000000000000000000000001";
    static final String GREETING = "Hello, this is the test desk.";
    static final URI PUBLIC_URL = URI.create("https://voice.example.com");
    static final String APOLOGY = "I am sorry, something went wrong.";
    static final String LOST_THREAD = "Sorry, I lost my thread.";
    /** Stands for the scripted model's URL, which is not known before it runs. */
    static final URI SCRIPTED = URI.create("sandbox:model");

    static final Duration FIRST_TOKEN = Duration.ofMillis(800);

    final Vertx vertx;
    final ModelServer model;
    final Node node;

    private TestNode(Vertx vertx, ModelServer model, Node node) {
        this.vertx = vertx;
        this.model = model;
        this.node = node;
    }

    /** A node whose model plays this script and which reminds silent callers after so long. */
    static TestNode start(String script, Duration silence) throws Exception {
        return start(script, silence, List.of(SCRIPTED));
    }

    /** A node that asks these models in turn. */
    static TestNode start(String script, List<URI> models) throws Exception {
        return start(script, Duration.ofSeconds(20), models);
    }

    /** A node whose agent greets and is told what the caller hears. */
    static TestNode greeting(String script) throws Exception {
        var relay = Map.of("language", "en-US", "welcomeGreeting", GREETING, "events", "speaker-events tokens-played");
        return start(script, Duration.ofSeconds(20), List.of(SCRIPTED), relay);
    }

    private static TestNode start(String script, Duration silence, List<URI> models) throws Exception {
        return start(script, silence, models, Map.of("language", "en-US"));
    }

    private static TestNode start(String script, Duration silence, List<URI> models, Map<String, String> relay)
            throws Exception {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
        var model = new ModelServer(vertx, Script.parse("test.yaml", script), 0)
                .start()
                .await(10, SECONDS);
        var reminders = new SilenceSettings(true, silence, List.of("Still there?", "Just checking?"));
        var urls = models.stream()
                .map(url -> url.equals(SCRIPTED) ? URI.create(model.baseUrl()) : url)
                .toList();
        var config = config(urls, reminders);
        var assets = MemoryAssets.of("Be helpful.", List.of("end-call"), relay, reminders);
        return new TestNode(vertx, model, Node.start(vertx, config, assets).await(10, SECONDS));
    }

    static TestNode start(String script) throws Exception {
        return start(script, Duration.ofSeconds(20));
    }

    private static LlmSettings.Provider provider(URI modelUrl) {
        return new LlmSettings.Provider(
                "test",
                LlmSettings.Api.OPENAI_CHAT,
                modelUrl,
                new Secret("key"),
                "callbus-sandbox",
                "system",
                null,
                "max_completion_tokens",
                null,
                null,
                true);
    }

    static CallbusConfig config(List<URI> models, SilenceSettings silence) {
        return new CallbusConfig(
                new ServerSettings("127.0.0.1", 0, PUBLIC_URL, Duration.ofSeconds(5), 4),
                new TwilioSettings(
                        ACCOUNT_SID, List.of(new Secret(AUTH_TOKEN)), true, null, null, null, null, null, null),
                new LlmSettings(
                        models.stream().map(TestNode::provider).toList(), FIRST_TOKEN, Duration.ofMillis(800), 1),
                new CallSettings(
                        silence,
                        Duration.ofSeconds(5),
                        List.of("One moment."),
                        Duration.ofSeconds(20),
                        APOLOGY,
                        LOST_THREAD,
                        "Let me hand you over.",
                        3,
                        "Goodbye.",
                        "Goodbye from the node.",
                        4,
                        Duration.ofSeconds(5),
                        10_000,
                        Duration.ofSeconds(2),
                        100),
                new AssetSettings(Path.of("assets")),
                new ToolSettings(new ToolSettings.Sms(null, List.of(), 3, 10), Set.of()),
                new ApiSettings(
                        List.of(API_KEY),
                        10_000,
                        new OutboundSettings("+15550002222", List.of("+"), 100, Duration.ofSeconds(30)),
                        new ApiSettings.Chat(Duration.ofMinutes(5), 5000, FIRST_TOKEN)),
                new SandboxSettings(null, Path.of("target", "sandbox")),
                new VerifySettings(
                        SandboxKey.VERIFY_SERVICE_SID,
                        6,
                        Duration.ofMinutes(30),
                        new Secret(AUTH_TOKEN),
                        3,
                        5,
                        10,
                        1000),
                new ServiceNowSettings(
                        null,
                        true,
                        new ServiceNowSettings.Basic("callbus", new Secret(AUTH_TOKEN)),
                        Duration.ofSeconds(3),
                        "US",
                        Path.of("target", "outbox")));
    }

    /** Dials in as Twilio does: webhook, socket, setup. */
    TestCall call() throws Exception {
        return TestCall.dial(vertx, node.port());
    }

    @Override
    public void close() throws TimeoutException {
        node.stop().await(10, SECONDS);
        model.stop().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
    }
}
