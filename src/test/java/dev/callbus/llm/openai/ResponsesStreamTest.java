package dev.callbus.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.ToolCall;
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

/** What typed events come to. Source: developers.openai.com/api/reference/resources/responses/streaming-events */
class ResponsesStreamTest {
    private final ObjectMapper mapper = new ObjectMapper();
    private final ResponsesStream stream = new ResponsesStream(mapper, "p", "p:model");
    private final StringBuilder spoken = new StringBuilder();

    /** Feeds a whole event; apostrophes stand for quotes. */
    private void event(String type, String members) {
        stream.accept(data(type, members).getBytes(StandardCharsets.UTF_8));
        spoken.append(stream.takeWords());
    }

    private static String data(String type, String members) {
        return ("{'type':'" + type + "','sequence_number':1" + (members.isEmpty() ? "" : ",") + members + "}")
                .replace('\'', '"');
    }

    private void text(String words) {
        event("response.output_text.delta", "'item_id':'m','output_index':0,'content_index':0,'delta':'" + words + "'");
    }

    private void added(int index, String item) {
        event("response.output_item.added", "'output_index':" + index + ",'item':" + item);
    }

    private void itemDone(int index, String item) {
        event("response.output_item.done", "'output_index':" + index + ",'item':" + item);
    }

    private void call(int index, String id, String name) {
        added(
                index,
                "{'type':'function_call','id':'fc_" + id + "','call_id':'" + id + "','name':'" + name
                        + "','arguments':''}");
    }

    private void piece(int index, String id, String arguments) {
        event(
                "response.function_call_arguments.delta",
                "'item_id':'fc_" + id + "','output_index':" + index + ",'delta':'" + arguments + "'");
    }

    private void completed() {
        event(
                "response.completed",
                "'response':{'status':'completed','output':[],'usage':{'input_tokens':9,"
                        + "'input_tokens_details':{'cached_tokens':4},'output_tokens':2,'total_tokens':11}}");
    }

    private ModelEvent.ToolCalls toolCalls() {
        var events = stream.conclude();
        assertThat(events).hasSize(2);
        assertThat(events.get(1)).isInstanceOf(ModelEvent.Finished.class);
        return (ModelEvent.ToolCalls) events.getFirst();
    }

    private void assertFinished() {
        assertThat(stream.conclude())
                .containsExactly(new ModelEvent.Finished("p:model", new ModelEvent.Usage(9, 4, 2)));
    }

    private void assertFailed(ModelFailure failure) {
        assertThat(stream.conclude())
                .singleElement()
                .isInstanceOfSatisfying(
                        ModelEvent.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(failure));
    }

    @Test
    void wordsAreTakenAsTheyComeAndUsageAtTheEnd() {
        event("response.created", "'response':{'id':'resp_1','error':null}");
        added(0, "{'type':'message','id':'m','role':'assistant','content':[]}");
        text("Hel");
        assertThat(spoken).hasToString("Hel");
        text("lo");
        event("response.output_text.done", "'text':'Hello'");
        assertThat(stream.isOver()).isFalse();
        completed();
        assertThat(stream.isOver()).isTrue();
        assertFinished();
        assertThat(spoken).hasToString("Hello");
    }

    @Test
    void whatFollowsTheEndIsIgnored() {
        text("Hi");
        completed();
        text(" again");
        event("error", "'code':'server_error'");
        assertFinished();
        assertThat(spoken).hasToString("Hi");
    }

    @Test
    void reasoningAndUnknownEventsAreNotSpoken() {
        event("response.reasoning_text.delta", "'delta':'Hm'");
        event("response.reasoning_summary_text.delta", "'delta':'Hm'");
        event("response.web_search_call.searching", "'delta':'Hm'");
        event("response.something.new", "'delta':'Hm','error':null");
        stream.accept("{\"delta\":\"untyped\"}".getBytes(StandardCharsets.UTF_8));
        text("<think>Hm</think>Hi");
        completed();
        assertFinished();
        assertThat(spoken).hasToString("Hi");
    }

