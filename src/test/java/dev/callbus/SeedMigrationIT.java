package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.twilio.Callee;
import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody moves over from the "Simple Conversation Relay" server with assets and scripts as they are. */
class SeedMigrationIT {
    private static final String JSON = "application/json";

    private static final String SERVER_CONFIG = """
            {
              "ConversationRelay": {
                "Configuration": {
                  "welcomeGreeting": "G'day! How can I help you today?",
                  "welcomeGreetingInterruptible": "any",
                  "transcriptionProvider": "Deepgram",
                  "speechModel": "nova-3-general",
                  "interruptible": "any",
                  "interruptSensitivity": "medium",
                  "language": "en-US",
                  "ttsProvider": "ElevenLabs",
                  "voice": "tnSpp4vdxKPjI9w0GnoV",
                  "dtmfDetection": true,
                  "partialPrompts": false,
                  "profanityFilter": false,
                  "reportInputDuringAgentSpeech": false,
                  "preemptible": false,
                  "hints": "",
                  "debug": "",
                  "elevenlabsTextNormalization": "",
                  "intelligenceService": "",
                  "languages": [
                    {"code": "en-AU", "ttsProvider": "ElevenLabs", "voice": "IKne3meq5aSn9XLyUdCD",
                     "transcriptionProvider": "Deepgram", "speechModel": "nova-3-general"},
                    {"code": "en-US", "ttsProvider": "ElevenLabs", "voice": "tnSpp4vdxKPjI9w0GnoV",
                     "transcriptionProvider": "Deepgram", "speechModel": "nova-3-general"}
                  ],
                  "parameters": [{"name": "tenant", "value": "acme"}]
                },
                "SilenceDetection": {"enabled": true, "secondsThreshold": 20,
                  "messages": ["Still there?", "Just checking you are still there?"]}
              },
              "AssetLoader": {"context": "defaultContext", "manifest": "defaultToolManifest", "assetLoaderType": "file"},
              "Server": {"ListenMode": {"enabled": false}}
            }
            """;

    /** Flat and nested spellings, as its README shows both. */
    private static final String MANIFEST = """
            {"tools": [
              {"type": "function", "name": "end-call", "description": "Ends the call", "parameters": {"type": "object",
                "properties": {"conversationSummary": {"type": "string"}}, "required": ["conversationSummary"]}, "strict": false},
              {"type": "function", "function": {"name": "live-agent-handoff", "description": "Transfers the call",
                "parameters": {"type": "object", "properties": {"summary": {"type": "string"}}, "required": ["summary"]}}},
              {"type": "function", "name": "send-dtmf"},
              {"type": "function", "name": "send-sms"},
              {"type": "function", "name": "switch-language"},
              {"type": "function", "name": "change-context"},
              {"type": "function", "name": "set-silence-detection"}
            ]}
            """;

    private static final String SCRIPT = """
            pace: {firstToken: 0ms, token: 0ms}
            rules:
              - when: {caller: 'Australian'}
                call: {name: switch-language, arguments: {ttsLanguage: en-AU, transcriptionLanguage: en-AU}}
              - {when: {tool: switch-language}, say: "No worries, I've switched to Australian English now."}
              - {when: {caller: 'The caller keyed (.*)'}, say: "You keyed {1}."}
              - when: {caller: 'human'}
                call: {name: live-agent-handoff, arguments: {summary: "Wants a human being."}}
              - {when: {tool: live-agent-handoff}, say: "Somebody takes over."}
              - {when: {caller: 'text me'}, call: {name: send-sms, arguments: {message: "Hello from the desk."}}}
              - {when: {tool: send-sms, result: '"success":true'}, say: "Sent."}
              - {when: {caller: 'bye'}, call: {name: end-call, arguments: {summary: "Done."}}}
              - {when: {tool: end-call}, say: "Goodbye."}
            otherwise: {say: "I see."}
            """;

    @TempDir
    private Path assets = Path.of("");

    @Test
    void withTheFileLoaderItSwitchesTheLanguageTakesKeysAndTransfers() throws Exception {
        write("file");
        try (var rig = new ServerRig(assets, SCRIPT, null)) {
            aWholeCall(rig);
        }
    }

