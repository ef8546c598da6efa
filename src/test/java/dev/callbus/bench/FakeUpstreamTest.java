package dev.callbus.bench;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.WebClient;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class FakeUpstreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = """
            {"model":"bench","stream":true,"messages":[{"role":"user","content":"Hello?"}]}""";

    private WebClient client;
    private int port;

    private record Answer(int status, String type, String body) {}

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        var upstream = new FakeUpstream(0, 30, 5, 6);
        vertx.deployVerticle(upstream).await(5, SECONDS);
        port = upstream.port();
        client = WebClient.create(vertx);
    }

    @Test
    void streamsAChatCompletion() throws Exception {
        var answer = send(HttpMethod.POST, "/v1/chat/completions", QUESTION);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("text/event-stream");
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        var chunks = chunks(answer.body());
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("id").asText()).isEqualTo("chatcmpl-bench");
            assertThat(chunk.path("choices").path(0).path("index").asInt(-1)).isZero();
        });
        assertThat(delta(chunks.getFirst()).path("role").asText()).isEqualTo("assistant");
        assertThat(chunks.stream().map(chunk -> delta(chunk).path("content").asText("")))
                .containsExactly("", "Thanks", " for", " waiting", " your", " laptop", " ticket", "");
        assertThat(chunks.stream()
                        .map(chunk -> chunk.path("choices")
                                .path(0)
                                .path("finish_reason")
                                .asText()))
                .filteredOn(reason -> !reason.equals("null"))
                .containsExactly("stop");
        assertThat(delta(chunks.getLast()).isEmpty()).isTrue();
    }

    @Test
    void keepsItsPaceAndMeasuresIt() throws Exception {
        var started = System.nanoTime();
        send(HttpMethod.POST, "/v1/chat/completions", QUESTION);
        var millis = (System.nanoTime() - started) / 1_000_000;

        assertThat(millis).isGreaterThanOrEqualTo(new Pace(30, 5, 6).lastTokenMillis());
        var stats = JSON.readTree(send(HttpMethod.GET, "/__stats", "").body());
        assertThat(stats.path("counters").path("completed").asInt()).isEqualTo(1);
        assertThat(stats.path("counters").path("active").asInt()).isZero();
        assertThat(stats.path("lateness").path("count").asInt()).isEqualTo(6);
        assertThat(stats.path("lateness").path("p50").asDouble(-1)).isNotNegative();

        send(HttpMethod.POST, "/__reset", "{}");

        assertThat(JSON.readTree(send(HttpMethod.GET, "/__stats", "").body())
                        .path("lateness")
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void answersWholeWhenNotStreaming() throws Exception {
        var answer = send(HttpMethod.POST, "/v1/chat/completions", QUESTION.replace("true", "false"));

        var completion = JSON.readTree(answer.body());
        assertThat(completion.path("object").asText()).isEqualTo("chat.completion");
        assertThat(completion
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText())
                .isEqualTo("Thanks for waiting your laptop ticket");
        assertThat(completion.path("usage").path("completion_tokens").asInt()).isEqualTo(6);
    }

    @Test
    void refusesWhatTheServiceWouldRefuse() throws Exception {
        assertThat(send(HttpMethod.POST, "/v1/chat/completions", "{\"stream\":").status())
                .isEqualTo(400);
        assertThat(send(HttpMethod.POST, "/v1/chat/completions", "{\"messages\":[]}")
                        .status())
                .isEqualTo(400);
        assertThat(send(HttpMethod.GET, "/v1/unknown", "").status()).isEqualTo(404);
    }

    @Test
    void listsItsModel() throws Exception {
        var models = JSON.readTree(send(HttpMethod.GET, "/v1/models", "").body());

        assertThat(models.path("data").path(0).path("id").asText()).isEqualTo("bench");
    }

    private Answer send(HttpMethod method, String path, String body) throws Exception {
        var answer = client.request(method, port, "127.0.0.1", path)
                .sendBuffer(Buffer.buffer(body))
                .await(5, SECONDS);
        return new Answer(answer.statusCode(), String.valueOf(answer.getHeader("content-type")), answer.bodyAsString());
    }

    private static List<JsonNode> chunks(String events) throws Exception {
        var chunks = new ArrayList<JsonNode>();
        for (var event : Arrays.asList(events.split("\n\n", -1))) {
            if (event.startsWith("data: {")) chunks.add(JSON.readTree(event.substring(6)));
        }
        return chunks;
    }

    private static JsonNode delta(JsonNode chunk) {
        return chunk.path("choices").path(0).path("delta");
    }
}
