package dev.callbus.channel.relay;

import static dev.callbus.channel.relay.TestTwilio.attributes;
import static dev.callbus.channel.relay.TestTwilio.callSid;
import static dev.callbus.channel.relay.TestTwilio.children;
import static dev.callbus.channel.relay.TestTwilio.only;
import static dev.callbus.channel.relay.TestTwilio.parse;
import static dev.callbus.channel.relay.TestTwilio.verbs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.asset.RelaySettings;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceWebhookTest {
    private static final String CALL = callSid(1);
    private static final String PATH = "/connectConversationRelay";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final RelayRig rig = new RelayRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectConversationRelay", "/voice", "/api/incoming-call"})
    void c20_connectsTheCallThatCallSidNames(String path) {
        var answer = rig.post(path, Map.of("CallSid", CALL, "From", "+15550001111", "SomethingNew", "ünïcode & more"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("content-type")).isEqualTo("text/xml");
        assertThat(verbs(answer.body())).containsExactly("Connect");
        var connect = only(parse(answer.body()), "Connect");
        assertThat(attributes(connect)).isEqualTo(Map.of("action", "https://voice.example.com/connectAction"));
        var url = only(connect, "ConversationRelay").getAttribute("url");
        assertThat(url).matches("wss://voice\\.example\\.com/conversation-relay/[A-Za-z0-9_-]{43}");
        var token = url.substring(url.lastIndexOf('/') + 1);
        assertThat(RelayRig.done(rig.tickets.find(token)))
                .hasValueSatisfying(ticket -> assertThat(ticket.callSid()).isEqualTo(CALL));
    }

    @Test
    void takesAQueryFromANumberThatIsConfiguredForGet() {
        var target = "/voice?CallSid=" + CALL + "&From=%2B15550001111";
        var headers = Map.of("X-Twilio-Signature", TestTwilio.sign(TestTwilio.PUBLIC_URL + target));
        var answer = rig.send(HttpMethod.GET, target, headers, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(verbs(answer.body())).containsExactly("Connect");
        assertThat(rig.send(HttpMethod.GET, target + "0", headers, "").status()).isEqualTo(403);
    }

    @Test
    void writesEveryAttributeByItsDocumentedName() {
        var all = new HashMap<String, String>();
        for (var name : List.of(
                "welcomeGreeting welcomeGreetingInterruptible language ttsLanguage transcriptionLanguage ttsProvider voice"
                        .split(" "))) {
            all.put(name, "value of " + name);
        }
        for (var name : List.of(("transcriptionProvider speechModel eotThreshold partialPrompts speechTimeout"
                        + " deepgramSmartFormat interruptible interruptSensitivity ignoreBackchannel dtmfDetection"
                        + " reportInputDuringAgentSpeech preemptible hints events debug elevenlabsTextNormalization"
                        + " profanityFilter backgroundNoiseReduction intelligenceService conversationConfiguration"
                        + " conversationId echoPromptFiltering applicationReconnect")
                .split(" "))) {
            all.put(name, "any <\"&'> ü 日本 of " + name);
        }
        rig.profile = TestTwilio.profile(new RelaySettings(all, List.of(), Map.of()));
        var relay = only(only(parse(rig.ring(CALL)), "Connect"), "ConversationRelay");
        var written = attributes(relay);
        assertThat(written.remove("url")).startsWith("wss://voice.example.com/");
        assertThat(written).isEqualTo(all);
        assertThat(children(relay)).isEmpty();
    }

    @Test
    void doesNotLetAnAssetChangeTheUrl() {
        rig.profile = TestTwilio.profile(new RelaySettings(Map.of("url", "wss://evil.example"), List.of(), Map.of()));
        assertThat(rig.ring(CALL)).doesNotContain("evil");
    }

    @Test
    void writesLanguagesAndParametersAsChildren() {
        var german = Map.of(
                "code", "de-DE",
                "ttsProvider", "Google",
                "voice", "de-DE-Journey-F",
                "transcriptionProvider", "Deepgram",
                "speechModel", "nova-3-general");
        var many = Map.of("code", "multi");
        rig.profile = TestTwilio.profile(
                new RelaySettings(Map.of(), List.of(german, many), Map.of("tenant", "a<b", "callReference", "")));
        var relay = only(only(parse(rig.ring(CALL)), "Connect"), "ConversationRelay");
        var languages = children(relay).stream()
                .filter(child -> child.getNodeName().equals("Language"))
                .map(TestTwilio::attributes)
                .toList();
        assertThat(languages).containsExactly(german, many);
        var parameters = children(relay).stream()
                .filter(child -> child.getNodeName().equals("Parameter"))
                .map(TestTwilio::attributes)
                .toList();
        assertThat(parameters)
                .containsExactlyInAnyOrder(
                        Map.of("name", "tenant", "value", "a<b"), Map.of("name", "callReference", "value", ""));
    }

    @Test
    void dropsCharactersThatXmlCannotHold() {
        rig.profile = TestTwilio.profile(
                new RelaySettings(Map.of("welcomeGreeting", "Hi\u0000 \ud800there\uffff 😀"), List.of(), Map.of()));
        var relay = only(only(parse(rig.ring(CALL)), "Connect"), "ConversationRelay");
        assertThat(relay.getAttribute("welcomeGreeting")).isEqualTo("Hi there 😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectConversationRelay", "/voice", "/connectAction", "/api/action", "/handoff"})
    void s2_d9_9_refusesAWebhookWithoutSignature(String path) {
        var body = "CallSid=" + CALL;
        refused(rig.send(HttpMethod.POST, path, Map.of("content-type", FORM), body), 403);
        var foreign =
                Map.of("content-type", FORM, "X-Twilio-Signature", TestTwilio.sign("https://other.example" + path));
        refused(rig.send(HttpMethod.POST, path, foreign, body), 403);
        assertThat(rig.choices).hasValue(0);
        assertThat(rig.tickets.count()).isZero();
    }

    @Test
    void s2_doesNotBelieveWhatTheRequestSaysOfItsHost() {
        var signed = TestTwilio.sign("https://evil.example" + PATH + "CallSid" + CALL);
        var headers = Map.of(
                "content-type", FORM,
                "X-Twilio-Signature", signed,
                "X-Forwarded-Host", "evil.example",
                "X-Forwarded-Proto", "https",
                "Host", "evil.example");
        refused(rig.send(HttpMethod.POST, PATH, headers, "CallSid=" + CALL), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data; boundary=x", "text/plain", "application/xml"})
    void refusesWhatIsNoForm(String type) {
        refused(rig.send(HttpMethod.POST, PATH, Map.of("content-type", type), "CallSid=" + CALL), 415);
    }

    @Test
    void refusesABodyWithoutAType() {
        refused(rig.send(HttpMethod.POST, PATH, Map.of(), "CallSid=" + CALL), 415);
    }

    @Test
    void takesAFormWithACharset() {
        var form = Map.of("CallSid", CALL);
        var headers = Map.of(
                "content-type",
                "Application/X-WWW-Form-URLEncoded; charset=UTF-8",
                "X-Twilio-Signature",
                TestTwilio.signForm(PATH, form));
        assertThat(rig.send(HttpMethod.POST, PATH, headers, TestTwilio.encode(form))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "CA0000000000000000000000000000000",
        "CA000000000000000000000000000000011",
        "CB00000000000000000000000000000001",
        "CA0000000000000000000000000000000g",
        "''",
        "null",
    })
    void refusesACallSidThatIsNone(String callSid) {
        refused(rig.post(PATH, Map.of("CallSid", callSid)), 400);
        refused(rig.post(PATH, Map.of("callSid", CALL)), 400);
    }

    @Test
    void refusesTwoCallSids() {
        var signed = TestTwilio.sign(TestTwilio.PUBLIC_URL + PATH + "CallSid" + CALL + "CallSid" + callSid(2));
        var headers = Map.of("content-type", FORM, "X-Twilio-Signature", signed);
        refused(rig.send(HttpMethod.POST, PATH, headers, "CallSid=" + callSid(2) + "&CallSid=" + CALL), 400);
    }

    @Test
    void takesRepeatedParameters() {
        var signed = TestTwilio.sign(TestTwilio.PUBLIC_URL + PATH + "CallSid" + CALL + "Xa" + "Xb");
        var headers = Map.of("content-type", FORM, "X-Twilio-Signature", signed);
        var answer = rig.send(HttpMethod.POST, PATH, headers, "X=b&CallSid=" + CALL + "&X=a&X=b");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void refusesMalformedParameters() {
        refused(rig.send(HttpMethod.POST, PATH, Map.of("content-type", FORM), "CallSid=%zz"), 400);
    }

    @Test
    void refusesATooLargeBody() {
        refused(rig.post(PATH, Map.of("CallSid", CALL, "X", "y".repeat(65 * 1024))), 413);
        refused(rig.post(PATH, Map.of("CallSid", CALL, "X", "y".repeat(5_000_000))), 413);
    }

    @Test
    void answersUnknownPathsAndMethodsShortly() {
        refused(rig.send(HttpMethod.GET, "/nothing", Map.of(), ""), 404);
        var wrong = rig.send(HttpMethod.PUT, PATH, Map.of(), "");
        refused(wrong, 405);
        assertThat(wrong.headers().getOrDefault("allow", "").split(", ?")).containsExactlyInAnyOrder("GET", "POST");
        var action = rig.send(HttpMethod.GET, "/connectAction", Map.of(), "");
        refused(action, 405);
        assertThat(action.headers().get("allow")).isEqualTo("POST");
        refused(rig.send(HttpMethod.GET, "/conversation-relay/x", Map.of(), ""), 426);
    }

    @Test
    void saysWhoItIs() {
        var answer = rig.send(HttpMethod.GET, "/", Map.of(), "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Callbus");
        assertThat(answer.headers()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void speaksToACallerWhomNoAgentCanTake() {
        rig.choice = call -> Future.failedFuture(new BusException(Failure.BUSY, "draining"));
        var answer = rig.post(PATH, Map.of("CallSid", CALL));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(verbs(answer.body())).containsExactly("Say", "Hangup");
        assertThat(only(parse(answer.body()), "Say").getTextContent()).isEqualTo(Announcements.ENGLISH.busy());
        assertThat(rig.tickets.count()).isZero();
    }

    @Test
    void tellsWhoIsCallingToWhoeverChoosesTheAgent() {
        var asked = Promise.<IncomingCall>promise();
        rig.choice = call -> {
            asked.complete(call);
            return Future.succeededFuture(rig.profile);
        };
        rig.post(PATH, Map.of("CallSid", CALL, "From", "+1", "To", "+2", "Direction", "inbound"));
        assertThat(RelayRig.done(asked.future())).isEqualTo(new IncomingCall(CALL, "+1", "+2", "inbound", Map.of()));
    }

    @Test
    void aReplayedWebhookHasNoSecondEffect() {
        var first = rig.ring(CALL);
        assertThat(rig.ring(CALL)).isEqualTo(first);
        var retried = rig.post("/voice", Map.of("CallSid", CALL), Map.of("I-Twilio-Idempotency-Token", "t"));
        assertThat(retried.body()).isEqualTo(first);
        var phone = rig.phone(TestTwilio.socketPath(first));
        phone.send(RelayRig.setup(CALL));
        assertThat(rig.ring(CALL)).isEqualTo(first);
        assertThat(rig.choices).hasValue(1);
        assertThat(rig.tickets.count()).isEqualTo(1);
    }

    @Test
    void aWebhookThatIsReplayedAfterTheCallIsHungUpOn() {
        var phone = rig.call(CALL);
        RelayRig.done(phone.socket.close());
        rig.next();
        assertThat(verbs(rig.ring(CALL))).containsExactly("Hangup");
        rig.advance(Duration.ofMinutes(9));
        assertThat(verbs(rig.ring(CALL))).containsExactly("Hangup");
        assertThat(rig.choices).hasValue(1);
    }

    private static void refused(RelayRig.Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
        assertThat(new JsonObject(answer.body()).fieldNames()).containsExactly("error");
        assertThat(answer.body()).hasSizeLessThan(80).doesNotContain("\tat ", "vertx");
    }
}
