package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.AssetSettings;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.LlmSettings;
import dev.callbus.config.Secret;
import dev.callbus.config.TwilioSettings;
import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.openai.Script;
import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.Tunnel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A whole server as {@code scripts/start} runs it, with the sandbox's Twilio, a scripted model, and a phone. */
final class ServerRig implements AutoCloseable {
    static final String HANDOFF_NUMBER = "+15550009999";

    final RunningServer server;
    final ModelServer model;
    final BlockingQueue<PhoneEvent> events = new LinkedBlockingQueue<>();
    final StringBuilder heard = new StringBuilder();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param twilio another server's, or null for one of its own */
    ServerRig(Path assets, String script, @Nullable URI twilio) throws Exception {
        model = new ModelServer(vertx, Script.parse("test", script), 0).start().await(10, SECONDS);
        server = RunningServer.start(config(assets, URI.create(model.baseUrl()), twilio));
    }

    private static CallbusConfig config(Path assets, URI modelUrl, @Nullable URI twilio) {
        var base = TestNode.config(List.of(), new SilenceSettings(true, Duration.ofSeconds(20), List.of("Hm?")));
        var provider = new LlmSettings.Provider(
                "test",
                LlmSettings.Api.OPENAI_CHAT,
                modelUrl,
                new Secret("key"),
                "test-model",
                "system",
                null,
                "max_completion_tokens",
                null,
                null,
                false);
        var account = base.twilio();
        return new CallbusConfig(
                base.server(),
                new TwilioSettings(
                        account.accountSid(),
                        account.authTokens(),
                        true,
                        "+15550002222",
                        null,
                        HANDOFF_NUMBER,
                        twilio,
                        null,
                        null),
                new LlmSettings(List.of(provider), Duration.ofSeconds(3), Duration.ofSeconds(2), 1),
                base.call(),
                new AssetSettings(assets),
                base.tools(),
                base.api(),
                base.sandbox(),
                base.verify(),
                base.serviceNow());
    }

    URI twilio() {
        return server.twilio().orElseThrow().url();
    }

    /** Calls the server's number. */
    PhoneCall dial() throws TimeoutException {
        var tunnel = new Tunnel(TestNode.PUBLIC_URL, "127.0.0.1", server.port());
        var options = PhoneNetworkOptions.lifelike(TestNode.ACCOUNT_SID, TestNode.AUTH_TOKEN, tunnel)
                .faster(8);
        return new PhoneNetwork(vertx, options)
                .dial("+15550001111", "+15550002222", events::add)
                .await(10, SECONDS);
    }

    /** The next event of this kind; what was heard until then is taken down. */
    PhoneEvent await(Predicate<PhoneEvent> wanted) throws InterruptedException {
        while (true) {
            var event = events.poll(15, SECONDS);
            assertThat(event).as("an event, after '%s'", heard).isNotNull();
            if (event instanceof PhoneEvent.AgentHeard word) {
                heard.append(word.word());
            }
            if (event != null && wanted.test(event)) {
                return event;
            }
        }
    }

    /** Waits until the agent has said this. */
    void hear(String words) throws InterruptedException {
        heard.setLength(0);
        await(event ->
                event instanceof PhoneEvent.AgentHeard && heard.toString().contains(words));
        await(event -> event instanceof PhoneEvent.AgentSpeaking speaking && !speaking.on());
    }

    /** The next frame of this type. */
    JsonObject frame(String type) throws InterruptedException {
        return ((PhoneEvent.AgentFrame) await(event -> event instanceof PhoneEvent.AgentFrame frame
                        && type.equals(frame.frame().getString("type"))))
                .frame();
    }

    /** What the model was asked with last, as it reads it. */
    String asked() {
        return new JsonObject(String.valueOf(model.requests().getLast().body())).encode();
    }

    /** A request as curl sends it that is given {@code --data} and a key, and perhaps a content type. */
    HttpResponse<String> curl(String method, String path, @Nullable String contentType, @Nullable String data)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + TestNode.API_KEY.secret().reveal());
        if (data != null) {
            request.header("Content-Type", contentType == null ? "application/x-www-form-urlencoded" : contentType);
        }
        request.method(method, data == null ? BodyPublishers.noBody() : BodyPublishers.ofString(data));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() throws TimeoutException {
        server.stop();
        vertx.close().await(10, SECONDS);
        http.close();
    }
}
