package dev.callbus.tool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.asset.AgentContext;
import dev.callbus.asset.AssetBus;
import dev.callbus.asset.AssetProtocol;
import dev.callbus.asset.ToolManifest;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.ToolSettings;
import dev.callbus.llm.ToolCall;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools that ship, as a model calls them. */
class ToolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALLER = "+15550001111";
    private static final CallFacts FACTS = new CallFacts(
            "CA1", CALLER, "+15550002222", "inbound", List.of("en-US", "es-ES", "fr-FR", "fr-CA"), Map.of());

    private final Vertx vertx = Vertx.vertx();
    private final Queue<TwilioProtocol.SendMessage> sent = new ConcurrentLinkedQueue<>();
    private final ToolRegistry tools = ToolRegistry.standard(
            vertx, new ToolSettings(new ToolSettings.Sms(null, List.of("+4930"), 2, 3), Set.of("media.example.com")));
    private Future<TwilioProtocol.Sent> answer = Future.succeededFuture(new TwilioProtocol.Sent("SM1", "queued"));

    @BeforeEach
    void start() throws TimeoutException {
        ProtocolCodec.install(vertx, List.of(TwilioProtocol.class, AssetProtocol.class));
        TwilioBus.MESSAGE
                .serve(vertx, message -> {
                    sent.add(message);
                    return answer;
                })
                .await(5, SECONDS);
        AssetBus.FIND
                .serve(
                        vertx,
                        find -> "sales".equals(find.contextKey())
                                ? Future.succeededFuture(
                                        new AssetProtocol.Found(new AgentContext("sales", "Sell."), null))
                                : Future.failedFuture(new BusException(
                                        Failure.NOT_FOUND, "Context not found for key: " + find.contextKey())))
                .await(5, SECONDS);
    }

    @AfterEach
    void stop() throws TimeoutException {
        vertx.close().await(5, SECONDS);
    }

    @Test
    void c19_allToolsAreThereBeforeTheFirstCall() {
        assertThat(ToolRegistry.standard(vertx, new ToolSettings(new ToolSettings.Sms(null, List.of(), 1, 1), Set.of()))
                        .names())
                .containsExactlyInAnyOrder(
                        "end-call",
                        "live-agent-handoff",
                        "send-dtmf",
                        "send-sms",
                        "switch-language",
                        "play-media",
                        "set-listen-mode",
                        "set-silence-detection",
                        "change-context",
                        "lookup-customer",
                        "send-verification",
                        "check-verification",
                        "list-my-tickets",
                        "get-servicenow-ticket",
                        "create-servicenow-ticket",
                        "update-servicenow-ticket");
    }

    @Test
    void everyToolHasASchemaThatAModelCanRead() throws Exception {
        var specs = tools.specs(ToolManifest.of("all", List.copyOf(tools.names())), true);
        assertThat(specs).hasSize(16).allSatisfy(spec -> {
            assertThat(spec.name()).matches("[a-z-]+");
            assertThat(spec.description()).isNotBlank();
            var schema = JSON.readTree(spec.schema());
            assertThat(schema.path("type").asText()).isEqualTo("object");
            assertThat(schema.path("properties"))
                    .allMatch(each -> !each.path("description").asText().isBlank());
        });
    }

    @Test
    void aManifestMayDescribeAToolInItsOwnWords() {
        var manifest = new ToolManifest("mine", List.of(new ToolManifest.Entry("send-dtmf", "Press keys, please.")));
        assertThat(tools.specs(manifest, true).getFirst().description()).isEqualTo("Press keys, please.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"summary", "callSummary", "conversationSummary"})
    void c13_handoffKeepsItsSummaryUnderEveryNameThatWasUsed(String name) throws Exception {
        var outcome = run("live-agent-handoff", "{\"" + name + "\":\"Printer broken\"}");
        assertThat(outcome.actions())
                .containsExactly(new ToolOutcome.EndCall(
                        "live-agent-handoff",
                        "Printer broken",
                        Map.of("callSummary", "Printer broken", "callSid", "CA1")));
        assertThat(content(outcome).path("message").asText()).isEqualTo("Live agent handoff initiated");
    }

    @Test
    void s15_handoffTakesOnlyWhatItKnows() throws Exception {
        var outcome = run(
                "live-agent-handoff",
                "{\"callSummary\":\"x\",\"reasonCode\":\"end-call\",\"callSid\":\"CA-forged\",\"sentiment\":\"negative\","
                        + "\"ticketNumber\":\"INC1\",\"incident_sys_id\":\"abc\"}");
        assertThat(outcome.actions())
                .containsExactly(new ToolOutcome.EndCall(
                        "live-agent-handoff",
                        "x",
                        Map.of("callSummary", "x", "sentiment", "negative", "callSid", "CA1")));
    }

    @ParameterizedTest
    @CsvSource({"dtmfDigit,5", "digits,12#", "digit,*", "dtmfDigits,1w2"})
    void sendDtmfSendsWhatTwilioAccepts(String name, String keys) throws Exception {
        var outcome = run("send-dtmf", "{\"" + name + "\":\"" + keys + "\"}");
        assertThat(outcome.actions()).containsExactly(new ToolOutcome.SendDigits(keys));
        assertThat(content(outcome).path("digits").asText()).isEqualTo(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "1,2", "1W2", "p", "", "five"})
    void s16_sendDtmfRefusesEverythingElse(String keys) throws Exception {
        var outcome = run("send-dtmf", "{\"dtmfDigit\":\"" + keys + "\"}");
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.actions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"es-ES,es-ES,es-ES", "ES-es,en-us,es-ES", "es,en,es-ES"})
    void switchLanguageTakesConfiguredLanguages(String tts, String transcription, String expected) throws Exception {
        var outcome = run(
                "switch-language",
                "{\"ttsLanguage\":\"" + tts + "\",\"transcriptionLanguage\":\"" + transcription + "\"}");
        assertThat(outcome.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        ToolOutcome.SwitchLanguage.class,
                        language -> assertThat(language.tts()).isEqualTo(expected));
        assertThat(content(outcome).path("message").asText())
                .startsWith("Language switched successfully")
                .contains("Answer in " + expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ttsLanguage\":\"\"}",
                "{\"ttsLanguage\":\"de-DE\"}",
                "{\"ttsLanguage\":\"fr\"}",
                "{\"ttsLanguage\":\"es-ES\",\"transcriptionLanguage\":\"xx\"}"
            })
    void switchLanguageRefusesOthersAndNamesTheKnownOnes(String arguments) throws Exception {
        var outcome = run("switch-language", arguments);
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.actions()).isEmpty();
        assertThat(content(outcome).path("message").asText()).contains("en-US, es-ES, fr-FR, fr-CA");
    }

    @Test
    void playMediaPlaysFromAllowedHosts() throws Exception {
        var outcome = run("play-media", "{\"source\":\"https://Media.example.com/a.mp3\",\"loop\":2}");
        assertThat(outcome.actions())
                .containsExactly(new ToolOutcome.PlayMedia("https://Media.example.com/a.mp3", 2, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source\":\"\"}",
                "{\"source\":\"http://media.example.com/a.mp3\"}",
                "{\"source\":\"https://evil.example.com/a.mp3\"}",
                "{\"source\":\"https://media.example.com@evil.example.com/\"}",
                "{\"source\":\"https://media.example.com.evil.com/\"}",
                "{\"source\":\"file:///etc/passwd\"}",
                "{\"source\":\"not a url\"}",
                "{\"source\":\"https://media.example.com/a.mp3\",\"loop\":0}",
                "{\"source\":\"https://media.example.com/a.mp3\",\"loop\":1000}"
            })
    void s16_playMediaRefusesEverythingElse(String arguments) throws Exception {
        assertThat(run("play-media", arguments).actions()).isEmpty();
    }

    @Test
    void theTwoSwitchesSwitch() throws Exception {
        assertThat(run("set-listen-mode", "{\"enabled\":true}").actions())
                .containsExactly(new ToolOutcome.ListenMode(true));
        var silence = run("set-silence-detection", "{\"enabled\":false}");
        assertThat(silence.actions()).containsExactly(new ToolOutcome.SilenceDetection(false));
        assertThat(content(silence).path("silenceDetectionEnabled").asBoolean(true))
                .isFalse();
        assertThat(run("set-silence-detection", "{\"enabled\":\"maybe\"}").success())
                .isFalse();
        assertThat(run("set-listen-mode", "{}").success()).isFalse();
    }

    @Test
    void c14_changeContextFindsTheContext() throws Exception {
        var outcome = run("change-context", "{\"newContext\":\"sales\",\"handoffSummary\":\"Wants to buy.\"}");
        assertThat(outcome.actions())
                .containsExactly(new ToolOutcome.ChangeContext(new AgentContext("sales", "Sell."), "Wants to buy."));
        var unknown = run("change-context", "{\"newContext\":\"nowhere\",\"handoffSummary\":\"x\"}");
        assertThat(content(unknown).path("message").asText())
                .isEqualTo("Context switch failed: Context not found for key: nowhere");
        assertThat(content(run("change-context", "{\"newContext\":\"sales\",\"handoffSummary\":\" \"}"))
                        .path("message")
                        .asText())
                .isEqualTo("handoffSummary parameter is required");
    }

    @Test
    void sendSmsGoesToThePersonOnTheLine() throws Exception {
        var outcome = run("send-sms", "{\"message\":\"Your ticket is INC1.\"}");
        assertThat(outcome.success()).isTrue();
        assertThat(sent)
                .containsExactly(new TwilioProtocol.SendMessage(CALLER, "+15550002222", "Your ticket is INC1."));
        assertThat(content(outcome).path("recipient").asText()).isEqualTo(CALLER);
    }

    @Test
    void sendSmsStaysOnTheChannelOfThePerson() throws Exception {
        var person =
                new CallFacts("CA2", "whatsapp:" + CALLER, "whatsapp:+15550002222", "inbound", List.of(), Map.of());
        assertThat(run("send-sms", "{\"message\":\"Hi\"}", person).success()).isTrue();
        assertThat(sent)
                .containsExactly(new TwilioProtocol.SendMessage("whatsapp:" + CALLER, "whatsapp:+15550002222", "Hi"));
    }

    @Test
    void s16_sendSmsGoesNowhereElseUnlessAllowed() throws Exception {
        assertThat(run("send-sms", "{\"to\":\"+15559999999\",\"message\":\"Hi\"}")
                        .success())
                .isFalse();
        assertThat(run("send-sms", "{\"to\":\"+1 (555) 000-1111\",\"message\":\"Hi\"}")
                        .success())
                .isTrue();
        assertThat(run("send-sms", "{\"to\":\"+4930123456\",\"message\":\"Hi\"}")
                        .success())
                .isTrue();
        assertThat(sent).extracting(TwilioProtocol.SendMessage::to).containsExactly(CALLER, "+4930123456");
    }

    @Test
    void s16_sendSmsHasALimitPerCallAndPerNumber() throws Exception {
        for (int call = 0; call < 3; call++) {
            for (int i = 0; i < 3; i++) {
                run("send-sms", "{\"message\":\"Hi\"}", facts("CA" + call));
            }
        }
        assertThat(sent).hasSize(3);
        assertThat(content(run("send-sms", "{\"message\":\"Hi\"}", facts("CA9")))
                        .path("message")
                        .asText())
                .contains("today");
    }

    @Test
    void whetherAMessageLeftMayBeUnknownAndThenItIsNotSentAgain() throws Exception {
        answer = Future.failedFuture(new BusException(Failure.BAD_GATEWAY, "no answer"));
        assertThat(content(run("send-sms", "{\"message\":\"Hi\"}"))
                        .path("message")
                        .asText())
                .contains("not known", "Do not send it again");
        answer = Future.failedFuture(new BusException(Failure.BAD_REQUEST, "21610: unsubscribed"));
        assertThat(content(run("send-sms", "{\"message\":\"Hi\"}"))
                        .path("message")
                        .asText())
                .isEqualTo("SMS send failed: 21610: unsubscribed");
    }

    private static CallFacts facts(String callSid) {
        return new CallFacts(callSid, CALLER, FACTS.to(), "inbound", FACTS.languages(), Map.of());
    }

    @Test
    void handoffIsRefusedWhereNobodyTakesOver() throws Exception {
        var alone = new ToolSettings(new ToolSettings.Sms(null, List.of(), 1, 1), Set.of()).whereStaffed(false);
        var outcome = ToolRegistry.standard(vertx, alone)
                .run(
                        new ToolCall("1", "live-agent-handoff", "{\"summary\":\"Printer broken\"}", null),
                        List.of("live-agent-handoff"),
                        FACTS)
                .await(5, SECONDS);
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.actions()).isEmpty();
        assertThat(content(outcome).path("message").asText()).contains("nobody can take over");
    }

    private ToolOutcome run(String tool, String arguments) throws TimeoutException {
        return run(tool, arguments, FACTS);
    }

    private ToolOutcome run(String tool, String arguments, CallFacts facts) throws TimeoutException {
        return tools.run(new ToolCall("1", tool, arguments, null), List.copyOf(tools.names()), facts)
                .await(5, SECONDS);
    }

    private static JsonNode content(ToolOutcome outcome) throws Exception {
        return JSON.readTree(outcome.content());
    }
}
