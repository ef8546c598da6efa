package dev.callbus.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chunks of the compatible servers come to. Source of the quirks: the issues of those servers. */
class ChatStreamTest {
    private final ObjectMapper mapper = new ObjectMapper();
    private final ChatStream stream = new ChatStream(mapper, "test:model");
    private final StringBuilder spoken = new StringBuilder();

    /** Feeds whole chunks; apostrophes stand for quotes. */
    private void chunk(String json) {
        stream.accept(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        spoken.append(stream.takeWords());
    }

    private void delta(String json) {
        chunk("{'choices':[{'index':0,'delta':" + json + ",'finish_reason':null}],'usage':null}");
    }

    private void content(String words) {
        delta("{'content':'" + words + "'}");
    }

    private void tools(String calls) {
        delta("{'tool_calls':[" + calls + "]}");
    }

    private void finish(String reason) {
        chunk("{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}");
        chunk("[DONE]");
    }

    private List<ModelEvent> end() {
        var events = stream.conclude();
        spoken.append(stream.takeWords());
        return events;
    }

    private ModelEvent.ToolCalls toolCalls() {
        var events = end();
        assertThat(events).hasSize(2);
        assertThat(events.get(1)).isInstanceOf(ModelEvent.Finished.class);
        return (ModelEvent.ToolCalls) events.getFirst();
    }

    private void assertCalls(String... namesAndArguments) {
        assertThat(toolCalls().calls().stream()
                        .map(call -> call.name() + call.arguments())
                        .toList())
                .containsExactly(namesAndArguments);
    }

    private void assertFinished(ModelEvent.Usage usage) {
        assertThat(end()).containsExactly(new ModelEvent.Finished("test:model", usage));
    }

    private void assertFailed(ModelFailure failure) {
        assertThat(end())
                .singleElement()
                .isInstanceOfSatisfying(
                        ModelEvent.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(failure));
    }

    /** A stream as OpenAI sends it. */
    @Nested
    class AtOpenAi {
        @Test
        void wordsAreTakenAsTheyComeAndUsageAtTheEnd() {
            delta("{'role':'assistant','content':'','refusal':null}");
            assertThat(stream.takeWords()).isEmpty();
            content("Hel");
            assertThat(spoken).hasToString("Hel");
            content("lo");
            chunk("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}],'usage':null}");
            chunk("{'choices':[],'usage':{'prompt_tokens':9,'completion_tokens':2,"
                    + "'prompt_tokens_details':{'cached_tokens':4}}}");
            assertThat(stream.isOver()).isFalse();
            chunk("[DONE]");
            assertThat(stream.isOver()).isTrue();
            assertFinished(new ModelEvent.Usage(9, 4, 2));
            assertThat(spoken).hasToString("Hello");
        }

        @Test
        void parallelCallsAreMergedByIndexAndWordsBeforeThemAreSpoken() {
            content("One moment.");
            tools("{'index':0,'id':'a','type':'function','function':{'name':'find','arguments':''}}");
            tools("{'index':0,'function':{'arguments':'{\\\"q\\\"'}}");
            tools("{'index':1,'id':'b','type':'function','function':{'name':'ring','arguments':''}}");
            tools("{'index':0,'function':{'arguments':':1}'}}");
            finish("tool_calls");
            assertThat(toolCalls())
                    .isEqualTo(new ModelEvent.ToolCalls(
                            List.of(
                                    new ToolCall("a", "find", "{\"q\":1}", null),
                                    new ToolCall("b", "ring", "{}", null)),
                            null));
            assertThat(spoken).hasToString("One moment.");
        }

        @Test
        void whatFollowsDoneIsIgnored() {
            content("Hi");
            finish("stop");
            content(" again");
            chunk("{'error':{'type':'server_error'}}");
            assertFinished(ModelEvent.Usage.UNKNOWN);
            assertThat(spoken).hasToString("Hi");
        }

        @Test
        void aRefusalIsSpokenAndItsToolsAreNotRun() {
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':'{}'}}");
            delta("{'refusal':'I can not'}");
            delta("{'refusal':' do that.'}");
            finish("stop");
            assertFinished(ModelEvent.Usage.UNKNOWN);
            assertThat(spoken).hasToString("I can not do that.");
        }

        @Test
        void aToolCallThatTheLimitCutIsNotRun() {
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':'{\\\"q\\\":'}}");
            finish("length");
            assertFailed(ModelFailure.BROKEN);
        }

        @Test
        void wordsThatTheLimitCutAreAnAnswer() {
            content("Well");
            finish("length");
            assertFinished(ModelEvent.Usage.UNKNOWN);
        }

        @Test
        void aFilteredAnswerHasFailed() {
            content("Well");
            finish("content_filter");
            assertFailed(ModelFailure.FILTERED);
        }

        @Test
        void anErrorInTheStreamFailsItWithoutItsMessage() {
            content("Well");
            chunk("{'error':{'message':'secret words','type':'server_error','code':null,'param':null}}");
            assertThat(stream.isOver()).isTrue();
            content(" more");
            assertThat(end())
                    .containsExactly(
                            new ModelEvent.Failed(ModelFailure.UNAVAILABLE, "error in the stream type=server_error"));
            assertThat(spoken).hasToString("Well");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'error':{'code':'insufficient_quota'}}",
                    "{'error':{'type':'insufficient_quota','code':null}}"
                })
        void anEmptyAccountIsRecognisedInTheStream(String error) {
            chunk(error);
            assertFailed(ModelFailure.QUOTA_EXHAUSTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{'error':'overloaded'}", "{'error':{}}", "{'error':true}"})
        void anErrorOfAnyShapeFailsTheStream(String error) {
            chunk(error);
            assertFailed(ModelFailure.UNAVAILABLE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{", "<html>", "{'choices':[{'delta':{'content':'x'", "nonsense"})
        void whatIsNotJsonBreaksTheStream(String data) {
            chunk(data);
            assertFailed(ModelFailure.BROKEN);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "null",
                    "[]",
                    "1",
                    "'x'",
                    "{}",
                    "{'choices':1}",
                    "{'choices':[1]}",
                    "{'choices':[null]}",
                    "{'choices':[{'delta':[]}]}",
                    "{'choices':[{'delta':{'content':7,'tool_calls':{}}}]}",
                    "{'choices':[{'delta':{'tool_calls':[]}}]}",
                    "{'error':null}",
                    "{'usage':'none'}"
                })
        void whatSaysNothingIsPassedOver(String data) {
            chunk(data);
            content("Hi");
            finish("stop");
            assertFinished(ModelEvent.Usage.UNKNOWN);
            assertThat(spoken).hasToString("Hi");
        }

        @Test
        void aStreamThatBreaksOffIsBroken() {
            content("Well");
            assertFailed(ModelFailure.BROKEN);
        }

        @Test
        void aStreamWithoutDoneIsWholeAfterItsFinishReason() {
            content("Hi");
            chunk("{'choices':[{'delta':{},'finish_reason':'stop'}]}");
            assertFinished(ModelEvent.Usage.UNKNOWN);
        }
    }

    /** What other servers do differently. */
    @Nested
    class Elsewhere {
        @Test
        void ollamaSendsWholeCallsWithoutIndex() {
            tools("{'id':'a','function':{'name':'find','arguments':'{}'}}");
            tools("{'id':'b','function':{'name':'ring','arguments':'{}'}}");
            finish("tool_calls");
            assertCalls("find{}", "ring{}");
        }

        @Test
        void ollamaGivesSeveralCallsIndexZero() {
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':'{}'}},"
                    + "{'index':0,'id':'b','function':{'name':'find','arguments':'{}'}}");
            finish("tool_calls");
            assertCalls("find{}", "find{}");
        }

        @Test
        void ollamaGivesSeveralCallsIndexZeroAndNoId() {
            tools("{'index':0,'function':{'name':'find','arguments':'{}'}}");
            tools("{'index':0,'function':{'name':'ring','arguments':'{}'}}");
            finish("tool_calls");
            assertCalls("find{}", "ring{}");
        }

        @Test
        void ollamaLeavesOutIndexAndId() {
            tools("{'function':{'name':'find','arguments':'{}'}},{'function':{'name':'find','arguments':'{}'}}");
            finish("stop");
            var calls = toolCalls().calls();
            assertThat(calls)
                    .hasSize(2)
                    .allSatisfy(call -> assertThat(call.id()).matches("call_[0-9a-f]{32}"));
            assertThat(calls.get(0).id()).isNotEqualTo(calls.get(1).id());
        }

        @Test
        void ollamaNativelySendsArgumentsAsAnObject() {
            tools("{'function':{'name':'find','arguments':{'q':[1,'x']}}}");
            finish("stop");
            assertCalls("find{\"q\":[1,\"x\"]}");
        }

        @Test
        void ollamaThinksInReasoning() {
            delta("{'role':'assistant','content':'','reasoning':'Let me see'}");
            content("Hi");
            finish("stop");
            assertFinished(ModelEvent.Usage.UNKNOWN);
            assertThat(spoken).hasToString("Hi");
        }

        @Test
        void vllmLeavesIdsOutOrEmptyOnContinuations() {
            tools("{'index':0,'type':'function','function':{'name':'find'}}");
            tools("{'index':0,'id':'','function':{'name':'','arguments':'{'}}");
            tools("{'index':0,'id':null,'function':{'name':null,'arguments':'}'}}");
            finish("tool_calls");
            assertCalls("find{}");
        }

        @Test
        void vllmSendsAnIdLaterThanTheName() {
            tools("{'index':0,'function':{'name':'find','arguments':''}}");
            tools("{'index':0,'id':'a','function':{'arguments':'{}'}}");
            finish("tool_calls");
            assertThat(toolCalls().calls()).containsExactly(new ToolCall("a", "find", "{}", null));
        }

        @Test
        void vllmReportsUsageWithNullChoicesAndNoFinishReason() {
            delta("{'content':'Hi','tool_calls':null}");
            chunk("{'choices':null,'usage':{'prompt_tokens':3,'completion_tokens':1}}");
            chunk("{'usage':{'prompt_tokens':3,'completion_tokens':2}}");
            chunk("[DONE]");
            assertFinished(new ModelEvent.Usage(3, 0, 2));
        }

        @Test
        void sglangRepeatsTheIdOnEveryDeltaWithIndexZero() {
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':''}}");
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':'{'}}");
            tools("{'index':0,'id':'b','function':{'name':'find','arguments':''}}");
            tools("{'index':0,'id':'b','function':{'arguments':'{\\\"q\\\":2}'}}");
            tools("{'index':0,'id':'a','function':{'arguments':'}'}}");
            finish("tool_calls");
            assertCalls("find{}", "find{\"q\":2}");
        }

        @Test
        void llamaServerSendsTimingsAndReasoningContent() {
            delta("{'reasoning_content':'Hm'}");
            chunk("{'choices':[{'delta':{'content':'Hi'}}],'timings':{'prompt_n':1}}");
            finish("stop");
            assertFinished(ModelEvent.Usage.UNKNOWN);
            assertThat(spoken).hasToString("Hi");
        }

        @Test
        void groqReportsUsageInItsOwnMember() {
            chunk("{'choices':[{'delta':{'content':'Hi'}}],'x_groq':{'id':'r'}}");
            chunk("{'choices':[{'delta':{},'finish_reason':'stop'}],"
                    + "'x_groq':{'id':'r','usage':{'prompt_tokens':5,'completion_tokens':1}}}");
            chunk("[DONE]");
            assertFinished(new ModelEvent.Usage(5, 0, 1));
        }

        @Test
        void azureSendsFilterResultsWithoutChoicesAndWithoutDelta() {
            chunk("{'choices':[],'id':'','model':'','prompt_filter_results':[{'prompt_index':0}]}");
            content("Hi");
            chunk("{'choices':[{'index':0,'content_filter_results':{},'content_filter_offsets':{}}]}");
            finish("stop");
            assertFinished(ModelEvent.Usage.UNKNOWN);
            assertThat(spoken).hasToString("Hi");
        }

        @Test
        void geminiFinishesWithStopAndWantsItsSignatureBack() {
            tools("{'id':'a','function':{'name':'find','arguments':'{}'},"
                    + "'extra_content':{'google':{'thought_signature':'s'}}}");
            finish("stop");
            assertThat(toolCalls().calls())
                    .containsExactly(new ToolCall(
                            "a", "find", "{}", "{\"extra_content\":{\"google\":{\"thought_signature\":\"s\"}}}"));
        }

        @Test
        void geminiSplitsACallWithoutIndex() {
            tools("{'id':'a','function':{'name':'find','arguments':'{'}}");
            tools("{'function':{'arguments':'}'}}");
            tools("{'extra_content':{'google':1}}");
            finish("stop");
            assertThat(toolCalls().calls())
                    .containsExactly(new ToolCall("a", "find", "{}", "{\"extra_content\":{\"google\":1}}"));
        }

        @Test
        void geminiMaySendTheSignatureAheadOfTheCall() {
            tools("{'extra_content':{'google':1}}");
            tools("{'id':'a','function':{'name':'find','arguments':'{}'}}");
            finish("stop");
            assertThat(toolCalls().calls())
                    .containsExactly(new ToolCall("a", "find", "{}", "{\"extra_content\":{\"google\":1}}"));
        }

        @Test
        void deepSeekWantsItsReasoningBackWithTheCalls() {
            delta("{'reasoning_content':'Hm, '}");
            delta("{'reasoning_content':'find.','content':null}");
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':'{}'}}");
            delta("{'extra_content':{'x':1}}");
            finish("tool_calls");
            assertThat(toolCalls().extra())
                    .isEqualTo("{\"reasoning_content\":\"Hm, find.\",\"extra_content\":{\"x\":1}}");
            assertThat(spoken).isEmpty();
        }

        @Test
        void aRepeatedWholeObjectIsNotAppended() {
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':'{\\\"q\\\":1}'}}");
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':'{\\\"q\\\":1}'}}");
            finish("tool_calls");
            assertCalls("find{\"q\":1}");
        }

        @Test
        void twoCallsWithTheSameIdGetDifferentOnes() {
            tools("{'index':0,'id':'a','function':{'name':'find','arguments':'{}'}}");
            tools("{'index':1,'id':'a','function':{'name':'ring','arguments':'{}'}}");
            finish("tool_calls");
            assertThat(toolCalls().calls()).extracting(ToolCall::id).doesNotHaveDuplicates();
        }

        @Test
        void aCallThatNeverGotANameIsNoCall() {
            tools("{'extra_content':{'google':1}}");
            content("Hi");
            finish("stop");
            assertFinished(ModelEvent.Usage.UNKNOWN);
        }
    }

    /** Thoughts among the words. */
    @Nested
    class Thinking {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 7, 100})
        void isNeverSpokenHoweverItIsSplit(int size) {
            var words = "<think>2 < 3 </thin k></think>A < B, <b>C</b><think></think> and <thin";
            for (int at = 0; at < words.length(); at += size) {
                content(words.substring(at, Math.min(words.length(), at + size)));
            }
            finish("stop");
            assertThat(spoken).hasToString("A < B, <b>C</b> and <thin");
        }

        @Test
        void thatNeverEndsIsNotSpoken() {
            content("Hi <think>so");
            finish("stop");
            assertThat(spoken).hasToString("Hi ");
        }
    }
}
