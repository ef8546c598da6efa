package dev.callbus.llm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.BusException;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.StreamHandler;
import dev.callbus.bus.StreamInlet;
import dev.callbus.bus.StreamProtocol;
import dev.callbus.config.LlmSettings;
import dev.callbus.config.Secret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The model service on a real bus against servers that misbehave to the byte. */
class LlmVerticleTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final LlmProtocol.Generate QUESTION =
            new LlmProtocol.Generate("CA1", List.of(new ChatMessage.Caller("Hi")), List.of());

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Map<Long, Promise<List<ModelEvent>>> ends = new HashMap<>();
    private final Map<Long, List<ModelEvent>> events = new HashMap<>();
    private Consumer<ModelEvent> onItem = event -> {};
    private @Nullable StreamInlet<LlmProtocol.Generate, ModelEvent> inlet;
    private long lastId;

    @BeforeEach
    void listen() throws Exception {
        ProtocolCodec.install(
                vertx,
                List.of(StreamProtocol.class, LlmProtocol.class, ChatMessage.class, ModelEvent.class, ToolCall.class));
        var ready = Promise.<Void>promise();
        context.runOnContext(now -> LlmBus.GENERATE
                .inlet(vertx, "test.sink", new Receiver())
                .onSuccess(opened -> {
                    inlet = opened;
                    ready.complete();
                })
                .onFailure(ready::fail));
        ready.future().await(5, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    private void deploy(Duration firstToken, URI... urls) throws Exception {
        deploy(firstToken, LlmSettings.Api.OPENAI_CHAT, urls);
    }

    private void deploy(Duration firstToken, LlmSettings.Api api, URI... urls) throws Exception {
        var chain = Stream.of(urls)
                .map(url -> new LlmSettings.Provider(
                        "p" + url.getPort(),
                        api,
                        url,
                        new Secret("key"),
                        "model",
                        "system",
                        null,
                        "max_tokens",
                        null,
                        null,
                        false))
                .toList();
        vertx.deployVerticle(new LlmVerticle(new LlmSettings(chain, firstToken, SOON, 2)))
                .await(5, SECONDS);
    }

    private TestServer server(TestServer.Step... script) throws Exception {
        return new TestServer(vertx, List.of(script));
    }

    /** Asks; the future is what came until the end. */
    private Future<List<ModelEvent>> ask() {
        return ask(QUESTION);
    }

    private Future<List<ModelEvent>> ask(LlmProtocol.Generate question) {
        var end = Promise.<List<ModelEvent>>promise();
        context.runOnContext(now -> {
            long id = ++lastId;
            ends.put(id, end);
            events.put(id, new ArrayList<>());
            if (inlet != null) {
                inlet.open(id, question);
            }
        });
        return end.future();
    }

    /** Asks with a conversation's choice. */
    private List<ModelEvent> answer(@Nullable String provider, @Nullable String model) throws Exception {
        var choice = new ModelChoice(provider, model);
        return ask(new LlmProtocol.Generate("CA1", QUESTION.messages(), List.of(), choice))
                .await(10, SECONDS);
    }

    private static String name(TestServer server) {
        return "p" + server.url().getPort();
    }

    private static void assertAnsweredBy(List<ModelEvent> events, String model) {
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        ModelEvent.Finished.class,
                        finished -> assertThat(finished.model()).isEqualTo(model));
    }

    private List<ModelEvent> answer() throws Exception {
        return ask().await(10, SECONDS);
    }

    private static String spoken(List<ModelEvent> events) {
        var words = new StringBuilder();
        for (var event : events) {
            if (event instanceof ModelEvent.Delta delta) {
                words.append(delta.text());
            }
        }
        return words.toString();
    }

    private static void assertAnswered(List<ModelEvent> events, String words) {
        assertThat(spoken(events)).isEqualTo(words);
        assertThat(events.getLast()).isInstanceOf(ModelEvent.Finished.class);
    }

    private static void assertFailed(List<ModelEvent> events, ModelFailure failure) {
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        ModelEvent.Failed.class,
                        failed ->
                                assertThat(failed.failure()).as(failed.detail()).isEqualTo(failure));
    }

    static Stream<Arguments> failuresBeforeTheFirstToken() {
        var quota = "{\"error\":{\"code\":\"insufficient_quota\"}}";
        return Stream.of(
                Arguments.of("400", TestServer.status(400, "", "{}"), ModelFailure.REJECTED),
                Arguments.of("401", TestServer.status(401, "", "{}"), ModelFailure.UNAUTHORIZED),
                Arguments.of("429 rate", TestServer.status(429, "Retry-After: 9\r\n", "{}"), ModelFailure.RATE_LIMITED),
                Arguments.of("429 quota", TestServer.status(429, "", quota), ModelFailure.QUOTA_EXHAUSTED),
                Arguments.of("500", TestServer.status(500, "", "no"), ModelFailure.UNAVAILABLE),
                Arguments.of("hang before headers", TestServer.hanging(""), ModelFailure.TIMEOUT),
                Arguments.of("hang after headers", TestServer.hanging(TestServer.STREAM), ModelFailure.TIMEOUT),
                Arguments.of(
                        "hang in an error body",
                        TestServer.hanging("HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\n"),
                        ModelFailure.TIMEOUT),
                Arguments.of(
                        "only keep-alives",
                        TestServer.hanging(TestServer.STREAM + ": keep-alive\n\n"),
                        ModelFailure.TIMEOUT),
                Arguments.of("close at once", TestServer.bytes(""), ModelFailure.UNAVAILABLE),
                Arguments.of("no HTTP", TestServer.bytes("hello\r\n\r\n"), ModelFailure.UNAVAILABLE),
                Arguments.of(
                        "garbage events",
                        TestServer.bytes(TestServer.STREAM + "data: <html>\n\n"),
                        ModelFailure.BROKEN),
                Arguments.of("garbage", TestServer.bytes(TestServer.STREAM + "<html>"), ModelFailure.BROKEN),
                Arguments.of("JSON 200", TestServer.status(200, "", "{\"choices\":[]}"), ModelFailure.BROKEN),
                Arguments.of("close before words", TestServer.bytes(TestServer.STREAM), ModelFailure.BROKEN),
                Arguments.of(
                        "error in the stream",
                        TestServer.bytes(TestServer.STREAM + "data: {\"error\":{}}\n\n"),
                        ModelFailure.UNAVAILABLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresBeforeTheFirstToken")
    void aFailureBeforeTheFirstTokenIsToldInTime(String name, TestServer.Step failing, ModelFailure expected)
            throws Exception {
        var patience = Duration.ofMillis(1500);
        deploy(patience, server(failing).url());
        long began = System.nanoTime();
        var events = answer();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(name).isLessThan(patience.plusSeconds(3));
        assertThat(events).hasSize(1);
        assertFailed(events, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresBeforeTheFirstToken")
    void theNextProviderAnswersInstead(String name, TestServer.Step failing, ModelFailure ignored) throws Exception {
        deploy(
                SOON,
                server(failing).url(),
                server(TestServer.words("Hel", "lo")).url());
        long began = System.nanoTime();
        assertAnswered(answer(), "Hello");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(name).isLessThan(SOON.plusSeconds(3));
    }

    @Test
    void aChainThatHangsThroughoutEndsInTime() throws Exception {
        var hang = TestServer.hanging("");
        deploy(SOON, server(hang).url(), server(hang).url(), server(hang).url());
        long began = System.nanoTime();
        assertFailed(answer(), ModelFailure.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON.plusSeconds(3));
    }

    @Test
    void aRefusedConnectionIsPassedOver() throws Exception {
        deploy(
                SOON,
                URI.create("http://127.0.0.1:" + closedPort() + "/v1"),
                server(TestServer.words("Hi")).url());
        assertAnswered(answer(), "Hi");
    }

    @Test
    void aRefusedConnectionIsUnavailable() throws Exception {
        deploy(SOON, URI.create("http://127.0.0.1:" + closedPort() + "/v1"));
        assertFailed(answer(), ModelFailure.UNAVAILABLE);
    }

    @Test
    void twoServerErrorsAreRetried() throws Exception {
        var failing = TestServer.status(500, "", "{}");
        var server = server(failing, failing, TestServer.words("Hi"));
        deploy(Duration.ofSeconds(5), server.url());
        assertAnswered(answer(), "Hi");
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void aRateLimitIsRetriedWhenTheVendorSays() throws Exception {
        var server = server(TestServer.status(429, "Retry-After: 1\r\n", "{}"), TestServer.words("Hi"));
        deploy(Duration.ofSeconds(5), server.url());
        long began = System.nanoTime();
        assertAnswered(answer(), "Hi");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        assertThat(server.requests()).isEqualTo(2);
    }

    static Stream<Arguments> failuresAfterTheFirstToken() {
        var begun = TestServer.STREAM + TestServer.events("Hi");
        return Stream.of(
                Arguments.of("hang", TestServer.hanging(begun), ModelFailure.TIMEOUT),
                Arguments.of("close", TestServer.bytes(begun), ModelFailure.BROKEN),
                Arguments.of("error", TestServer.bytes(begun + "data: {\"error\":{}}\n\n"), ModelFailure.UNAVAILABLE),
                Arguments.of("garbage", TestServer.bytes(begun + "data: {\n\n"), ModelFailure.BROKEN),
                Arguments.of(
                        "event without end",
                        TestServer.hanging(begun + "data: " + "x".repeat(1 << 20)),
                        ModelFailure.BROKEN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresAfterTheFirstToken")
    void afterTheFirstTokenNothingIsAskedAgain(String name, TestServer.Step failing, ModelFailure expected)
            throws Exception {
        var first = server(failing);
        var second = server(TestServer.words("Hello"));
        deploy(Duration.ofSeconds(5), first.url(), second.url());
        var events = answer();
        assertThat(spoken(events)).as(name).isEqualTo("Hi");
        assertFailed(events, expected);
        assertThat(first.requests()).isEqualTo(1);
        assertThat(second.requests()).isZero();
    }

    @Test
    void lineEndsAndKeepAlivesDoNotMatter() throws Exception {
        var stream = TestServer.events("Hel") + ": keep-alive\n\n" + TestServer.events("lo") + "data: [DONE]\n\n";
        deploy(
                Duration.ofSeconds(5),
                server(TestServer.bytes(TestServer.STREAM + stream.replace("\n", "\r\n")))
                        .url());
        assertAnswered(answer(), "Hello");
    }

    @Test
    void theNameOfTheContentTypeMayBeInCapitals() throws Exception {
        var head = TestServer.STREAM.replace("text/event-stream", "Text/Event-Stream; charset=utf-8");
        deploy(
                Duration.ofSeconds(5),
                server(TestServer.bytes(head + TestServer.events("Hi") + "data: [DONE]\n\n"))
                        .url());
        assertAnswered(answer(), "Hi");
    }

    @Test
    void aProviderWithAWrongKeyIsPassedOverByLaterCalls() throws Exception {
        var locked = server(TestServer.status(401, "", "{}"));
        deploy(
                Duration.ofSeconds(5),
                locked.url(),
                server(TestServer.words("Hi")).url());
        assertAnswered(answer(), "Hi");
        assertAnswered(answer(), "Hi");
        assertThat(locked.requests()).isEqualTo(1);
    }

    @Test
    void aProviderThatIsNotThereThreeTimesInARowIsPassedOver() throws Exception {
        var hang = TestServer.hanging("");
        var hi = TestServer.words("Hi");
        var absent = server(hang, hang, hi, hang, hang, hang);
        deploy(SOON, absent.url(), server(TestServer.words("Hello")).url());
        for (var expected : List.of("Hello", "Hello", "Hi", "Hello", "Hello", "Hello", "Hello", "Hello")) {
            assertAnswered(answer(), expected);
        }
        assertThat(absent.requests()).isEqualTo(6);
    }

    @Test
    void requestsThatAreRefusedDoNotShutTheProvider() throws Exception {
        var picky = server(TestServer.status(400, "", "{}"));
        deploy(SOON, picky.url(), server(TestServer.words("Hello")).url());
        for (int i = 0; i < 4; i++) {
            assertAnswered(answer(), "Hello");
        }
        assertThat(picky.requests()).isEqualTo(4);
    }

    @Test
    void theOnlyProviderIsAskedAgainAlthoughItsKeyIsWrong() throws Exception {
        var locked = server(TestServer.status(401, "", "{}"), TestServer.words("Hi"));
        deploy(Duration.ofSeconds(5), locked.url());
        assertFailed(answer(), ModelFailure.UNAUTHORIZED);
        assertAnswered(answer(), "Hi");
    }

    @Test
    void cancellingClosesTheVendorsConnection() throws Exception {
        var closed = Promise.<Void>promise();
        var server = server(socket -> {
            var more = vertx.setPeriodic(1, tick -> socket.write(TestServer.events("more")));
            socket.closeHandler(gone -> {
                vertx.cancelTimer(more);
                closed.complete();
            });
            socket.write(TestServer.STREAM + TestServer.events("Hi"));
        });
        deploy(Duration.ofSeconds(5), server.url());
        onItem = event -> {
            if (inlet != null) {
                inlet.cancel(lastId);
            }
        };
        var end = ask();
        closed.future().await(5, SECONDS);
        assertThat(end.isComplete()).isFalse();
        assertThat(events.get(1L)).hasSize(1);
    }

    @Test
    void aSlowReceiverLosesNothing() throws Exception {
        var expected = new StringBuilder();
        var server = server(socket -> {
            socket.write(TestServer.STREAM);
            IntStream.range(0, 5000).forEach(i -> socket.write(TestServer.events("w" + i + " ")));
            socket.end(Buffer.buffer("data: [DONE]\n\n"));
        });
        IntStream.range(0, 5000).forEach(i -> expected.append("w").append(i).append(' '));
        deploy(Duration.ofSeconds(5), server.url());
        onItem = event -> LockSupport.parkNanos(1_000_000);
        assertAnswered(ask().await(30, SECONDS), expected.toString());
    }

    @Test
    void manyAnswersAtOnceAreKeptApart() throws Exception {
        deploy(Duration.ofSeconds(10), server(TestServer.words("Hel", "lo")).url());
        var answers = IntStream.range(0, 200).mapToObj(i -> ask()).toList();
        for (var answer : answers) {
            assertAnswered(answer.await(20, SECONDS), "Hello");
        }
    }

    @Test
    void theConversationsProviderIsAskedFirstAndItsModelReplacesTheConfiguredOne() throws Exception {
        var first = server(TestServer.words("one"));
        var second = server(TestServer.words("two"));
        deploy(Duration.ofSeconds(5), first.url(), second.url());
        var events = answer(name(second), "other");
        assertAnswered(events, "two");
        assertAnsweredBy(events, name(second) + ":other");
        assertThat(second.models()).containsExactly("other");
        assertThat(first.requests()).isZero();
        assertAnsweredBy(answer(name(second), null), name(second) + ":model");
        assertAnsweredBy(answer(null, "other"), name(first) + ":other");
        assertAnsweredBy(answer(null, null), name(first) + ":model");
        assertThat(first.models()).containsExactly("other", "model");
    }

    @Test
    void theOthersFollowInTheirOrderAndAreNotAskedForAnotherVendorsModel() throws Exception {
        var failing = TestServer.status(400, "", "{}");
        var first = server(failing);
        var second = server(failing);
        var third = server(TestServer.words("Hi"));
        var chosen = server(failing);
        deploy(Duration.ofSeconds(5), first.url(), second.url(), third.url(), chosen.url());
        var events = answer(name(chosen), "other");
        assertAnsweredBy(events, name(third) + ":model");
        assertThat(chosen.models()).containsExactly("other");
        assertThat(first.models()).containsExactly("model");
        assertThat(second.models()).containsExactly("model");
        assertThat(third.models()).containsExactly("model");
    }

    @Test
    void aModelIsNotAskedOfTheProviderThatStandsInForAShutOne() throws Exception {
        var locked = server(TestServer.status(401, "", "{}"));
        var second = server(TestServer.words("Hi"));
        deploy(Duration.ofSeconds(5), locked.url(), second.url());
        assertAnswered(answer(null, "other"), "Hi");
        assertAnswered(answer(null, "other"), "Hi");
        assertThat(locked.models()).containsExactly("other");
        assertThat(second.models()).containsExactly("model", "model");
    }

    @Test
    void anUnknownProviderIsIgnoredWithItsModel() throws Exception {
        var first = server(TestServer.words("Hi"));
        deploy(Duration.ofSeconds(5), first.url());
        assertAnsweredBy(answer("nobody", "other"), name(first) + ":model");
        assertAnsweredBy(answer("nobody", "other"), name(first) + ":model");
        assertThat(first.models()).containsExactly("model", "model");
    }

    @Test
    void aResponseIsStreamedWithItsUsage() throws Exception {
        deploy(
                Duration.ofSeconds(5),
                LlmSettings.Api.OPENAI_RESPONSES,
                server(TestServer.bytes(TestServer.STREAM + responsesText("Hel") + responsesText("lo")
                                + "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{"
                                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}}\n\n"))
                        .url());
        var events = answer();
        assertAnswered(events, "Hello");
        assertThat(((ModelEvent.Finished) events.getLast()).usage()).isEqualTo(new ModelEvent.Usage(3, 0, 2));
    }

    static Stream<Arguments> failuresOfResponses() {
        var begun = TestServer.STREAM + responsesText("Hi");
        return Stream.of(
                Arguments.of("close", TestServer.bytes(begun), ModelFailure.BROKEN),
                Arguments.of("hang", TestServer.hanging(begun), ModelFailure.TIMEOUT),
                Arguments.of(
                        "error",
                        TestServer.bytes(begun + "data: {\"type\":\"error\",\"code\":\"server_error\"}\n\n"),
                        ModelFailure.UNAVAILABLE),
                Arguments.of("400", TestServer.status(400, "", "{}"), ModelFailure.REJECTED),
                Arguments.of("401", TestServer.status(401, "", "{}"), ModelFailure.UNAUTHORIZED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresOfResponses")
    void aFailedResponseIsTold(String name, TestServer.Step failing, ModelFailure expected) throws Exception {
        deploy(
                Duration.ofSeconds(5),
                LlmSettings.Api.OPENAI_RESPONSES,
                server(failing).url());
        assertFailed(answer(), expected);
    }

    @Test
    void cancellingAResponseClosesTheVendorsConnection() throws Exception {
        var closed = Promise.<Void>promise();
        var server = server(socket -> {
            socket.closeHandler(gone -> closed.complete());
            socket.write(TestServer.STREAM + responsesText("Hi"));
        });
        deploy(Duration.ofSeconds(5), LlmSettings.Api.OPENAI_RESPONSES, server.url());
        onItem = event -> {
            if (inlet != null) {
                inlet.cancel(lastId);
            }
        };
        var end = ask();
        closed.future().await(5, SECONDS);
        assertThat(end.isComplete()).isFalse();
    }

    private static String responsesText(String words) {
        return "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"" + words
                + "\"}\n\n";
    }

    private static int closedPort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Collects what comes; it runs on one context. */
    private final class Receiver implements StreamHandler<ModelEvent> {
        @Override
        public void item(long id, ModelEvent item) {
            events.getOrDefault(id, new ArrayList<>()).add(item);
            onItem.accept(item);
        }

        @Override
        public void ended(long id, @Nullable BusException cause) {
            var end = ends.get(id);
            if (end != null && cause == null) {
                end.complete(events.get(id));
            } else if (end != null) {
                end.fail(cause);
            }
        }
    }
}
