package dev.callbus.llm.openai;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.LlmSettings;
import dev.callbus.config.Secret;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.ToolSpec;
import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.openai.Script;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Responses API over HTTP, against a server that is as strict as the vendor. */
class OpenAiResponsesTest {
    private static final String SCRIPT = """
            rules:
              - when: {caller: "find"}
                say: "One moment."
                call: [{name: find, arguments: {q: "1"}}, {name: ring}]
                quirks: [reasoningContent]
              - {when: {tool: find}, say: "Found."}
              - {when: {caller: "break"}, say: "Hello there", close: {afterTokens: 1}}
            otherwise: {say: "Hello there"}
            """;
    private static final List<ToolSpec> TOOLS = List.of(
            new ToolSpec("find", "Finds.", "{\"type\":\"object\",\"properties\":{}}"),
            new ToolSpec("ring", "Rings.", "{\"type\":\"object\",\"properties\":{}}"));

    private final Vertx vertx = Vertx.vertx();
    private final List<ChatMessage> messages = new ArrayList<>(List.of(new ChatMessage.Instructions("Be brief.")));
    private final StringBuilder words = new StringBuilder();
    private final ModelServer server = new ModelServer(vertx, Script.parse("test.yaml", SCRIPT), 0);

    @BeforeEach
    void serve() throws Exception {
        server.start().await(5, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    private OpenAiResponses model() {
        return new OpenAiResponses(
                vertx.createHttpClient(),
                new LlmSettings.Provider(
                        "p",
                        LlmSettings.Api.OPENAI_RESPONSES,
                        URI.create(server.baseUrl()),
                        new Secret("key"),
                        "m",
                        "developer",
                        500,
                        "max_tokens",
                        0.5,
                        "low",
                        false));
    }

    /** What comes besides words. */
    private List<ModelEvent> ask() throws Exception {
        words.setLength(0);
        var others = new ArrayList<ModelEvent>();
        var end = Promise.<List<ModelEvent>>promise();
        LanguageModel.Sink sink = event -> {
            switch (event) {
                case ModelEvent.Delta delta -> words.append(delta.text());
                case ModelEvent.ToolCalls calls -> others.add(calls);
                case ModelEvent.Finished finished -> {
                    others.add(finished);
                    end.complete(others);
                }
                case ModelEvent.Failed failed -> {
                    others.add(failed);
                    end.complete(others);
                }
            }
        };
        var request = new LlmProtocol.Generate("CA1", messages, TOOLS);
        vertx.getOrCreateContext().runOnContext(now -> model().stream(request, sink));
        return end.future().await(5, SECONDS);
    }

    @Test
    void anAnswerIsSpokenAndCounted() throws Exception {
        messages.add(new ChatMessage.Caller("hi"));
        assertThat(ask()).singleElement().isInstanceOfSatisfying(ModelEvent.Finished.class, finished -> {
            assertThat(finished.model()).isEqualTo("p:m");
            assertThat(finished.usage().completionTokens()).isEqualTo(2);
        });
        assertThat(words).hasToString("Hello there");
    }

    @Test
    void aRoundOfToolsIsAcceptedByTheVendor() throws Exception {
        messages.add(new ChatMessage.Caller("hi"));
        messages.add(new ChatMessage.Assistant("Hello.", List.of(), null));
        messages.add(new ChatMessage.Caller("find"));
        var calls = (ModelEvent.ToolCalls) ask().getFirst();
        assertThat(words).hasToString("One moment.");
        assertThat(calls.calls())
                .extracting(call -> call.name() + call.arguments())
                .containsExactly("find{\"q\":\"1\"}", "ring{}");
        assertThat(calls.extra()).contains("encrypted_content");

        messages.add(new ChatMessage.Assistant("One moment.", calls.calls(), calls.extra()));
        messages.add(new ChatMessage.Instructions("The line is bad."));
        calls.calls().forEach(call -> messages.add(new ChatMessage.ToolResult(call.id(), call.name(), "ok")));
        assertThat(ask()).singleElement().isInstanceOf(ModelEvent.Finished.class);
        assertThat(words).hasToString("Found.");
        assertThat(String.valueOf(server.requests().getLast().body())).contains("encrypted_content");
    }

    @Test
    void aHistoryThatIsNotWholeIsRejected() throws Exception {
        messages.add(new ChatMessage.ToolResult("a", "find", "ok"));
        assertThat(ask())
                .singleElement()
                .isInstanceOfSatisfying(
                        ModelEvent.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(ModelFailure.REJECTED));
    }

    @Test
    void aStreamThatBreaksOffFailsAfterItsWords() throws Exception {
        messages.add(new ChatMessage.Caller("break"));
        assertThat(ask())
                .singleElement()
                .isInstanceOfSatisfying(
                        ModelEvent.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(ModelFailure.BROKEN));
        assertThat(words).hasToString("Hello");
    }
}