    @Test
    void twoMessagesAreSpokenApart() {
        added(0, "{'type':'message','id':'m','phase':'commentary'}");
        text("Let me see.");
        added(1, "{'type':'message','id':'n','phase':'final_answer'}");
        text("It works.");
        completed();
        assertThat(spoken).hasToString("Let me see. It works.");
    }

    @Test
    void parallelCallsAreCollectedAndWordsBeforeThemAreSpoken() {
        text("One moment.");
        call(1, "a", "find");
        piece(1, "a", "{\\\"q\\\"");
        call(2, "b", "ring");
        piece(1, "a", ":1}");
        event("response.function_call_arguments.done", "'item_id':'fc_b','output_index':2,'arguments':'{}'");
        completed();
        assertThat(toolCalls())
                .isEqualTo(new ModelEvent.ToolCalls(
                        List.of(new ToolCall("a", "find", "{\"q\":1}", null), new ToolCall("b", "ring", "{}", null)),
                        null));
        assertThat(spoken).hasToString("One moment.");
    }

    @Test
    void wholeArgumentsReplaceTheirPieces() {
        call(0, "a", "find");
        piece(0, "a", "{\\\"q\\\":1}");
        event("response.function_call_arguments.done", "'item_id':'fc_a','output_index':0,'arguments':'{\\\"q\\\":1}'");
        itemDone(0, "{'type':'function_call','id':'fc_a','call_id':'a','name':'find','arguments':'{\\\"q\\\":1}'}");
        completed();
        assertThat(toolCalls().calls()).containsExactly(new ToolCall("a", "find", "{\"q\":1}", null));
    }

    @Test
    void aCallThatOnlyTheLastEventTellsIsACall() {
        event(
                "response.completed",
                "'response':{'output':[{'type':'function_call','id':'fc_a','call_id':'a','name':'find',"
                        + "'arguments':'{}'}]}");
        assertThat(toolCalls().calls()).containsExactly(new ToolCall("a", "find", "{}", null));
    }

    @Test
    void theLastEventDoesNotRepeatCalls() {
        call(0, "a", "find");
        event(
                "response.completed",
                "'response':{'output':[{'type':'function_call','id':'fc_a','call_id':'a','name':'find',"
                        + "'arguments':'{}'}]}");
        assertThat(toolCalls().calls()).hasSize(1);
    }

    @Test
    void callsWithoutIdsGetTheirOwn() {
        added(0, "{'type':'function_call','name':'find'}");
        added(1, "{'type':'function_call','name':'ring'}");
        completed();
        assertThat(toolCalls().calls())
                .extracting(ToolCall::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("call_"));
    }

    @Test
    void encryptedReasoningIsGivenBackWhereItCame() {
        itemDone(0, "{'type':'reasoning','id':'rs_0','summary':[]}");
        itemDone(1, "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'x'}");
        added(2, "{'type':'message','id':'m','phase':'commentary'}");
        text("One moment.");
        itemDone(3, "{'type':'reasoning','id':'rs_3','summary':[],'encrypted_content':'y'}");
        call(4, "a", "find");
        itemDone(4, "{'type':'function_call','id':'fc_a','call_id':'a','name':'find','arguments':'{}'}");
        call(5, "b", "ring");
        completed();
        var calls = toolCalls();
        var message = Echo.read(mapper, "p", calls.extra());
        assertThat(message.phase()).isEqualTo("commentary");
        assertThat(message.reasoning())
                .extracting(item -> item.path("id").asText())
                .containsExactly("rs_1");
        assertThat(Echo.read(mapper, "p", calls.calls().get(0).extra()).reasoning())
                .extracting(item -> item.path("encrypted_content").asText())
                .containsExactly("y");
        assertThat(calls.calls().get(1).extra()).isNull();
        assertThat(Echo.read(mapper, "other", calls.extra()).reasoning()).isEmpty();
    }

