package dev.callbus.llm.flowise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.http.SseDecoder;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flow's events come to. Source: github.com/FlowiseAI/Flowise, packages/server/src/utils/SSEStreamer.ts */
class FlowiseStreamTest {
    private static final ModelEvent FINISHED = new ModelEvent.Finished("p:flow", ModelEvent.Usage.UNKNOWN);

    private final FlowiseStream stream = new FlowiseStream(new ObjectMapper(), "p:flow");
    private final StringBuilder spoken = new StringBuilder();

    /** Feeds JSON; apostrophes stand for quotes. */
    private void json(String json) {
        stream.accept(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        spoken.append(stream.takeWords());
    }

    private void event(String kind, String data) {
        json("{'event':'" + kind + "','data':" + data + "}");
    }

    private void assertFailed(ModelFailure failure) {
        assertThat(stream.conclude())
                .singleElement()
                .isInstanceOfSatisfying(
                        ModelEvent.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(failure));
    }

    @Test
    void tokensAreSpokenAndNothingElseIs() {
        event("start", "'Hm'");
        event("agentReasoning", "[{'messages':['Hm']}]");
        event("usedTools", "[{'tool':'find','toolOutput':'Hm'}]");
        event("token", "'Hel'");
        assertThat(spoken).hasToString("Hel");
        event("token", "{'odd':1}");
        event("token", "'lo<think>Hm</think>'");
        event("somethingNew", "'Hm'");
        event("metadata", "{'chatId':'CA1','question':'Hm'}");
        assertThat(stream.isOver()).isFalse();
        event("end", "'[DONE]'");
        assertThat(stream.isOver()).isTrue();
        assertThat(stream.conclude()).containsExactly(FINISHED);
        assertThat(spoken).hasToString("Hello");
    }

    @Test
    void whatFollowsTheEndIsIgnored() {
        event("token", "'Hi'");
        event("end", "'[DONE]'");
        event("error", "'no'");
        assertThat(stream.conclude()).containsExactly(FINISHED);
    }

    @Test
    void aFlowThatCanNotStreamAnswersAtOnce() {
        json("{'text':'Hello','question':'Hi','chatId':'CA1','chatMessageId':'x'}");
        assertThat(stream.conclude()).containsExactly(FINISHED);
        assertThat(spoken).hasToString("Hello");
    }

    @ParameterizedTest
    @CsvSource({"error, UNAVAILABLE", "abort, BROKEN"})
    void anErrorAndAnAbortAreFailures(String kind, ModelFailure expected) {
        event("token", "'Hi'");
        event(kind, "'secret words'");
        assertFailed(expected);
        assertThat(stream.conclude().toString()).doesNotContain("secret words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{'json':{'a':1}}", "{'statusCode':500,'success':false}", "[]", "1"})
    void whatCanNotBeSpokenIsAFailure(String answer) {
        json(answer);
        assertFailed(ModelFailure.BROKEN);
    }

    @Test
    void anAnswerWithoutWordsIsAFailureThatIsNotRepeated() {
        event("token", "' '");
        event("end", "'[DONE]'");
        assertFailed(ModelFailure.REJECTED);
        assertThat(ModelFailure.REJECTED.retryable()).isFalse();
    }

    @Test
    void aStreamThatBreaksOffIsAFailure() {
        event("token", "'Hi'");
        assertFailed(ModelFailure.BROKEN);
    }

    @Property(tries = 300)
    void chunksDoNotMatter(@ForAll long seed) {
        var wire = Buffer.buffer("message:\ndata:{\"event\":\"start\",\"data\":\"Grüß\"}\n\n"
                + "message:\ndata:{\"event\":\"token\",\"data\":\"Grüß\"}\n\n"
                + "message:\ndata:{\"event\":\"token\",\"data\":\" Gott\\n🙂\"}\n\n"
                + "message:\ndata:{\"event\":\"metadata\",\"data\":{\"chatId\":\"CA1\"}}\n\n"
                + "message\ndata:{\"event\":\"end\",\"data\":\"[DONE]\"}\n\n");
        var chunked = new FlowiseStream(new ObjectMapper(), "p:flow");
        var decoder = new SseDecoder(1 << 16, chunked::accept);
        var words = new StringBuilder();
        var random = new Random(seed);
        int at = 0;
        while (at < wire.length()) {
            int end = Math.min(wire.length(), at + 1 + random.nextInt(40));
            decoder.decode(wire.getBuffer(at, end));
            words.append(chunked.takeWords());
            at = end;
        }
        assertThat(words).hasToString("Grüß Gott\n🙂");
        assertThat(chunked.conclude()).isEqualTo(List.of(FINISHED));
    }
}
