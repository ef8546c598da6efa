package dev.callbus.llm.flowise;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.LlmSettings;
import dev.callbus.config.Secret;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelChoice;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.ToolSpec;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A flow over HTTP. Source: docs.flowiseai.com/using-flowise/prediction */
class FlowiseModelTest {
    private static final String STREAM = "text/event-stream";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient client = vertx.createHttpClient();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile Answering answering = (request, body) -> {};
    private URI url = URI.create("http://127.0.0.1:1");

    /** What the server does with one question. */
    private interface Answering {
        void answer(HttpServerRequest request, JsonObject body);
    }

    @BeforeEach
    void serve() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
        url = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    private void serve(HttpServerRequest request) {
        log.add(request.method() + " " + request.path());
        if (request.method().equals(HttpMethod.PUT)) {
            request.response().end();
        } else {
            request.body().onSuccess(body -> answering.answer(request, body.toJsonObject()));
        }
    }

    private FlowiseModel model(Secret key) {
        return new FlowiseModel(
                vertx,
                client,
                new LlmSettings.Provider(
                        "flow",
                        LlmSettings.Api.FLOWISE,
                        url,
                        key,
                        "flow-1",
                        "system",
                        null,
                        "max_tokens",
                        null,
                        null,
                        false));
    }

    private static LlmProtocol.Generate question(String words) {
        return new LlmProtocol.Generate(
                "CA1", List.of(new ChatMessage.Caller(words)), List.of(new ToolSpec("find", "Finds.", "{}")));
    }

    private static String event(String kind, String data) {
        return "message:\ndata:{\"event\":\"" + kind + "\",\"data\":\"" + data + "\"}\n\n";
    }

    private static void reply(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
    }

    private <T> T onContext(Callable<T> action) throws Exception {
        var result = Promise.<T>promise();
        context.runOnContext(now -> {
            try {
                result.complete(action.call());
            } catch (Exception e) {
                result.fail(e);
            }
        });
        return result.future().await(5, SECONDS);
    }

    private Collected ask(LlmProtocol.Generate question) throws Exception {
        return onContext(() -> {
            var collected = new Collected();
            collected.answer = model(Secret.NONE).stream(question, collected);
            return collected;
        });
    }

    @Test
    void theFlowIsAskedAndItsTokensAreSpoken() throws Exception {
        var received = Promise.<JsonObject>promise();
        answering = (request, body) -> {
            received.complete(body.copy().put("key", request.getHeader("Authorization")));
            reply(request, 200, STREAM, event("token", "Hel") + event("token", "lo") + event("end", "[DONE]"));
        };
        var answer = ask(question("Hi")).end.future().await(5, SECONDS);
        assertThat(answer).isEqualTo(new ModelEvent.Finished("flow:flow-1", ModelEvent.Usage.UNKNOWN));
        assertThat(received.future().await(5, SECONDS))
                .isEqualTo(new JsonObject()
                        .put("question", "Hi")
                        .put("chatId", "CA1")
                        .put("streaming", true)
                        .put("key", (String) null));
        assertThat(log).containsExactly("POST /api/v1/prediction/flow-1");
    }

    @Test
    void aKeyIsSentIfThereIsOne() throws Exception {
        var received = Promise.<String>promise();
        answering = (request, body) -> received.complete(request.getHeader("Authorization"));
        var answer = onContext(() -> model(new Secret("k")).stream(question("Hi"), new Collected()));
        assertThat(received.future().await(5, SECONDS)).isEqualTo("Bearer k");
        onContext(() -> {
            answer.cancel();
            return true;
        });
    }

    @Test
    void theConversationsFlowIsAsked() throws Exception {
        answering = (request, body) -> reply(request, 200, STREAM, event("token", "Hi") + event("end", ""));
        var chosen =
                new LlmProtocol.Generate("CA1", question("Hi").messages(), List.of(), new ModelChoice("flow", "a/b c"));
        assertThat(ask(chosen).end.future().await(5, SECONDS))
                .isEqualTo(new ModelEvent.Finished("flow:a/b c", ModelEvent.Usage.UNKNOWN));
        assertThat(log).containsExactly("POST /api/v1/prediction/a%2Fb%20c");
    }

