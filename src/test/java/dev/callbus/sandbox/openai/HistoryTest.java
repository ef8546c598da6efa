package dev.callbus.sandbox.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.sandbox.openai.ApiError.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {
    private static final String CALLS_A = "{'role':'assistant','content':null,'tool_calls':[" + call("a") + "]}";
    private static final String CALLS_A_B = "{'role':'assistant','tool_calls':[" + call("a") + "," + call("b") + "]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SYSTEM",
                "USER, CALL(a), TOOL(a)",
                "USER, CALL(a b), TOOL(b), TOOL(a), USER",
                "USER, CALL(a), TOOL(a), CALL(a), TOOL(a), SAYS"
            })
    void acceptsWholeHistories(String history) {
        assertThat(RequestReader.read(RequestReader.parse(body(history))).messages())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "USER, CALL(a) | messages.[2].role | did not have response messages: a",
                "USER, CALL(a b), TOOL(a) | messages.[3].role | did not have response messages: b",
                "USER, CALL(a), USER, TOOL(a) | messages.[2].role | did not have response messages: a",
                "USER, CALL(a), SYSTEM, TOOL(a) | messages.[2].role | did not have response messages: a",
                "USER, CALL(a b), TOOL(a), SAYS | messages.[3].role | did not have response messages: b",
                "USER, CALL(a), TOOL(a), TOOL(a) | messages.[3].role | must be a response to a preceeding message",
                "USER, CALL(a), TOOL(b) | messages.[2].role | must be a response to a preceeding message",
                "USER, TOOL(a) | messages.[1].role | must be a response to a preceeding message",
                "USER, SAYS, TOOL(a) | messages.[2].role | must be a response to a preceeding message",
                "USER, CALL(a), TOOL(a), USER, TOOL(a) | messages.[4].role | must be a response to a preceeding message",
                "{'role':'assistant','tool_calls':[]} | messages[0].tool_calls | empty array",
                "{'role':'user','content':'x','tool_calls':[A]} | messages[0].tool_calls | only allowed in messages with role 'assistant'",
                "{'role':'assistant','tool_calls':[A,A]} | messages[0].tool_calls[1].id | Duplicate value for 'tool_call_id' of 'a'",
                "{'role':'assistant','tool_calls':[{'type':'function','function':{'name':'f','arguments':'{}'}}]} | messages[0].tool_calls[0].id | Missing required",
                "{'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f','arguments':'{}'}}]} | messages[0].tool_calls[0].type | Missing required",
                "{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f'}}]} | messages[0].tool_calls[0].function.arguments | Missing required",
                "{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f','arguments':{}}}]} | messages[0].tool_calls[0].function.arguments | expected a string, but got an object",
                "{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'a b','arguments':'{}'}}]} | messages[0].tool_calls[0].function.name | does not match pattern",
                "{'role':'tool','content':'x'} | messages[0].tool_call_id | Missing required",
                "USER, CALL(a), {'role':'tool','tool_call_id':'a'} | messages[2].content | Missing required"
            })
    void refusesBrokenHistories(String history, String param, String message) {
        assertThatThrownBy(() -> RequestReader.read(RequestReader.parse(body(history))))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.error().status()).isEqualTo(400);
                    assertThat(refusal.error().param()).isEqualTo(param);
                    assertThat(refusal.error().message()).contains(message);
                });
    }

    private static byte[] body(String history) {
        String messages = history.replace("CALL(a b)", CALLS_A_B)
                .replace("CALL(a)", CALLS_A)
                .replaceAll("TOOL\\((\\w)\\)", "{'role':'tool','tool_call_id':'$1','content':'done'}")
                .replace("USER", "{'role':'user','content':'hi'}")
                .replace("SAYS", "{'role':'assistant','content':'hm'}")
                .replace("SYSTEM", "{'role':'developer','content':[{'type':'text','text':'be kind'}]}")
                .replaceAll("\\bA\\b", call("a"));
        return ("{'model':'m','messages':[" + messages + "]}")
                .replace('\'', '"')
                .getBytes(UTF_8);
    }

    private static String call(String id) {
        return "{'id':'" + id + "','type':'function','function':{'name':'f','arguments':'{}'}}";
    }
}
