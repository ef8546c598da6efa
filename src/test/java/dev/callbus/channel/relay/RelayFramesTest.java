package dev.callbus.channel.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.call.CallProtocol;
import dev.callbus.call.CallProtocol.Dtmf;
import dev.callbus.call.CallProtocol.End;
import dev.callbus.call.CallProtocol.Fault;
import dev.callbus.call.CallProtocol.Info;
import dev.callbus.call.CallProtocol.Interrupt;
import dev.callbus.call.CallProtocol.Language;
import dev.callbus.call.CallProtocol.Play;
import dev.callbus.call.CallProtocol.Prompt;
import dev.callbus.call.CallProtocol.SendDigits;
import dev.callbus.call.CallProtocol.Setup;
import dev.callbus.call.CallProtocol.Text;
import dev.callbus.call.Handoff;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayFramesTest {

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(new Text("Hi \"you\"\n", false), """
                        {"type":"text","token":"Hi \\"you\\"\\n","last":false}"""),
                Arguments.of(new Text("", true), """
                        {"type":"text","token":"","last":true}"""),
                Arguments.of(new Play("https://a.example/x.mp3", 0, null, null), """
                        {"type":"play","source":"https://a.example/x.mp3","loop":0}"""),
                Arguments.of(new Play("https://a.example/x.mp3", 2, true, false), """
                        {"type":"play","source":"https://a.example/x.mp3","loop":2,"preemptible":true,"interruptible":false}"""),
                Arguments.of(new SendDigits("1w#"), """
                        {"type":"sendDigits","digits":"1w#"}"""),
                Arguments.of(new Language("de-DE", null), """
                        {"type":"language","ttsLanguage":"de-DE"}"""),
                Arguments.of(new Language(null, "de-DE"), """
                        {"type":"language","transcriptionLanguage":"de-DE"}"""),
                Arguments.of(new Language("en-US", "de-DE"), """
                        {"type":"language","ttsLanguage":"en-US","transcriptionLanguage":"de-DE"}"""),
                Arguments.of(
                        new End(new Handoff("end-call", "Ending \"it\"", Map.of("callSummary", "All well"))), """
                        {"type":"end","handoffData":"{\\"reasonCode\\":\\"end-call\\",\\"reason\\":\\"Ending \\\\\\"it\\\\\\"\\",\\"callSummary\\":\\"All well\\"}"}"""));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void writesWhatTwilioDocuments(CallProtocol.ToChannel message, String json) {
        assertThat(RelayFrames.encode(message)).isEqualTo(json);
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                Arguments.of("""
                        {"type":"setup","sessionId":"VX1","accountSid":"AC1","parentCallSid":"","callSid":"CA1","from":"+1",
                         "to":"+2","forwardedFrom":"","callType":"PSTN","callerName":"","direction":"inbound",
                         "callStatus":"RINGING","customParameters":{"tenant":"t1"}}""", new Setup("CA1", "VX1", "+1", "+2", "inbound", "RINGING", Map.of("tenant", "t1"))),
                Arguments.of("{\"type\":\"setup\"}", new Setup("", "", "", "", "", "", Map.of())),
                Arguments.of(
                        "{\"type\":\"setup\",\"callSid\":\"CA1\",\"customParameters\":{\"n\":5,\"b\":true,\"o\":{},\"x\":null}}",
                        new Setup("CA1", "", "", "", "", "", Map.of("n", "5", "b", "true"))),
                Arguments.of(
                        "{\"type\":\"prompt\",\"voicePrompt\":\"what is\",\"lang\":\"en-US\",\"last\":false}",
                        new Prompt("what is", "en-US", false)),
                Arguments.of("{\"type\":\"prompt\",\"lang\":\"en-US\",\"last\":true}", new Prompt("", "en-US", true)),
                Arguments.of("{\"voicePrompt\":\"hi\",\"type\":\"prompt\",\"new\":[1]}", new Prompt("hi", "", true)),
                Arguments.of(
                        "{\"type\":\"interrupt\",\"utteranceUntilInterrupt\":\"Your\",\"durationUntilInterruptMs\":460}",
                        new Interrupt("Your", 460)),
                Arguments.of(
                        "{\"type\":\"interrupt\",\"utteranceUntilInterrupt\":\"Your\",\"durationUntilInterruptMs\":\"460\"}",
                        new Interrupt("Your", 460)),
                Arguments.of("{\"type\":\"interrupt\",\"durationUntilInterruptMs\":460.7}", new Interrupt("", 460)),
                Arguments.of("{\"type\":\"interrupt\",\"durationUntilInterruptMs\":-3}", new Interrupt("", 0)),
                Arguments.of("{\"type\":\"interrupt\",\"durationUntilInterruptMs\":\"soon\"}", new Interrupt("", 0)),
                Arguments.of(
                        "{\"type\":\"interrupt\",\"durationUntilInterruptMs\":1e999}",
                        new Interrupt("", Long.MAX_VALUE)),
                Arguments.of("{\"type\":\"interrupt\"}", new Interrupt("", 0)),
                Arguments.of("{\"type\":\"dtmf\",\"digit\":\"#\"}", new Dtmf("#")),
                Arguments.of(
                        "{\"type\":\"info\",\"name\":\"tokensPlayed\",\"value\":\"Hello.\"}",
                        new Info("tokensPlayed", "Hello.")),
                Arguments.of(
                        "{\"type\":\"info\",\"name\":\"roundTripDelayMs\",\"value\":120}",
                        new Info("roundTripDelayMs", "120")),
                Arguments.of("{\"type\":\"info\",\"name\":\"x\"}", new Info("x", "")),
                Arguments.of(
                        "{\"type\":\"error\",\"description\":\"Invalid message received, code: 64107\"}",
                        new Fault("Invalid message received, code: 64107")),
                Arguments.of("{\"type\":\"error\"}", new Fault("")));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void readsWhatTwilioSends(String json, CallProtocol.FromChannel message) {
        assertThat(RelayFrames.decode(json)).isEqualTo(new RelayFrame.Message(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nonsense",
                "{",
                "{\"type\":\"prompt\"} x",
                "{\"type\":\"prompt\"}{}",
                "[]",
                "null",
                "5",
                "\"prompt\"",
                "{}",
                "{\"type\":null}",
                "{\"type\":5}",
                "{\"type\":\"\"}",
                "{\"type\":\"prompt\",\"voicePrompt\":5}",
                "{\"type\":\"prompt\",\"voicePrompt\":{\"a\":1}}",
                "{\"type\":\"prompt\",\"voicePrompt\":\"a\",\"last\":\"true\"}",
                "{\"type\":\"dtmf\"}",
                "{\"type\":\"dtmf\",\"digit\":5}",
                "{\"type\":\"dtmf\",\"digit\":\"12\"}",
                "{\"type\":\"dtmf\",\"digit\":\"x\"}",
                "{\"type\":\"info\",\"value\":\"on\"}",
                "{\"type\":\"info\",\"name\":\"a\",\"value\":{}}",
                "{\"type\":\"setup\",\"callSid\":7}",
                "{\"type\":\"setup\",\"customParameters\":[]}",
                "{\"type\":\"error\",\"description\":[]}",
            })
    void recognisesWhatIsNoFrame(String text) {
        assertThat(RelayFrames.decode(text)).isInstanceOf(RelayFrame.Malformed.class);
    }

    @Test
    void s12_saysWhatIsWrongWithoutTheContents() {
        for (var text :
                new String[] {"canary", "{\"type\":\"prompt\",\"voicePrompt\":{\"canary\":1}}", "[\"canary\"]"}) {
            assertThat(RelayFrames.decode(text).toString()).doesNotContain("canary");
        }
    }

    @Test
    void refusesDeepNestingAndEndlessNumbers() {
        var deep = "{\"type\":\"prompt\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(RelayFrames.decode(deep)).isInstanceOf(RelayFrame.Malformed.class);
        var endless = "{\"type\":\"interrupt\",\"durationUntilInterruptMs\":" + "9".repeat(60_000) + "}";
        assertThat(RelayFrames.decode(endless)).isInstanceOf(RelayFrame.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"foo\"}", "{\"type\":\"configUpdated\",\"voicePrompt\":5}"})
    void toleratesUnknownTypes(String text) {
        assertThat(RelayFrames.decode(text)).isEqualTo(new RelayFrame.Unknown());
    }

    @Property
    void writesEveryTextSoThatAParserReadsItBack(@ForAll String token, @ForAll boolean last) {
        assertThat(new JsonObject(RelayFrames.encode(new Text(token, last))).getMap())
                .isEqualTo(Map.of("type", "text", "token", token, "last", last));
    }

    @Property
    void writesEveryHandoffAsAStringThatAParserReadsBack(
            @ForAll String code, @ForAll String reason, @ForAll Map<String, String> details) {
        var handoff = new Handoff(code, reason, details);
        var frame = new JsonObject(RelayFrames.encode(new End(handoff)));
        assertThat(new JsonObject(frame.getString("handoffData")).getMap()).isEqualTo(handoff.members());
    }

    @Property
    void readsEveryPromptAndInterrupt(@ForAll String words, @ForAll boolean last, @ForAll long millis) {
        var prompt = new JsonObject()
                .put("type", "prompt")
                .put("voicePrompt", words)
                .put("lang", "en-US")
                .put("last", last);
        assertThat(RelayFrames.decode(prompt.encode()))
                .isEqualTo(new RelayFrame.Message(new Prompt(words, "en-US", last)));
        var interrupt = new JsonObject()
                .put("type", "interrupt")
                .put("utteranceUntilInterrupt", words)
                .put("durationUntilInterruptMs", millis);
        assertThat(RelayFrames.decode(interrupt.encode()))
                .isEqualTo(new RelayFrame.Message(new Interrupt(words, Math.max(0, millis))));
    }

    @Property
    void neverFails(@ForAll String text) {
        assertThat(RelayFrames.decode(text)).isNotNull();
    }
}