    @Test
    void aRefusalIsSpokenAndItsToolsAreNotRun() {
        call(0, "a", "find");
        event("response.refusal.delta", "'delta':'I can not'");
        event("response.refusal.delta", "'delta':' do that.'");
        completed();
        assertFinished();
        assertThat(spoken).hasToString("I can not do that.");
    }

    @Test
    void aToolCallThatTheLimitCutIsNotRun() {
        call(0, "a", "find");
        piece(0, "a", "{\\\"q\\\":");
        event("response.incomplete", "'response':{'incomplete_details':{'reason':'max_output_tokens'}}");
        assertFailed(ModelFailure.BROKEN);
    }

    @Test
    void wordsThatTheLimitCutAreAnAnswer() {
        text("Hi");
        event("response.incomplete", "'response':{'incomplete_details':{'reason':'max_output_tokens'}}");
        assertThat(stream.conclude()).singleElement().isInstanceOf(ModelEvent.Finished.class);
    }

    @Test
    void theContentFilterEndsAnAnswer() {
        text("Hi");
        event("response.incomplete", "'response':{'incomplete_details':{'reason':'content_filter'}}");
        assertFailed(ModelFailure.FILTERED);
    }

    @ParameterizedTest
    @CsvSource({
        "server_error, UNAVAILABLE",
        "rate_limit_exceeded, RATE_LIMITED",
        "insufficient_quota, QUOTA_EXHAUSTED",
        "invalid_prompt, REJECTED"
    })
    void aFailureIsTold(String code, ModelFailure expected) {
        event("response.failed", "'response':{'status':'failed','error':{'code':'" + code + "','message':'no'}}");
        assertFailed(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'code':'rate_limit_exceeded'", "'error':{'code':'rate_limit_exceeded'}"})
    void anErrorEventMayBeFlatOrNested(String members) {
        event("error", members);
        assertFailed(ModelFailure.RATE_LIMITED);
    }

    @Test
    void anErrorWithoutTypeIsAFailure() {
        stream.accept("{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8));
        assertFailed(ModelFailure.UNAVAILABLE);
    }

    @Test
    void aStreamThatBreaksOffIsAFailure() {
        text("Hi");
        call(0, "a", "find");
        assertFailed(ModelFailure.BROKEN);
    }

    @Test
    void anEventThatIsNotJsonIsAFailure() {
        stream.accept("[DONE]".getBytes(StandardCharsets.UTF_8));
        assertFailed(ModelFailure.BROKEN);
    }

    @Property(tries = 300)
    void chunksDoNotMatter(@ForAll long seed) {
        var wire = Buffer.buffer();
        for (var event : List.of(
                data("response.output_item.added", "'output_index':0,'item':{'type':'message','id':'m'}"),
                data("response.output_text.delta", "'item_id':'m','delta':'Grüß '"),
                data("response.output_text.delta", "'logprobs':[],'delta':'Gott 🙂','obfuscation':'xy'"),
                data(
                        "response.output_item.added",
                        "'output_index':1,'item':{'type':'function_call','id':'f','call_id':'a','name':'find'}"),
                data("response.function_call_arguments.delta", "'item_id':'f','delta':'{\\\"ö\\\"'"),
                data("response.function_call_arguments.delta", "'item_id':'f','delta':':1}'"),
                data("response.completed", "'response':{'output':[]}"))) {
            wire.appendString("event: x\r\ndata: " + event + "\r\n\r\n");
        }
        var chunked = new ResponsesStream(mapper, "p", "p:model");
        var decoder = new SseDecoder(1 << 16, chunked::accept);
        var words = new StringBuilder();
        var random = new Random(seed);
        int at = 0;
        while (at < wire.length()) {
            int end = Math.min(wire.length(), at + 1 + random.nextInt(80));
            decoder.decode(wire.getBuffer(at, end));
            words.append(chunked.takeWords());
            at = end;
        }
        assertThat(words).hasToString("Grüß Gott 🙂");
        assertThat(chunked.conclude())
                .first()
                .isEqualTo(new ModelEvent.ToolCalls(List.of(new ToolCall("a", "find", "{\"ö\":1}", null)), null));
    }
}
