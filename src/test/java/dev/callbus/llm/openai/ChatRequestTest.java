package dev.callbus.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.config.LlmSettings;
import dev.callbus.config.Secret;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to a vendor. Source: platform.openai.com/docs/api-reference/chat/create */
class ChatRequestTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final LlmSettings.Provider PLAIN = new LlmSettings.Provider(
            "p",
            LlmSettings.Api.OPENAI_CHAT,
            URI.create("http://127.0.0.1:1/v1"),
            Secret.NONE,
            "m",
            "system",
            null,
            "max_tokens",
            null,
            null,
            false);

    private static JsonNode body(LlmSettings.Provider provider, List<ToolSpec> tools, ChatMessage... messages)
            throws Exception {
        var request = new LlmProtocol.Generate("CA1", List.of(messages), tools);
        return MAPPER.readTree(new ChatRequest(MAPPER, provider).body(request).getBytes());
    }

    private static JsonNode json(String json) throws Exception {
        return MAPPER.readTree(json.replace('\'', '"'));
    }

    @Test
    void aPlainConversationHoldsOnlyWhatIsSet() throws Exception {
        assertThat(body(PLAIN, List.of(), new ChatMessage.Instructions("Be brief"), new ChatMessage.Caller("Hi")))
                .isEqualTo(json("""
                        {'model':'m','stream':true,'stream_options':{'include_usage':true},'messages':[
                         {'role':'system','content':'Be brief'},{'role':'user','content':'Hi'}]}"""));
    }

    @Test
    void settingsAreSentUnderTheProvidersNames() throws Exception {
        var provider = new LlmSettings.Provider(
                "p",
                LlmSettings.Api.OPENAI_CHAT,
                URI.create("https://api.openai.com/v1"),
                new Secret("key"),
                "m",
                "developer",
                50,
                "max_completion_tokens",
                0.5,
                "low",
                false);
        assertThat(body(provider, List.of(), new ChatMessage.Instructions("Be brief")))
                .isEqualTo(json("""
                {'model':'m','stream':true,'stream_options':{'include_usage':true,'include_obfuscation':false},
                 'max_completion_tokens':50,'temperature':0.5,'reasoning_effort':'low',
                 'messages':[{'role':'developer','content':'Be brief'}]}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, true",
        "https://API.openai.com/v1, true",
        "https://api.openai.com.example.org/v1, false",
        "http://127.0.0.1:11434/v1, false",
    })
    void onlyOpenAiIsToldToLeaveOutTheObfuscation(URI url, boolean expected) throws Exception {
        assertThat(body(PLAIN.at(url), List.of()).path("stream_options").has("include_obfuscation"))
                .isEqualTo(expected);
    }

    @Test
    void toolCallsAndTheirResultsAreSentWithWhatTheVendorWantsBack() throws Exception {
        var calls = List.of(
                new ToolCall("a", "find", "{\"q\":1}", "{\"extra_content\":{\"google\":{\"s\":\"x\"}}}"),
                new ToolCall("b", "ring", "{}", null));
        assertThat(body(
                                PLAIN,
                                List.of(),
                                new ChatMessage.Assistant("", calls, "{\"reasoning_content\":\"Hm\"}"),
                                new ChatMessage.ToolResult("a", "find", "found"),
                                new ChatMessage.ToolResult("b", "ring", "rang"),
                                new ChatMessage.Assistant("Done.", List.of(), null))
                        .get("messages"))
                .isEqualTo(json("""
                        [{'role':'assistant','content':null,'tool_calls':[
                           {'id':'a','type':'function','function':{'name':'find','arguments':'{\\"q\\":1}'},
                            'extra_content':{'google':{'s':'x'}}},
                           {'id':'b','type':'function','function':{'name':'ring','arguments':'{}'}}],
                          'reasoning_content':'Hm'},
                         {'role':'tool','tool_call_id':'a','content':'found'},
                         {'role':'tool','tool_call_id':'b','content':'rang'},
                         {'role':'assistant','content':'Done.'}]"""));
    }

    @Test
    void deepSeekGetsItsReasoningBackWithTheCallsThatFollowedFromIt() throws Exception {
        var stream = new ChatStream(MAPPER, "deepseek:m");
        for (var chunk : List.of(
                "{'choices':[{'delta':{'role':'assistant','content':null,'reasoning_content':'Hm, '}}]}",
                "{'choices':[{'delta':{'content':null,'reasoning_content':'find.'}}]}",
                "{'choices':[{'delta':{'content':'One moment.','reasoning_content':null}}]}",
                "{'choices':[{'delta':{'tool_calls':[{'index':0,'id':'a','type':'function',"
                        + "'function':{'name':'find','arguments':'{}'}}]}}]}",
                "{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}")) {
            stream.accept(chunk.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
        assertThat(stream.takeWords()).isEqualTo("One moment.");
        var calls = (ModelEvent.ToolCalls) stream.conclude().getFirst();
        assertThat(body(
                                PLAIN,
                                List.of(),
                                new ChatMessage.Assistant("One moment.", calls.calls(), calls.extra()),
                                new ChatMessage.ToolResult("a", "find", "found"))
                        .get("messages"))
                .isEqualTo(json("""
                        [{'role':'assistant','content':'One moment.','reasoning_content':'Hm, find.','tool_calls':[
                           {'id':'a','type':'function','function':{'name':'find','arguments':'{}'}}]},
                         {'role':'tool','tool_call_id':'a','content':'found'}]"""));
    }

    @Test
    void toolsAreSentWithTheirSchema() throws Exception {
        var tool = new ToolSpec("find", "Finds.", "{\"type\":\"object\",\"properties\":{}}");
        assertThat(body(PLAIN, List.of(tool)).get("tools")).isEqualTo(json("""
                [{'type':'function','function':{'name':'find','description':'Finds.',
                  'parameters':{'type':'object','properties':{}}}}]"""));
    }

    @Test
    void aSchemaThatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> body(PLAIN, List.of(new ToolSpec("find", "Finds.", "{"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
