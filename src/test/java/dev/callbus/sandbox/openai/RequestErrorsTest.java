package dev.callbus.sandbox.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class RequestErrorsTest {
    private static final String SCRIPT = "{missingModels: [gone], otherwise: {say: hello}}";
    private static final String USER = "{'role':'user','content':'hi'}";

    /** Body in single quotes; USER stands for a user message; expected code and param, empty for null. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "not json | '' | '' | We could not parse the JSON body",
                "[] | '' | '' | We could not parse the JSON body",
                "{'model':'m','messages':[USER]} x | '' | '' | We could not parse the JSON body",
                "{'messages':[USER]} | '' | '' | you must provide a model parameter",
                "{'model':7,'messages':[USER]} | invalid_type | model | expected a string, but got an integer",
                "{'model':'m'} | missing_required_parameter | messages | Missing required parameter: 'messages'.",
                "{'model':'m','messages':[]} | empty_array | messages | empty array",
                "{'model':'m','messages':'hi'} | invalid_type | messages | expected an array of objects",
                "{'model':'m','messages':['hi']} | invalid_type | messages[0] | expected an object",
                "{'model':'m','messages':[{'content':'hi'}]} | missing_required_parameter | messages[0].role | Missing required",
                "{'model':'m','messages':[{'role':'boss','content':'hi'}]} | invalid_value | messages[0].role | Invalid value: 'boss'",
                "{'model':'m','messages':[{'role':'user'}]} | missing_required_parameter | messages[0].content | Missing required",
                "{'model':'m','messages':[{'role':'user','content':null}]} | invalid_type | messages[0].content | but got null",
                "{'model':'m','messages':[{'role':'user','content':5}]} | invalid_type | messages[0].content | string or array of objects, but got an integer",
                "{'model':'m','messages':[{'role':'user','content':[{'type':'smell'}]}]} | invalid_value | messages[0].content[0].type | Invalid value: 'smell'",
                "{'model':'m','messages':[{'role':'assistant','content':null}]} | invalid_type | messages[0].content | but got null",
                "{'model':'m','messages':[USER],'stream':'yes'} | invalid_type | stream | expected a boolean",
                "{'model':'m','messages':[USER],'stream_options':{'include_usage':true}} | '' | stream_options | only allowed when 'stream' is enabled",
                "{'model':'m','messages':[USER],'temperature':3} | decimal_above_max_value | temperature | Expected a value <= 2",
                "{'model':'m','messages':[USER],'max_tokens':0} | integer_below_min_value | max_tokens | Expected a value >= 1",
                "{'model':'m','messages':[USER],'max_tokens':1,'max_completion_tokens':1} | invalid_parameter_combination | max_tokens | not supported",
                "{'model':'m','messages':[USER],'n':2} | unsupported_value | n | one answer",
                "{'model':'m','messages':[USER],'temprature':1} | '' | '' | Unrecognized request argument supplied: temprature",
                "{'model':'m','messages':[USER],'tools':[]} | empty_array | tools | empty array",
                "{'model':'m','messages':[USER],'tools':[{'type':'function','function':{'name':'end call'}}]} | invalid_value | tools[0].function.name | does not match pattern",
                "{'model':'m','messages':[USER],'tools':[{'type':'function','function':{'name':''}}]} | invalid_value | tools[0].function.name | does not match pattern",
                "{'model':'m','messages':[USER],'tools':[{'type':'function','function':{'name':'LONG'}}]} | string_above_max_length | tools[0].function.name | maximum length 64, but got a string with length 65",
                "{'model':'m','messages':[USER],'tools':[{'type':'function','function':{}}]} | missing_required_parameter | tools[0].function.name | Missing required",
                "{'model':'m','messages':[USER],'tools':[{'type':'function','function':{'name':'f','parameters':'x'}}]} | invalid_type | tools[0].function.parameters | expected an object",
                "{'model':'m','messages':[USER],'tool_choice':'auto'} | '' | tool_choice | only allowed when 'tools' are specified",
                "{'model':'m','messages':[USER],'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'function','function':{'name':'g'}}} | '' | tool_choice | 'g' not found"
            })
    void refusesFaultyRequests(String body, String code, String param, String message, Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            String sent =
                    body.replace("USER", USER).replace("LONG", "f".repeat(65)).replace('\'', '"');

            Wire.Reply reply = wire.post(sent);

            assertThat(reply.status()).isEqualTo(400);
            JsonNode error = error(reply, code, param);
            assertThat(error.path("message").textValue()).contains(message);
            assertThat(wire.nextEnded())
                    .matches(request -> request.status() == 400)
                    .extracting(RecordedRequest::outcome)
                    .isEqualTo(Outcome.FAILED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "Basic abc", "Bearer", "'Bearer  '"})
    void refusesMissingKeys(@Nullable String authorization, Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            for (Wire.Reply reply : new Wire.Reply[] {
                wire.call(HttpMethod.POST, "/v1/chat/completions", authorization, Wire.says("hi")),
                wire.call(HttpMethod.GET, "/v1/models", authorization, "")
            }) {
                assertThat(reply.status()).isEqualTo(401);
                error(reply, "invalid_api_key", "");
            }
        }
    }

    @Test
    void refusesModelsThatTheScriptCallsMissing(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = wire.post(Wire.says("hi").replace("\"m\"", "\"gone\""));

            assertThat(reply.status()).isEqualTo(404);
            assertThat(error(reply, "model_not_found", "").path("message").textValue())
                    .isEqualTo("The model `gone` does not exist or you do not have access to it.");
        }
    }

    @Test
    void refusesOtherMethodsAndPaths(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply get = wire.call(HttpMethod.GET, "/v1/chat/completions", "Bearer k", "");
            Wire.Reply post = wire.call(HttpMethod.POST, "/v1/models", "Bearer k", "{}");
            Wire.Reply elsewhere = wire.call(HttpMethod.GET, "/v1/embeddings", "Bearer k", "");

            assertThat(get.status()).isEqualTo(405);
            assertThat(get.headers().get("allow")).isEqualTo("POST");
            error(get, "method_not_supported", "");
            assertThat(post.status()).isEqualTo(405);
            assertThat(post.headers().get("allow")).isEqualTo("GET");
            assertThat(elsewhere.status()).isEqualTo(404);
            assertThat(error(elsewhere, "", "").path("message").textValue())
                    .isEqualTo("Invalid URL (GET /v1/embeddings)");
        }
    }

    @Test
    void listsItsModel(Vertx vertx) throws Exception {
        try (var wire = new Wire(vertx, SCRIPT)) {
            Wire.Reply reply = wire.call(HttpMethod.GET, "/v1/models", "bearer k", "");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().at("/data/0/id").textValue()).isEqualTo("callbus-sandbox");
        }
    }

    private static JsonNode error(Wire.Reply reply, String code, String param) {
        assertThat(reply.headers().get("content-type")).isEqualTo("application/json");
        assertThat(reply.headers().get("x-request-id")).startsWith("req_");
        JsonNode error = reply.json().path("error");
        assertThat(error.path("type").textValue()).isEqualTo("invalid_request_error");
        assertThat(error.path("code").asText("")).isEqualTo(code.replace("'", ""));
        assertThat(error.path("param").asText("")).isEqualTo(param.replace("'", ""));
        assertThat(error.path("code").isNull()).isEqualTo(code.replace("'", "").isEmpty());
        assertThat(error.path("param").isNull())
                .isEqualTo(param.replace("'", "").isEmpty());
        return error;
    }
}
