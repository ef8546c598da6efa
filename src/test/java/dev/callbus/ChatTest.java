package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.ApiSettings;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.ToolCall;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations in writing: chat over HTTP, and text messages. */
class ChatTest {
    private static final String SMS = "SM00000000000000000000000000000001";

    private ApiRig rig;

    ChatTest() throws Exception {
        rig = new ApiRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aConversationGoesOnUnderItsSession() throws Exception {
        var first = say("{\"message\":\"Hello, I need help\"}");
        assertThat(first.getBoolean("success")).isTrue();
        assertThat(first.getString("response")).isEqualTo("You said: Hello, I need help");
        assertThat(first.getBoolean("ended")).isFalse();
        var session = first.getString("sessionId");
        var second = say(new JsonObject()
                .put("sessionId", session)
                .put("message", "Tell me more")
                .encode());
        assertThat(second.getString("sessionId")).isEqualTo(session);
        assertThat(rig.asked.stream().skip(1).findFirst().orElseThrow().messages().stream()
                        .skip(1)
                        .map(ChatTest::text))
                .containsExactly("Hello, I need help", "You said: Hello, I need help", "Tell me more");
    }

    @Test
    void aSessionThatNobodyKnowsIsANewOne() throws Exception {
        var answer = say("{\"message\":\"Hi\",\"sessionId\":\"550e8400-e29b-41d4-a716-446655440000\"}");
        assertThat(answer.getString("sessionId")).isNotEqualTo("550e8400-e29b-41d4-a716-446655440000");
    }

    @Test
    void whoIsServedInWritingIsToldSoAndHearsNoGreeting() throws Exception {
        say("{\"message\":\"Hi\",\"contextKey\":\"sales\"}");
        var messages = rig.asked.element().messages();
        assertThat(text(messages.getFirst())).contains("It is a conversation in writing.");
        assertThat(messages).hasSize(2);
        assertThat(rig.choices.element().parameters()).containsEntry("contextKey", "sales");
    }

    @Test
    void theAnswerMayComeAsEvents() throws Exception {
        var answer = rig.send(rig.keyed("/conversation")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString("{\"message\":\"Hi\"}")));
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.body())
                .startsWith(
                        "event: token\ndata: {\"text\":\"You said: \"}\n\nevent: token\ndata: {\"text\":\"Hi\"}\n\nevent: done\n")
                .contains("\"response\":\"You said: Hi\"");
    }

    @Test
    void theOperatorSpeaksOnlyWithAnAdministratorsKey() throws Exception {
        var answer = say("{\"message\":\"The system is back.\",\"role\":\"system\"}");
        assertThat(answer.getString("response")).isEqualTo("You said: noted");
        assertThat(rig.asked.element().messages())
                .last()
                .isEqualTo(new ChatMessage.Instructions("The system is back."));
        var refused = rig.send(rig.request("/conversation")
                .header("X-Api-Key", ApiRig.CHAT_ONLY.secret().reveal())
                .POST(BodyPublishers.ofString("{\"message\":\"Hi\",\"role\":\"system\"}")));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(new JsonObject(refused.body()).getString("field")).isEqualTo("role");
    }

    @Test
    void toolsRunAndTheAgentMayEndTheConversation() throws Exception {
        rig.model = (question, outlet) -> {
            if (question.messages().getLast() instanceof ChatMessage.Caller) {
                outlet.emit(new ModelEvent.ToolCalls(
                        List.of(new ToolCall("1", "end-call", "{\"summary\":\"done\"}", null)), null));
            } else {
                outlet.emit(new ModelEvent.Delta("Goodbye."));
                outlet.emit(new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN));
            }
            outlet.end();
        };
        var answer = say("{\"message\":\"Bye\"}");
        assertThat(answer.getString("response")).isEqualTo("Goodbye.");
        assertThat(answer.getBoolean("ended")).isTrue();
        var after = say(new JsonObject()
                .put("message", "Hello?")
                .put("sessionId", answer.getString("sessionId"))
                .encode());
        assertThat(after.getString("sessionId")).isNotEqualTo(answer.getString("sessionId"));
    }

    @Test
    void aModelThatFailsIsAFailureWithTheApologyAndTheSessionLives() throws Exception {
        rig.model = (question, outlet) -> {
            outlet.emit(new ModelEvent.Failed(ModelFailure.UNAVAILABLE, "down"));
            outlet.end();
        };
        var answer = rig.post("/conversation", "{\"message\":\"Hi\"}");
        assertThat(answer.statusCode()).isEqualTo(502);
        var json = new JsonObject(answer.body());
        assertThat(json.getBoolean("success")).isFalse();
        assertThat(json.getString("response")).isEqualTo(TestNode.APOLOGY);
        assertThat(json.getString("sessionId")).isNotBlank();
    }

    @Test
    void twoAtOnceInOneSessionDontMix() throws Exception {
        var session = say("{\"message\":\"Hi\"}").getString("sessionId");
        var asked = new CountDownLatch(1);
        Promise<Void> go = Promise.promise();
        rig.model = (question, outlet) -> {
            asked.countDown();
            go.future().onSuccess(v -> {
                outlet.emit(new ModelEvent.Delta("Slow."));
                outlet.emit(new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN));
                outlet.end();
            });
        };
        var body =
                new JsonObject().put("message", "one").put("sessionId", session).encode();
        var first = CompletableFuture.supplyAsync(() -> post(body));
        assertThat(asked.await(5, SECONDS)).isTrue();
        assertThat(post(body).statusCode()).isEqualTo(409);
        go.complete();
        assertThat(new JsonObject(first.get(5, SECONDS).body()).getString("response"))
                .isEqualTo("Slow.");
    }

    @Test
    void c14_inListenModeTheAnswerIsEmpty() throws Exception {
        rig.listening = true;
        assertThat(say("{\"message\":\"Hi\"}").getString("response")).isEmpty();
    }

    @Test
    void anAnswerThatTakesTooLongIsATimeOut() throws Exception {
        try (var hasty = new ApiRig(1000, new ApiSettings.Chat(Duration.ofMinutes(1), 10, Duration.ofMillis(200)))) {
            hasty.model = (question, outlet) -> {};
            assertThat(hasty.post("/conversation", "{\"message\":\"Hi\"}").statusCode())
                    .isEqualTo(504);
        }
    }

    @Test
    void thereAreOnlySoManyConversations() throws Exception {
        try (var small = new ApiRig(1000, new ApiSettings.Chat(Duration.ofMinutes(1), 1, Duration.ofSeconds(5)))) {
            small.post("/conversation", "{\"message\":\"Hi\"}");
            assertThat(small.post("/conversation", "{\"message\":\"Hi\"}").statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void c21_aThousandAbandonedConversationsLeaveNothingBehind() throws Exception {
        try (var brief =
                new ApiRig(100_000, new ApiSettings.Chat(Duration.ofSeconds(2), 5000, Duration.ofSeconds(5)))) {
            int before = brief.vertx.deploymentIDs().size();
            for (int i = 0; i < 1000; i++) {
                assertThat(brief.post("/conversation", "{\"message\":\"Hi\"}").statusCode())
                        .isEqualTo(200);
            }
            for (int i = 0; i < 100 && brief.vertx.deploymentIDs().size() > before; i++) {
                brief.vertx.timer(100).await(1, SECONDS);
            }
            assertThat(brief.vertx.deploymentIDs()).hasSize(before);
        }
    }

    @Test
    void aTextMessageIsAnsweredWithTwimlAndTheConversationGoesOn() throws Exception {
        assertThat(sms(SMS, "Hi").body()).contains("<Message><Body>You said: Hi</Body></Message>");
        sms(SMS.replace('1', '2'), "More");
        assertThat(rig.asked.stream().skip(1).findFirst().orElseThrow().messages().stream()
                        .skip(1)
                        .map(ChatTest::text))
                .containsExactly("Hi", "You said: Hi", "More");
        assertThat(rig.choices.element().number()).isEqualTo("+15550002222");
    }

    @Test
    void aRepeatedTextMessageIsAnsweredTheSameAndAskedOnce() throws Exception {
        var first = sms(SMS, "Hi");
        assertThat(sms(SMS, "Hi").body()).isEqualTo(first.body());
        assertThat(rig.asked).hasSize(1);
    }

    @Test
    void aTextMessageThatNobodyCanAnswerGetsAnApology() throws Exception {
        rig.model = (question, outlet) -> {
            outlet.emit(new ModelEvent.Failed(ModelFailure.UNAVAILABLE, "down"));
            outlet.end();
        };
        assertThat(sms(SMS, "Hi").body()).contains("<Body>" + TestNode.APOLOGY + "</Body>");
        try (var full = new ApiRig(1000, new ApiSettings.Chat(Duration.ofMinutes(1), 0, Duration.ofSeconds(5)))) {
            var form = Map.of("MessageSid", SMS, "From", "+15550001111", "To", "+15550002222", "Body", "Hi");
            assertThat(full.send(full.signed("/sms", form)).body()).contains(TestNode.APOLOGY);
        }
    }

    @Test
    void aTextMessageWithoutWordsGetsNoAnswer() throws Exception {
        assertThat(sms(SMS, " ").body()).contains("<Response/>");
    }

    @Test
    void textMessagesAreTwiliosOnly() throws Exception {
        var form = Map.of("MessageSid", SMS, "From", "+1", "To", "+2", "Body", "Hi");
        assertThat(rig.send(rig.signed("/sms", form).setHeader("X-Twilio-Signature", "forged"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(rig.send(rig.signed("/sms", Map.of("Body", "Hi"))).statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> sms(String sid, String body) throws Exception {
        return rig.send(rig.signed(
                "/sms", Map.of("MessageSid", sid, "From", "+15550001111", "To", "+15550002222", "Body", body)));
    }

    private JsonObject say(String json) throws Exception {
        var answer = rig.post("/conversation", json);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> post(String json) {
        try {
            return rig.post("/conversation", json);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(ChatMessage message) {
        return switch (message) {
            case ChatMessage.Instructions instructions -> instructions.text();
            case ChatMessage.Caller caller -> caller.text();
            case ChatMessage.Assistant assistant -> assistant.text();
            case ChatMessage.ToolResult result -> result.content();
        };
    }
}
