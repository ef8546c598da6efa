package dev.callbus.sandbox.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class StreamOrderTest {
    private static final String SCRIPT = """
            rules:
              - {when: {caller: "both"}, say: "One moment.", call: [{name: first, arguments: {a: "12"}}, {name: second}]}
              - {when: {caller: "end"}, call: {name: end-call, arguments: {why: done}}}
              - {when: {tool: end-call}, say: "Goodbye."}
            otherwise: {say: "Hello there"}
            """;
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"end-call"}},{"type":"function","function":{"name":"first"}},
            {"type":"function","function":{"name":"second"}}],
            """;

    @Test
    void streamsTextInOrder(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = wire.post(Wire.says("hi"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().get("content-type")).startsWith("text/event-stream");
            assertThat(reply.headers().get("x-request-id")).startsWith("req_");
            assertThat(choices(reply))
                    .containsExactly(
                            "{'delta':{'role':'assistant','content':'','refusal':null},'finish_reason':null}",
                            "{'delta':{'content':'Hello'},'finish_reason':null}",
                            "{'delta':{'content':' there'},'finish_reason':null}",
                            "{'delta':{},'finish_reason':'stop'}");
            assertThat(reply.data().getLast()).isEqualTo("[DONE]");
            assertThat(reply.body()).endsWith("data: [DONE]\n\n");
            assertThat(reply.chunks())
                    .allSatisfy(chunk -> {
                        assertThat(chunk.path("object").textValue()).isEqualTo("chat.completion.chunk");
                        assertThat(chunk.path("model").textValue()).isEqualTo("m");
                        assertThat(chunk.has("usage")).isFalse();
                    })
                    .extracting(chunk -> chunk.path("id").textValue() + chunk.path("created"))
                    .containsOnly(reply.chunks().getFirst().path("id").textValue()
                            + reply.chunks().getFirst().path("created"));
        }
    }

    @Test
    void endsWithUsageWhenAsked(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = wire.post(Wire.says("hi")
                    .replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

            List<JsonNode> chunks = reply.chunks();
            JsonNode last = chunks.getLast();
            assertThat(last.path("choices").isArray()).isTrue();
            assertThat(last.path("choices").isEmpty()).isTrue();
            assertThat(last.at("/usage/completion_tokens").intValue()).isEqualTo(2);
            assertThat(last.at("/usage/total_tokens").intValue())
                    .isEqualTo(last.at("/usage/prompt_tokens").intValue() + 2);
            assertThat(chunks.subList(0, chunks.size() - 1))
                    .allSatisfy(
                            chunk -> assertThat(chunk.path("usage").isNull()).isTrue());
        }
    }

    @Test
    void streamsToolCallInOrder(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = wire.post(withTools("end"));

            String id = id(reply, 1);
            assertThat(id).startsWith("call_");
            assertThat(choices(reply))
                    .containsExactly(
                            "{'delta':{'role':'assistant','content':null,'refusal':null},'finish_reason':null}",
                            "{'delta':{'tool_calls':[{'index':0,'id':'" + id
                                    + "','type':'function','function':{'name':'end-call','arguments':''}}]},"
                                    + "'finish_reason':null}",
                            piece(0, "{\\'why\\':\\'"),
                            piece(0, "done\\'}"),
                            "{'delta':{},'finish_reason':'tool_calls'}");
        }
    }

    @Test
    void streamsTextAndThenParallelCallsInOrder(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = wire.post(withTools("both"));

            assertThat(choices(reply))
                    .containsExactly(
                            "{'delta':{'role':'assistant','content':'','refusal':null},'finish_reason':null}",
                            "{'delta':{'content':'One'},'finish_reason':null}",
                            "{'delta':{'content':' moment.'},'finish_reason':null}",
                            "{'delta':{'tool_calls':[{'index':0,'id':'" + id(reply, 3)
                                    + "','type':'function','function':{'name':'first','arguments':''}}]},"
                                    + "'finish_reason':null}",
                            piece(0, "{\\'a\\':\\'12"),
                            piece(0, "\\'}"),
                            "{'delta':{'tool_calls':[{'index':1,'id':'" + id(reply, 6)
                                    + "','type':'function','function':{'name':'second','arguments':''}}]},"
                                    + "'finish_reason':null}",
                            piece(1, "{}"),
                            "{'delta':{},'finish_reason':'tool_calls'}");
            assertThat(id(reply, 3)).isNotEqualTo(id(reply, 6));
        }
    }

    @Test
    void callsOneToolWhenParallelCallsAreOff(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = wire.post(withTools("both").replaceFirst("\\{", "{\"parallel_tool_calls\":false,"));

            assertThat(reply.body()).contains("\"first\"").doesNotContain("\"second\"");
        }
    }

    @Test
    void fallsThroughWhenTheToolIsNotOfferedOrForbidden(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            assertThat(choices(wire.post(Wire.says("end"))))
                    .contains("{'delta':{'content':'Hello'},'finish_reason':null}");
            assertThat(choices(wire.post(withTools("end").replaceFirst("\\{", "{\"tool_choice\":\"none\","))))
                    .contains("{'delta':{'content':'Hello'},'finish_reason':null}");
        }
    }

    @Test
    void answersWholeWithoutStream(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            JsonNode text = wire.post(Wire.says("hi").replace("true", "false")).json();
            JsonNode call =
                    wire.post(withTools("both").replace("\"stream\":true,", "")).json();

            assertThat(text.path("object").textValue()).isEqualTo("chat.completion");
            assertThat(text.at("/choices/0/message/content").textValue()).isEqualTo("Hello there");
            assertThat(text.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
            assertThat(text.at("/usage/completion_tokens").intValue()).isEqualTo(2);
            assertThat(call.at("/choices/0/message/content").textValue()).isEqualTo("One moment.");
            assertThat(call.at("/choices/0/message/tool_calls/0/function/arguments")
                            .textValue())
                    .isEqualTo("{\"a\":\"12\"}");
            assertThat(call.at("/choices/0/message/tool_calls/1/function/name").textValue())
                    .isEqualTo("second");
            assertThat(call.at("/choices/0/finish_reason").textValue()).isEqualTo("tool_calls");
        }
    }

    @Test
    void stopsAtTheTokenLimit(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = wire.post(Wire.says("hi").replaceFirst("\\{", "{\"max_completion_tokens\":1,"));

            assertThat(choices(reply))
                    .contains("{'delta':{'content':'Hello'},'finish_reason':null}")
                    .endsWith("{'delta':{},'finish_reason':'length'}")
                    .hasSize(3);
        }
    }

    private static String withTools(String words) {
        return Wire.says(words).replaceFirst("\\{", "{" + TOOLS);
    }

    private static String piece(int index, String arguments) {
        return "{'delta':{'tool_calls':[{'index':" + index + ",'function':{'arguments':'" + arguments
                + "'}}]},'finish_reason':null}";
    }

    private static String id(Wire.Reply reply, int chunk) {
        return reply.chunks().get(chunk).at("/choices/0/delta/tool_calls/0/id").textValue();
    }

    /** Returns the choices in single quotes, without the parts that never change. */
    private static List<String> choices(Wire.Reply reply) {
        return reply.chunks().stream()
                .flatMap(chunk -> StreamSupport.stream(chunk.path("choices").spliterator(), false))
                .map(choice -> choice.toString()
                        .replace("\"logprobs\":null,", "")
                        .replace("\"index\":0,\"delta\"", "\"delta\"")
                        .replace('"', '\''))
                .toList();
    }
}