    @Test
    void aFlowThatCanNotStreamIsUnderstoodByItsContentType() throws Exception {
        answering = (request, body) ->
                reply(request, 200, "application/json; charset=utf-8", "{\"text\":\"Hello\",\"chatId\":\"CA1\"}");
        var collected = ask(question("Hi"));
        assertThat(collected.end.future().await(5, SECONDS)).isInstanceOf(ModelEvent.Finished.class);
        assertThat(collected.words).hasToString("Hello");
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED",
        "403, UNAUTHORIZED",
        "404, REJECTED",
        "412, REJECTED",
        "429, RATE_LIMITED",
        "500, UNAVAILABLE"
    })
    void anErrorIsToldByItsStatus(int status, ModelFailure expected) throws Exception {
        answering = (request, body) -> reply(
                request,
                status,
                "application/json",
                "{\"statusCode\":" + status + ",\"success\":false,\"message\":\"no\",\"stack\":{}}");
        assertThat(ask(question("Hi")).end.future().await(5, SECONDS))
                .isInstanceOfSatisfying(
                        ModelEvent.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(expected));
        answering = (request, body) -> reply(request, 200, STREAM, event("token", "Hi") + event("end", ""));
        assertThat(ask(question("Hi")).end.future().await(5, SECONDS)).isInstanceOf(ModelEvent.Finished.class);
    }

    @Test
    void anotherContentTypeIsAFailure() throws Exception {
        answering = (request, body) -> reply(request, 200, "text/html", "<html>");
        assertThat(ask(question("Hi")).end.future().await(5, SECONDS)).isInstanceOf(ModelEvent.Failed.class);
    }

    @Test
    void aTurnBeginsOnlyWhenTheFormerOneIsClosedAndAborted() throws Exception {
        answering = (request, body) -> {
            if (body.getString("question").equals("first")) {
                request.response().closeHandler(gone -> log.add("closed"));
                request.response()
                        .setChunked(true)
                        .putHeader("Content-Type", STREAM)
                        .write(Buffer.buffer(event("token", "Hi")));
            } else {
                reply(request, 200, STREAM, event("token", "Hello") + event("end", ""));
            }
        };
        var first = ask(question("first"));
        first.begun.future().await(5, SECONDS);
        var second = onContext(() -> {
            var collected = new Collected();
            if (first.answer != null) {
                first.answer.cancel();
            }
            collected.answer = model(Secret.NONE).stream(question("second"), collected);
            return collected;
        });
        assertThat(second.end.future().await(5, SECONDS)).isInstanceOf(ModelEvent.Finished.class);
        assertThat(second.words).hasToString("Hello");
        assertThat(first.words).hasToString("Hi");
        assertThat(first.end.future().isComplete()).isFalse();
        assertThat(log)
                .containsExactly(
                        "POST /api/v1/prediction/flow-1",
                        "closed",
                        "PUT /api/v1/chatmessage/abort/flow-1/CA1",
                        "POST /api/v1/prediction/flow-1");
    }

    @Test
    void aTurnThatIsCancelledWhileItWaitsIsNeverAsked() throws Exception {
        var release = Promise.<Void>promise();
        answering = (request, body) ->
                release.future().onSuccess(go -> reply(request, 200, STREAM, event("token", "Hi") + event("end", "")));
        var first = ask(question("first"));
        var second = ask(question("second"));
        onContext(() -> {
            if (second.answer != null) {
                second.answer.cancel();
            }
            return true;
        });
        release.complete();
        assertThat(first.end.future().await(5, SECONDS)).isInstanceOf(ModelEvent.Finished.class);
        var third = ask(question("third"));
        assertThat(third.end.future().await(5, SECONDS)).isInstanceOf(ModelEvent.Finished.class);
        assertThat(log).hasSize(2);
    }

    /** Gathers one answer. */
    private static final class Collected implements LanguageModel.Sink {
        final Promise<ModelEvent> end = Promise.promise();
        final Promise<Void> begun = Promise.promise();
        final StringBuilder words = new StringBuilder();
        LanguageModel.@Nullable Answer answer;

        @Override
        public void event(ModelEvent event) {
            if (event instanceof ModelEvent.Delta delta) {
                words.append(delta.text());
                begun.tryComplete();
            } else {
                end.complete(event);
            }
        }
    }
}