    @Test
    void withTheSyncLoaderTwoNodesEditWhileACallIsUp() throws Exception {
        write("sync");
        try (var one = new ServerRig(assets, SCRIPT, null);
                var other = new ServerRig(assets, SCRIPT, one.twilio())) {
            var call = one.dial();
            one.hear("today?");
            assertThat(post(
                                    other,
                                    "/api/sync/context",
                                    "{\"nightContext\":\"You work at night. " + "z".repeat(40_000) + "\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(other, "/api/sync/toolmanifest", "{\"nightTools\":{\"tools\":[{\"name\":\"end-call\"}]}}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(one, "/api/sync/context", "{\"dayContext\":\"You work by day.\"}")
                            .statusCode())
                    .isEqualTo(200);
            long edited = System.nanoTime();
            while (update(one, call, "nightContext", "nightTools").statusCode() != 200) {
                assertThat(Duration.ofNanos(System.nanoTime() - edited)).isLessThan(Duration.ofSeconds(5));
                one.server.vertx().timer(100).await(1, SECONDS);
            }
            call.say("hello");
            one.hear("I see.");
            assertThat(one.asked())
                    .contains("You work at night.", "tenant: acme", "hello")
                    .doesNotContain("send-dtmf");
            assertThat(new JsonObject(one.curl("GET", "/api/sync/context", null, null)
                                    .body())
                            .getJsonObject("contexts")
                            .fieldNames())
                    .contains("dayContext", "nightContext", "defaultContext");
            aWholeCallGoesOn(one, call);
        }
    }

    @Test
    void itsCurlCommandsRunAsTheyAreWritten() throws Exception {
        write("file");
        try (var rig = new ServerRig(assets, SCRIPT, null)) {
            var call = rig.dial();
            rig.hear("today?");
            assertOk(rig.curl("POST", "/api/sync/context", JSON, """
                    {
                        "customerServiceContext": "You are a helpful customer service representative..."
                      }"""));
            assertOk(rig.curl("POST", "/api/sync/toolmanifest", JSON, """
                    {
                        "customerServiceTools": {
                          "tools": [
                            {"type": "function", "function": {"name": "send-sms"}},
                            {"type": "function", "function": {"name": "live-agent-handoff"}}
                          ]
                        }
                      }"""));
            assertOk(rig.curl("POST", "/api/sync/usedconfig", null, """
                    {
                        "context": "customerServiceContext",
                        "manifest": "customerServiceTools"
                      }"""));
            assertOk(
                    rig.curl(
                            "POST",
                            "/updateResponseService",
                            null,
                            "{ \"callSid\": \"" + call.callSid()
                                    + "\", \"contextKey\": \"customerServiceContext\", \"manifestKey\": \"customerServiceTools\" }"));
            assertOk(rig.curl(
                    "POST",
                    "/api/sync/context",
                    JSON,
                    "{\"myBusinessContext\": \"Your custom context content here...\"}"));
            assertOk(rig.curl(
                    "POST",
                    "/api/sync/toolmanifest",
                    JSON,
                    "{\"myBusinessTools\": {\"tools\": [{\"name\":\"end-call\"}]}}"));
            assertOk(rig.curl(
                    "POST",
                    "/api/sync/serverconfig",
                    null,
                    "{\"AssetLoader\": {\"context\": \"myBusinessContext\", \"manifest\": \"myBusinessTools\"}}"));
            var config = new JsonObject(
                    rig.curl("GET", "/api/sync/serverconfig", null, null).body());
            assertThat(config.getJsonObject("AssetLoader").getString("activeContextKey"))
                    .isEqualTo("myBusinessContext");
            var chat = rig.curl("POST", "/conversation", JSON, "{\"message\": \"Hello, I need help\"}");
            assertOk(chat);
            assertThat(rig.asked()).contains("Your custom context content here...");
            assertOk(rig.curl(
                    "POST",
                    "/conversation",
                    JSON,
                    new JsonObject()
                            .put("sessionId", new JsonObject(chat.body()).getString("sessionId"))
                            .put("message", "Tell me more")
                            .encode()));
            var outbound = rig.curl("POST", "/outboundCall", JSON, """
                    {
                        "properties": {
                          "phoneNumber": "+1234567890",
                          "callReference": "abc123",
                          "firstname": "Bob",
                          "lastname": "Jones"
                        }
                      }""");
            // The number of the README lacks a digit, which Twilio refuses too.
            assertThat(outbound.statusCode()).isEqualTo(400);
            assertOk(rig.curl("POST", "/outboundCall", JSON, """
                    {"properties": {"phoneNumber": "+12345678901", "callReference": "abc123"}}"""));
            call.hangUp();
            call.ended().await(10, SECONDS);
        }
    }

    @Test
    void aCallThatItPlacesHoldsAConversation() throws Exception {
        write("file");
        try (var rig = new ServerRig(assets, SCRIPT, null)) {
            BlockingQueue<PhoneCall> picked = new LinkedBlockingQueue<>();
            rig.server.twilio().orElseThrow().network().register("+12025550123", new Callee() {
                @Override
                public Reaction ring() {
                    return new Reaction.PicksUp(Duration.ofMillis(100), true);
                }

                @Override
                public void talk(PhoneCall line) {
                    line.onEvent(rig.events::add);
                    picked.add(line);
                }
            });
            assertOk(rig.curl("POST", "/outboundCall", JSON, """
                    {"properties":{"phoneNumber":"+12025550123","firstname":"Bob","contextKey":"escalationContext"},
                     "machineDetection":true}"""));
            var line = picked.poll(10, SECONDS);
            assertThat(line).isNotNull();
            rig.hear("today?");
            Objects.requireNonNull(line).say("Who is there?");
            rig.hear("I see.");
            assertThat(rig.asked())
                    .contains("Handle escalations.", "We called the person.", "firstname: Bob", "Who is there?")
                    .doesNotContain("contextKey");
            line.say("text me that");
            rig.hear("Sent.");
            rig.server.vertx().timer(1500).await(5, SECONDS);
            line.say("bye");
            rig.hear("Goodbye.");
            assertThat(line.ended().await(10, SECONDS).status()).isEqualTo("completed");
            assertThat(rig.asked()).contains("The call was answered by: machine_start.");
        }
    }

    private void aWholeCall(ServerRig rig) throws Exception {
        var call = rig.dial();
        rig.hear("today?");
        aWholeCallGoesOn(rig, call);
    }

    private static void aWholeCallGoesOn(ServerRig rig, PhoneCall call) throws Exception {
        assertOk(update(rig, call, "defaultContext", "defaultToolManifest"));
        call.say("Can you switch to Australian English?");
        var language = rig.frame("language");
        assertThat(language)
                .isEqualTo(new JsonObject(
                        "{\"type\":\"language\",\"ttsLanguage\":\"en-AU\",\"transcriptionLanguage\":\"en-AU\"}"));
        rig.hear("English now.");
        call.press("42#");
        rig.hear("You keyed 4 2");
        assertOk(update(rig, call, "escalationContext", null));
        call.say("I want a human");
        rig.hear("takes over.");
        assertThat(rig.asked()).contains("Handle escalations.", "The caller keyed 4 2 #");
        var ended = (PhoneEvent.SessionEnded) rig.await(PhoneEvent.SessionEnded.class::isInstance);
        assertThat(new JsonObject(String.valueOf(ended.handoffData())).getString("reasonCode"))
                .isEqualTo("live-agent-handoff");
        var dialled = (PhoneEvent.Dialled) rig.await(PhoneEvent.Dialled.class::isInstance);
        assertThat(dialled.to()).isEqualTo(ServerRig.HANDOFF_NUMBER);
        assertThat(call.ended().await(15, SECONDS).status()).isEqualTo("completed");
    }

    private static HttpResponse<String> update(ServerRig rig, PhoneCall call, String context, @Nullable String manifest)
            throws Exception {
        var body = new JsonObject().put("callSid", call.callSid()).put("contextKey", context);
        return post(
                rig, "/updateResponseService", (manifest == null ? body : body.put("manifestKey", manifest)).encode());
    }

    private static HttpResponse<String> post(ServerRig rig, String path, String json) throws Exception {
        return rig.curl("POST", path, JSON, json);
    }

    private static void assertOk(HttpResponse<String> answer) {
        assertThat(answer.body()).contains("\"success\":true");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private void write(String loader) throws Exception {
        Files.writeString(
                assets.resolve("serverConfig.json"),
                SERVER_CONFIG.replace("\"assetLoaderType\": \"file\"", "\"assetLoaderType\": \"" + loader + "\""));
        Files.writeString(assets.resolve("defaultContext.md"), "Be a helpful assistant.");
        Files.writeString(assets.resolve("escalationContext.md"), "Handle escalations.");
        Files.writeString(assets.resolve("defaultToolManifest.json"), MANIFEST);
    }
}
