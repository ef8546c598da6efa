package dev.callbus.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.config.LlmSettings;
import dev.callbus.config.Secret;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelChoice;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is sent to the Responses API. Source: developers.openai.com/api/reference/resources/responses/methods/create */
class ResponsesRequestTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ToolSpec FIND = new ToolSpec("find", "Finds.", "{\"type\":\"object\",\"properties\":{}}");

    private static LlmSettings.Provider provider(
            @Nullable Integer maxTokens, @Nullable Double temperature, @Nullable String effort) {
        return new LlmSettings.Provider(
                "p",
                LlmSettings.Api.OPENAI_RESPONSES,
                URI.create("http://127.0.0.1:1/v1"),
                Secret.NONE,
                "m",
                "developer",
                maxTokens,
                "max_tokens",
                temperature,
                effort,
                false);
    }

    private static JsonNode body(LlmSettings.Provider provider, List<ToolSpec> tools, ChatMessage... messages)
            throws Exception {
        var request = new LlmProtocol.Generate("CA1", List.of(messages), tools);
        return MAPPER.readTree(
                new ResponsesRequest(MAPPER, provider).body(request).getBytes());
    }

    private static JsonNode input(ChatMessage... messages) throws Exception {
        return body(provider(null, null, null), List.of(), messages).get("input");
    }

    private static JsonNode json(String json) throws Exception {
        return MAPPER.readTree(json.replace('\'', '"'));
    }

    @Test
    void s13_nothingIsStoredAtTheVendor() throws Exception {
        var calls = List.of(new ToolCall("a", "find", "{}", null));
        for (var effort : new String[] {null, "low"}) {
            assertThat(body(
                                    provider(50, 0.5, effort),
                                    List.of(FIND),
                                    new ChatMessage.Caller("Hi"),
                                    new ChatMessage.Assistant("", calls, null),
                                    new ChatMessage.ToolResult("a", "find", "found"))
                            .get("store"))
                    .isEqualTo(json("false"));
        }
    }

    @Test
    void aPlainConversationHoldsOnlyWhatIsSet() throws Exception {
        assertThat(body(
                        provider(null, null, null),
                        List.of(),
                        new ChatMessage.Instructions("Be brief"),
                        new ChatMessage.Instructions("Be kind"),
                        new ChatMessage.Caller("Hi"),
                        new ChatMessage.Assistant("Hello.", List.of(), null),
                        new ChatMessage.Instructions("The caller was silent"),
                        new ChatMessage.Caller("Bye")))
                .isEqualTo(json("""
                        {'model':'m','stream':true,'store':false,'stream_options':{'include_obfuscation':false},
                         'instructions':'Be brief\\n\\nBe kind','input':[
                         {'role':'user','content':'Hi'},{'role':'assistant','content':'Hello.'},
                         {'role':'developer','content':'The caller was silent'},{'role':'user','content':'Bye'}]}"""));
    }

    @Test
    void settingsAreSentUnderTheNamesOfThisApi() throws Exception {
        assertThat(body(provider(50, 0.5, "low"), List.of(), new ChatMessage.Caller("Hi")))
                .isEqualTo(json("""
                        {'model':'m','stream':true,'store':false,'stream_options':{'include_obfuscation':false},
                         'max_output_tokens':50,'temperature':0.5,'reasoning':{'effort':'low'},
                         'include':['reasoning.encrypted_content'],'input':[{'role':'user','content':'Hi'}]}"""));
    }

    @Test
    void theInputIsNeverEmpty() throws Exception {
        var body = body(provider(null, null, null), List.of(), new ChatMessage.Instructions("Greet"));
        assertThat(body.has("instructions")).isFalse();
        assertThat(body.get("input")).isEqualTo(json("[{'role':'developer','content':'Greet'}]"));
    }

    @Test
    void theConversationsModelIsAsked() throws Exception {
        var request = new LlmProtocol.Generate(
                "CA1", List.of(new ChatMessage.Caller("Hi")), List.of(), new ModelChoice(null, "other"));
        var body = new ResponsesRequest(MAPPER, provider(null, null, null)).body(request);
        assertThat(MAPPER.readTree(body.getBytes()).get("model").asText()).isEqualTo("other");
    }

    @Test
    void toolsAreFlat() throws Exception {
        var tools = body(provider(null, null, null), List.of(FIND), new ChatMessage.Caller("Hi"))
                .get("tools");
        assertThat(tools).isEqualTo(json("""
                [{'type':'function','name':'find','description':'Finds.','strict':false,
                  'parameters':{'type':'object','properties':{}}}]"""));
    }

    @Test
    void flatAndNestedSpellingsOfToolsDoNotLeak() throws Exception {
        var calls = List.of(new ToolCall("a", "find", "{}", null));
        var request = new LlmProtocol.Generate(
                "CA1",
                List.of(
                        new ChatMessage.Caller("Hi"),
                        new ChatMessage.Assistant("", calls, null),
                        new ChatMessage.ToolResult("a", "find", "found")),
                List.of(FIND));
        var flat = MAPPER.readTree(new ResponsesRequest(MAPPER, provider(null, null, null))
                .body(request)
                .getBytes());
        assertThat(flat.findValue("function")).isNull();
        assertThat(flat.findValue("tool_calls")).isNull();
        assertThat(flat.findValue("messages")).isNull();
        var nested = MAPPER.readTree(new ChatRequest(MAPPER, provider(null, null, null))
                .body(request)
                .getBytes());
        assertThat(nested.get("tools"))
                .allSatisfy(tool ->
                        assertThat(tool.fieldNames()).toIterable().containsExactlyInAnyOrder("type", "function"));
        for (var flatWord : List.of("call_id", "input", "instructions", "store")) {
            assertThat(nested.findValue(flatWord)).as(flatWord).isNull();
        }
    }

    @Test
    void callsAndTheirResultsAreItems() throws Exception {
        var calls = List.of(new ToolCall("a", "find", "{\"q\":1}", null), new ToolCall("b", "ring", "{}", null));
        assertThat(input(
                        new ChatMessage.Assistant("One moment.", calls, null),
                        new ChatMessage.ToolResult("a", "find", "found"),
                        new ChatMessage.ToolResult("b", "ring", "rang")))
                .isEqualTo(json("""
                        [{'role':'assistant','content':'One moment.'},
                         {'type':'function_call','call_id':'a','name':'find','arguments':'{\\"q\\":1}'},
                         {'type':'function_call','call_id':'b','name':'ring','arguments':'{}'},
                         {'type':'function_call_output','call_id':'a','output':'found'},
                         {'type':'function_call_output','call_id':'b','output':'rang'}]"""));
    }

    @Test
    void reasoningIsSentBackBeforeWhatFollowedFromIt() throws Exception {
        var thought = json("{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'x'}");
        var second = json("{'type':'reasoning','id':'rs_2','summary':[],'encrypted_content':'y'}");
        var message = new Echo(List.of(thought), "commentary").write(MAPPER, "p");
        var call = new Echo(List.of(second), null).write(MAPPER, "p");
        assertThat(input(new ChatMessage.Assistant(
                        "One moment.", List.of(new ToolCall("a", "find", "{}", call)), message)))
                .isEqualTo(MAPPER.createArrayNode()
                        .add(thought)
                        .add(json("{'role':'assistant','content':'One moment.','phase':'commentary'}"))
                        .add(second)
                        .add(json("{'type':'function_call','call_id':'a','name':'find','arguments':'{}'}")));
    }

    @Test
    void whatOtherProvidersWantBackIsNotSent() throws Exception {
        var thought = json("{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'x'}");
        var other = new Echo(List.of(thought), null).write(MAPPER, "other");
        var deepSeek = "{\"reasoning_content\":\"Hm\"}";
        var conversation = new ChatMessage[] {
            new ChatMessage.Assistant("One moment.", List.of(new ToolCall("a", "find", "{}", other)), deepSeek),
            new ChatMessage.ToolResult("a", "find", "found")
        };
        assertThat(input(conversation).toString()).doesNotContain("reasoning");
        var request = new LlmProtocol.Generate("CA1", List.of(conversation), List.of());
        var chat = new ChatRequest(MAPPER, provider(null, null, null)).body(request);
        assertThat(chat.toString()).doesNotContain("encrypted_content").contains("reasoning_content");
    }

    @Test
    void aSchemaThatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> body(provider(null, null, null), List.of(new ToolSpec("find", "Finds.", "{"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
