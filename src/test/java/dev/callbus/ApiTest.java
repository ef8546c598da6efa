package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.channel.api.Api;
import dev.callbus.channel.api.AssetApi;
import dev.callbus.channel.api.CallApi;
import dev.callbus.channel.chat.ChatApi;
import dev.callbus.config.ApiSettings;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls and assets over HTTP, and what is refused. Names that begin with a letter and a number cite a defect of an earlier system. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
    private static final TwilioProtocol.Placed PLACED =
            new TwilioProtocol.Placed("CA00000000000000000000000000000009", "queued");

    private ApiRig rig;

    @BeforeAll
    void start() throws Exception {
        rig = new ApiRig();
    }

    @AfterEach
    void calm() {
        rig.placed.clear();
        rig.placing = Future.succeededFuture(PLACED);
    }

    @AfterAll
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void anOutgoingCallIsPlacedAndItsPropertiesReachTheConversation() throws Exception {
        var answer = rig.post("/outboundCall", """
                {"properties":{"phoneNumber":"+1 202 555 0123","callReference":"abc123","firstname":"Bob","contextKey":"sales",
                "order":{"id":7},"vip":true}}""");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).isEqualTo(new JsonObject("""
                        {"success":true,"callSid":"CA00000000000000000000000000000009",
                        "response":{"sid":"CA00000000000000000000000000000009","status":"queued","to":"+12025550123",
                        "from":"+15550002222"}}"""));
        var order = Objects.requireNonNull(rig.placed.poll());
        assertThat(order.to()).isEqualTo("+12025550123");
        assertThat(order.statusCallback()).isEqualTo("https://voice.example.com/twilioStatusCallback");
        var path = order.url().substring("https://voice.example.com".length());
        var twiml = rig.send(rig.signed(
                path,
                Map.of(
                        "CallSid",
                        TestCall.newCallSid(),
                        "From",
                        "+15550002222",
                        "To",
                        "+12025550123",
                        "Direction",
                        "outbound-api")));
        assertThat(twiml.statusCode()).isEqualTo(200);
        assertThat(twiml.body())
                .contains("<Parameter name=\"callReference\" value=\"abc123\"/>")
                .contains("<Parameter name=\"firstname\" value=\"Bob\"/>")
                .contains("<Parameter name=\"order\" value=\"{&quot;id&quot;:7}\"/>")
                .contains("<Parameter name=\"vip\" value=\"true\"/>")
                .doesNotContain("phoneNumber");
        assertThat(rig.choices)
                .anyMatch(choice -> choice.number().equals("+15550002222")
                        && "sales".equals(choice.parameters().get("contextKey")));
    }

    @Test
    void propertiesThatWouldNotFitIntoInlineTwimlAreFine() throws Exception {
        var answer = rig.post(
                "/outboundCall",
                "{\"properties\":{\"phoneNumber\":\"+12025550124\",\"note\":\"" + "x".repeat(4000) + "\"}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Objects.requireNonNull(rig.placed.poll()).url()).hasSizeLessThan(200);
    }

    @Test
    void anOrderWhoseTokenNobodyKnowsIsHungUp() throws Exception {
        var twiml = rig.send(rig.signed("/outboundCall/unknown", Map.of("CallSid", TestCall.newCallSid())));
        assertThat(twiml.body()).contains("<Hangup/>");
    }

    @Test
    void theSameIdempotencyKeyPlacesOneCall() throws Exception {
        for (int i = 0; i < 3; i++) {
            var answer = rig.send(rig.keyed("/outboundCall")
                    .header("Idempotency-Key", "once")
                    .POST(BodyPublishers.ofString("{\"properties\":{\"phoneNumber\":\"+12025550125\"}}")));
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        assertThat(rig.placed).hasSize(1);
    }

    @Test
    void whatWasNotPlacedMayBeTriedAgainUnderItsIdempotencyKeyAndWhatMayHaveBeenMayNot() throws Exception {
        for (var failure : List.of(Failure.UNAVAILABLE, Failure.BAD_GATEWAY)) {
            var request = rig.keyed("/outboundCall")
                    .header("Idempotency-Key", "again-after-" + failure)
                    .POST(BodyPublishers.ofString(
                            "{\"properties\":{\"phoneNumber\":\"+12025550" + failure.code() + "\"}}"));
            rig.placing = Future.failedFuture(new BusException(failure, "no"));
            assertThat(rig.send(request).statusCode()).isEqualTo(failure.code());
            rig.placing = Future.succeededFuture(PLACED);
            rig.send(request);
            assertThat(rig.placed).hasSize(failure == Failure.UNAVAILABLE ? 2 : 1);
            rig.placed.clear();
        }
    }

    @Test
    void anIdempotencyKeyIsGoodForOneRequestOnly() throws Exception {
        for (var number : List.of("+12025550171", "+12025550172")) {
            var answer = rig.send(rig.keyed("/outboundCall")
                    .header("Idempotency-Key", "two")
                    .POST(BodyPublishers.ofString("{\"properties\":{\"phoneNumber\":\"" + number + "\"}}")));
            assertThat(answer.statusCode()).isEqualTo(number.endsWith("1") ? 200 : 422);
        }
        assertThat(rig.placed).hasSize(1);
    }

    @Test
    void s16_oneNumberIsCalledOnlySoOften() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(rig.post("/outboundCall", "{\"properties\":{\"phoneNumber\":\"+12025550126\"}}")
                            .statusCode())
                    .isEqualTo(200);
        }
        var refused = rig.post("/outboundCall", "{\"properties\":{\"phoneNumber\":\"+12025550126\"}}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).getString("field")).isEqualTo("properties.phoneNumber");
        assertThat(rig.placed).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"BAD_REQUEST,400", "BUSY,429", "UNAVAILABLE,503", "BAD_GATEWAY,502", "TIMEOUT,504", "INTERNAL,500"})
    void whatTwilioRefusesIsSaidSo(Failure failure, int status) throws Exception {
        rig.placing = Future.failedFuture(new BusException(failure, "Twilio said so"));
        var answer =
                rig.post("/outboundCall", "{\"properties\":{\"phoneNumber\":\"+1202555" + (1000 + status) + "\"}}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).getString("error"))
                .isEqualTo(failure == Failure.INTERNAL ? "internal error" : "Twilio said so");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/outboundCall | {} | 400 | properties | properties is missing",
                "/outboundCall | {\"properties\":[]} | 400 | properties | must be an object",
                "/outboundCall | {\"properties\":{}} | 400 | properties.phoneNumber | Phone number is required",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"\"}} | 400 | properties.phoneNumber | Phone number is required",
                "/outboundCall | {\"properties\":{\"phoneNumber\":12025550123}} | 400 | properties.phoneNumber | must be a text",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"2025550123\"}} | 400 | properties.phoneNumber | must be E.164",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"+1234567890\"}} | 400 | properties.phoneNumber | too short",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"+9991234567890\"}} | 400 | properties.phoneNumber | country code",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"+12025550123999\"}} | 400 | properties.phoneNumber | too long",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"+19002345678\"}} | 403 | properties.phoneNumber | does not call such",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"+442079460000\"}} | 403 | properties.phoneNumber | does not call such",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"+12025550123\"},\"machineDetection\":\"yes\"} | 400 | machineDetection | true or false",
                "/outboundCall | {\"properties\":{\"phoneNumber\":\"+12025550123\",\"contextKey\":\"nope\"}} | 400 | contextKey | Context not found for key: nope",
                "/conversation | {\"message\":\"Hi\",\"manifestKey\":\"nope\"} | 400 | manifestKey | Tool manifest not found for key: nope",
                "/updateResponseService | {} | 400 | callSid | callSid and at least one of contextKey or manifestKey are required",
                "/updateResponseService | {\"callSid\":\"CA1\"} | 400 | contextKey | callSid and at least one of contextKey or manifestKey are required",
                "/updateResponseService | {\"contextKey\":\"sales\"} | 400 | callSid | are required",
                "/updateResponseService | {\"callSid\":7,\"contextKey\":\"sales\"} | 400 | callSid | callSid must be a text",
                "/updateResponseService | {\"callSid\":\"CA1\",\"contextKey\":\"sales\"} | 404 | callSid | Session not found for call SID: CA1",
                "/updateResponseService | {\"callSid\":\"CA1\",\"contextKey\":\"../../x\"} | 400 | contextKey | Context not found for key: ../../x",
                "/updateResponseService | {\"callSid\":\"CA1\",\"manifestKey\":\"nope\"} | 400 | manifestKey | Tool manifest not found for key: nope",
                "/conversation | {} | 400 | message | Message is required",
                "/conversation | {\"message\":\"  \"} | 400 | message | Message is required",
                "/conversation | {\"message\":[]} | 400 | message | message must be a text",
                "/conversation | {\"message\":\"Hi\",\"sessionId\":1} | 400 | sessionId | sessionId must be a text",
                "/conversation | {\"message\":\"Hi\",\"role\":\"root\"} | 400 | role | role must be user or system",
                "/api/sync/context | {} | 400 | | names nothing",
                "/api/sync/context | {\"a\":{}} | 400 | a | a must be a text",
                "/api/sync/toolmanifest | {\"a\":\"x\"} | 400 | a | a must be an object with tools",
                "/api/sync/usedconfig | {} | 400 | context | at least one of context and manifest",
                "/api/sync/usedconfig | {\"context\":1} | 400 | context | context must be a text",
            })
    void c26_badInputIsAClientErrorThatNamesTheField(String path, String body, int status, String field, String error)
            throws Exception {
        var answer = rig.post(path, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).getBoolean("success")).isFalse();
        assertThat(json(answer).getString("field")).isEqualTo(field);
        assertThat(json(answer).getString("error")).contains(error);
        assertThat(rig.placed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/outboundCall",
                "/updateResponseService",
                "/conversation",
                "/api/sync/context",
                "/api/sync/toolmanifest",
                "/api/sync/usedconfig",
                "/api/sync/serverconfig"
            })
    void everyOperationRefusesTheSameThingsInTheSameWay(String path) throws Exception {
        assertThat(rig.post(path, "").body()).contains("the body is empty");
        assertThat(rig.post(path, "{\"a\":").body()).contains("the body is not valid JSON at line 1");
        assertThat(rig.post(path, "{} {}").body()).contains("the body is not valid JSON");
        assertThat(rig.post(path, "[1]").body()).contains("the body must be a JSON object");
        assertThat(rig.post(path, "x".repeat((4 << 20) + 1)).statusCode()).isEqualTo(413);
        var xml = rig.send(rig.keyed(path).header("Content-Type", "text/xml").POST(BodyPublishers.ofString("<a/>")));
        assertThat(xml.statusCode()).isEqualTo(415);
        var patch = rig.send(rig.keyed(path).method("PATCH", BodyPublishers.ofString("{}")));
        assertThat(patch.statusCode()).isEqualTo(405);
        assertThat(patch.headers().firstValue("allow")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/connectConversationRelay",
                "/connectAction",
                "/twilioStatusCallback",
                "/sms",
                "/outboundCall/token"
            })
    void everyWebhookRefusesTheSameThingsInTheSameWay(String path) throws Exception {
        var form = Map.of("CallSid", TestCall.newCallSid());
        assertThat(rig.send(rig.signed(path, form).setHeader("X-Twilio-Signature", "forged"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(rig.send(rig.signed(path, form).setHeader("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(rig.send(rig.signed(path, Map.of("x", "y".repeat(70_000)))).statusCode())
                .isEqualTo(413);
        assertThat(rig.send(rig.signed(path, Map.of("CallSid", "CA1", "MessageSid", "SM1")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(rig.send(rig.signed(path, form).method("DELETE", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/outboundCall", "/updateResponseService", "/conversation", "/api/sync/context"})
    void s5_nothingWorksWithoutAKey(String path) throws Exception {
        var none = rig.send(rig.request(path).POST(BodyPublishers.ofString("{}")));
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("www-authenticate")).contains("Bearer");
        var wrong = rig.send(
                rig.request(path).header("Authorization", "Bearer nope").POST(BodyPublishers.ofString("{}")));
        assertThat(wrong.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/outboundCall", "/updateResponseService", "/api/sync/context"})
    void s5_aKeyOpensOnlyItsScopes(String path) throws Exception {
        var answer = rig.send(rig.request(path)
                .header("X-Api-Key", ApiRig.CHAT_ONLY.secret().reveal())
                .POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("lacks the scope");
    }

    @Test
    void s6_anUpdateWithWhatIsNotThereHarmsNothing() throws Exception {
        for (var body : List.of(
                "{\"callSid\":\"CA1\",\"contextFile\":\"nowhere.md\",\"toolManifestFile\":\"nowhere.json\"}",
                "{\"callSid\":\"CA1\",\"contextKey\":\"nowhere\"}",
                "{\"callSid\":\"CA1\",\"manifestKey\":\"nowhere\"}")) {
            assertThat(rig.post("/updateResponseService", body).statusCode()).isEqualTo(400);
        }
        assertThat(rig.send(rig.request("/healthz").GET()).statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyHasALimit() throws Exception {
        try (var strict = new ApiRig(2, new ApiSettings.Chat(Duration.ofMinutes(1), 10, Duration.ofSeconds(1)))) {
            strict.post("/updateResponseService", "{}");
            strict.post("/updateResponseService", "{}");
            var third = strict.post("/updateResponseService", "{}");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            third.headers().firstValue("retry-after").orElse("0")))
                    .isPositive();
        }
    }

    @Test
    void s17_errorsShowNothingOfTheInside() throws Exception {
        rig.placing = Future.failedFuture(new IllegalStateException("secret detail"));
        var answer = rig.post("/outboundCall", "{\"properties\":{\"phoneNumber\":\"+12025559999\"}}");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"error\":\"internal error\"}");
        assertThat(answer.headers().map()).doesNotContainKeys("x-powered-by", "server");
        var unknown = rig.send(rig.keyed("/nowhere").GET());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("{\"error\":\"not found\"}");
    }

    @Test
    void contextsAreStoredListedFoundAndRemoved() throws Exception {
        assertThat(json(rig.post("/api/sync/context", "{\"sales\":\"Sell.\",\"support\":\"Help.\"}")))
                .isEqualTo(new JsonObject("{\"success\":true,\"keys\":[\"sales\",\"support\"]}"));
        assertThat(json(rig.send(rig.keyed("/api/sync/context").GET())).getJsonObject("contexts"))
                .isEqualTo(new JsonObject("{\"sales\":\"Sell.\",\"support\":\"Help.\"}"));
        assertThat(json(rig.send(rig.keyed("/api/sync/context/sales").GET())).getString("sales"))
                .isEqualTo("Sell.");
        assertThat(rig.send(rig.keyed("/api/sync/context/sales").DELETE()).statusCode())
                .isEqualTo(200);
        assertThat(rig.send(rig.keyed("/api/sync/context?key=support").DELETE()).statusCode())
                .isEqualTo(200);
        var gone = rig.send(rig.keyed("/api/sync/context/sales").DELETE());
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(rig.send(rig.keyed("/api/sync/context/sales").GET()).statusCode())
                .isEqualTo(404);
        assertThat(rig.send(rig.keyed("/api/sync/context").DELETE()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void theConfigurationIsReadAndUsedByTheOldNames() throws Exception {
        assertThat(json(rig.send(rig.keyed("/api/sync/serverconfig").GET())).getJsonObject("AssetLoader"))
                .isNotNull();
        assertThat(json(rig.send(rig.keyed("/api/sync/usedconfig").GET())).getString("context"))
                .isEqualTo("test");
        // As curl sends it when nobody names a content type.
        var answer = rig.send(rig.keyed("/api/sync/usedconfig")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"context\":\"sales\",\"manifest\":\"few\"}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(rig.contexts.get("serverConfig"))
                .isEqualTo("{\"AssetLoader\":{\"activeContextKey\":\"sales\",\"activeManifestKey\":\"few\"}}");
        rig.contexts.clear();
    }

    @Test
    void theDescriptionIsServedAndIsAContractOfAllOperations() throws Exception {
        var answer = rig.send(rig.request("/openapi.yaml").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        var file = Files.writeString(
                Files.createTempFile("openapi", ".yaml"), answer.body().replace("text/event-stream", "text/plain"));
        var contract = OpenAPIContract.from(rig.vertx, file.toString()).await(10, SECONDS);
        Files.delete(file);
        var described = new TreeSet<String>();
        contract.operations()
                .forEach(operation -> described.add(operation.getHttpMethod() + " "
                        + operation.getOpenAPIPath().replace("{key}", ":key")));
        var api = new Api(rig.desk.keys());
        new CallApi(rig.vertx, "", rig.outbound, rig.desk.outbound()).addTo(api);
        new AssetApi(rig.vertx).addTo(api);
        new ChatApi(rig.vertx).addTo(api);
        var served = new TreeSet<String>();
        api.served().forEach((path, methods) -> methods.forEach(method -> served.add(method + " " + path)));
        served.add("GET /console/events");
        assertThat(described).isEqualTo(served);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }
}
