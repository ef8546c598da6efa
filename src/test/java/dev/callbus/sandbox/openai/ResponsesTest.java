package dev.callbus.sandbox.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source: developers.openai.com/api/reference/resources/responses/streaming-events */
@ExtendWith(VertxExtension.class)
class ResponsesTest {
    private static final String SCRIPT = """
            rules:
              - {when: {caller: "end"}, say: "One moment.", call: [{name: end-call, arguments: {why: done}}]}
              - {when: {tool: end-call}, say: "Goodbye."}
            otherwise: {say: "Hello there you"}
            """;
    private static final String PLAIN = "'model':'m','stream':true,'store':false,'input':'hi'";
    private static final String TOOL = "'tools':[{'type':'function','name':'end-call','parameters':{'type':'object'}}]";
    private static final String CALL = "{'type':'function_call','call_id':'a','name':'end-call','arguments':'{}'}";
    private static final String OUTPUT = "{'type':'function_call_output','call_id':'a','output':'ok'}";

    private static Wire.Reply post(Wire wire, String members) throws Exception {
        return wire.call(HttpMethod.POST, "/v1/responses", "Bearer any", ("{" + members + "}").replace('\'', '"'));
    }

    private static String input(String... items) {
        return PLAIN.replace("'hi'", "[{'role':'user','content':'end'}," + String.join(",", items) + "]") + "," + TOOL;
    }

    private static String type(JsonNode event) {
        return event.path("type").textValue();
    }

    private static void assertNumbered(Wire.Reply reply) {
        assertThat(reply.chunks())
                .extracting(event -> event.path("sequence_number").intValue())
                .containsExactlyElementsOf(
                        IntStream.range(0, reply.chunks().size()).boxed().toList());
    }

    @Test
    void streamsTextAsTypedEvents(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = post(wire, PLAIN);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.chunks())
                    .extracting(ResponsesTest::type)
                    .containsExactly(
                            "response.created",
                            "response.in_progress",
                            "response.output_item.added",
                            "response.content_part.added",
                            "response.output_text.delta",
                            "response.output_text.delta",
                            "response.output_text.delta",
                            "response.output_text.done",
                            "response.content_part.done",
                            "response.output_item.done",
                            "response.completed");
            assertNumbered(reply);
            assertThat(reply.body().lines().filter(line -> line.startsWith("event: ")))
                    .containsExactlyElementsOf(reply.chunks().stream()
                            .map(event -> "event: " + type(event))
                            .toList());
            JsonNode end = reply.chunks().getLast();
            assertThat(end.at("/response/output/0/content/0/text").textValue()).isEqualTo("Hello there you");
            assertThat(end.at("/response/usage/output_tokens").intValue()).isEqualTo(3);
            assertThat(end.at("/response/store").booleanValue()).isFalse();
            assertThat(reply.body()).doesNotContain("[DONE]");
        }
    }

    @Test
    void streamsCallsAndReadsTheirOutputs(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = post(wire, PLAIN.replace("'hi'", "'end'") + "," + TOOL);
            JsonNode call = reply.chunks().getLast().at("/response/output/1");

            assertThat(call.path("type").textValue()).isEqualTo("function_call");
            assertThat(call.path("call_id").textValue()).startsWith("call_");
            assertThat(call.path("arguments").textValue()).isEqualTo("{\"why\":\"done\"}");
            assertThat(reply.chunks())
                    .extracting(ResponsesTest::type)
                    .containsSubsequence(
                            "response.output_item.added",
                            "response.function_call_arguments.delta",
                            "response.function_call_arguments.done",
                            "response.output_item.done",
                            "response.completed");
            assertNumbered(reply);
            assertThat(post(wire, input(CALL, OUTPUT)).body()).contains("Goodbye.");
        }
    }

    @Test
    void theLimitMakesAResponseIncomplete(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = post(wire, PLAIN + ",'max_output_tokens':2");

            JsonNode end = reply.chunks().getLast();
            assertThat(type(end)).isEqualTo("response.incomplete");
            assertThat(end.at("/response/incomplete_details/reason").textValue())
                    .isEqualTo("max_output_tokens");
            assertThat(end.at("/response/output/0/content/0/text").textValue()).isEqualTo("Hello there");
            assertNumbered(reply);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'messages':[]| moved to 'input'",
                "'max_tokens':5| moved to 'max_output_tokens'",
                "'max_completion_tokens':5| moved to 'max_output_tokens'",
                "'reasoning_effort':'low'| moved to 'reasoning.effort'",
                "'previous_response_id':'resp_1'| Unknown parameter: 'previous_response_id'",
                "'stream_options':{'include_usage':true}| Unknown parameter: 'stream_options.include_usage'",
                "'tools':[{'type':'function','function':{'name':'f'}}]| Missing required parameter: 'tools[0].name'",
                "'tools':[{'type':'function','name':'f','function':{}}]| Unknown parameter: 'tools[0].function'",
                "'temperature':3| above maximum value",
            })
    void refusesWordsOfChatCompletionsAndUnknownOnes(String members, String complaint, Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = post(wire, PLAIN + "," + members);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().at("/error/message").textValue()).contains(complaint);
        }
    }

    @Test
    void s13_refusesToStore(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            for (var stored : new String[] {"", "'store':true,", "'store':null,"}) {
                Wire.Reply reply = post(wire, PLAIN.replace("'store':false,", stored));
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.json().at("/error/param").textValue()).isEqualTo("store");
            }
        }
    }

    @Test
    void refusesHistoriesThatAreNotWhole(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            assertRefused(post(wire, input(CALL)), 400, "No tool output found for function call a.");
            assertRefused(post(wire, input(OUTPUT)), 400, "No tool call found for function call output");
            assertRefused(post(wire, input(CALL, CALL, OUTPUT)), 400, "Duplicate function call");
            assertRefused(post(wire, input("{'role':'tool','content':'x'}")), 400, "Invalid value: 'tool'");
            assertRefused(
                    post(wire, input("{'role':'assistant','content':'x','tool_calls':[]}")),
                    400,
                    "input[1].tool_calls");
            assertRefused(
                    post(wire, input("{'type':'reasoning','id':'rs_1','summary':[]}")), 404, "Items are not persisted");
            assertRefused(post(wire, PLAIN.replace("'stream':true", "'stream':false")), 400, "only streams");
        }
    }

    private static void assertRefused(Wire.Reply reply, int status, String complaint) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().at("/error/message").textValue()).contains(complaint);
    }
}
