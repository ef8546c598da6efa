package dev.callbus.sandbox.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.sandbox.openai.ChatRequest.Options;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class QuirksTest {

    @Test
    void sendsCallsInOneDelta() {
        assertThat(calls("toolCallInOneDelta"))
                .extracting(call -> call.at("/function/arguments").asText())
                .containsExactly("{\"text\":\"some words\"}", "{}");
    }

    @Test
    void sendsArgumentsAsObjects() {
        assertThat(calls("objectArguments"))
                .extracting(call -> call.at("/function/arguments").isObject())
                .containsExactly(true, true);
    }

    @Test
    void leavesIndexesOut() {
        assertThat(calls("noToolIndex")).hasSizeGreaterThan(4).noneMatch(call -> call.has("index"));
    }

    @Test
    void givesAllCallsTheSameIndex() {
        assertThat(calls("indexAlwaysZero")).allMatch(call -> call.path("index").intValue() == 0);
        assertThat(calls("comments")).anyMatch(call -> call.path("index").intValue() == 1);
    }

    @Test
    void leavesIdsOut() {
        assertThat(calls("noToolIds")).noneMatch(call -> call.has("id"));
    }

    @Test
    void repeatsIds() {
        assertThat(calls("repeatedToolIds")).allMatch(call -> call.has("id"));
        assertThat(calls("repeatedToolIds").stream().map(call -> call.get("id")).distinct())
                .hasSize(2);
    }

    @Test
    void endsLinesWithCrLf() {
        assertThat(stream("crlf")).endsWith("data: [DONE]\r\n\r\n").doesNotContainPattern("[^\\r]\\n");
    }

    @Test
    void sendsComments() {
        assertThat(stream("comments")).startsWith(": keep-alive\n\ndata: ");
    }

    @Test
    void leavesDoneOut() {
        assertThat(stream("noDone")).doesNotContain("[DONE]").contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void sendsUsageWithNullChoices() {
        assertThat(stream("nullChoicesUsage")).contains("\"choices\":null").contains("\"total_tokens\"");
    }

    @Test
    void sendsFilterResultsFirst() {
        List<JsonNode> chunks = chunks("promptFilter");
        assertThat(chunks.getFirst().path("choices").isEmpty()).isTrue();
        assertThat(chunks.getFirst().path("id").textValue()).isEmpty();
        assertThat(chunks.get(2).at("/choices/0").has("delta")).isFalse();
    }

    @Test
    void thinksAloud() {
        assertThat(text("thinkTags")).isEqualTo("<think>The caller wants help.</think>Let me see.");
        assertThat(text("reasoningContent")).isEqualTo("Let me see.");
        assertThat(stream("reasoningContent")).contains("{\"reasoning_content\":\"The caller\"}");
    }

    @Test
    void breaksOffWithAnErrorObject() {
        assertThat(stream("errorInStream")).contains("data: {\"error\":{").doesNotContain("[DONE]", "tool_calls\"}");
        assertThat(plan("errorInStream").getLast()).isEqualTo(new Step.End(Outcome.FAILED));
    }

    @Test
    void misstatesTheFinishReason() {
        assertThat(stream("finishStop")).contains("\"finish_reason\":\"stop\"").doesNotContain("\"tool_calls\"}");
        assertThat(stream("noFinishReason")).doesNotContain("\"finish_reason\":\"");
    }

    @Test
    void streamsAtItsPace() {
        List<Step> steps = play("{pace: {firstToken: 250ms, token: 30ms}, otherwise: {say: One two three}}");

        assertThat(steps)
                .extracting(
                        step -> step instanceof Step.Send send ? send.after().toMillis() : -1L)
                .containsExactly(250L, 0L, 30L, 30L, 0L, 0L, 0L, -1L);
    }

    private static List<Step> plan(String quirk) {
        return play("quirks: [" + quirk + "]\notherwise:\n  say: Let me see.\n"
                + "  call: [{name: f, arguments: {text: some words}}, {name: g}]\n");
    }

    private static List<Step> play(String yaml) {
        var request = new ChatRequest(
                "m",
                List.of(new ChatRequest.Message("user", "hi", List.of(), null)),
                Set.of("f", "g"),
                100,
                new Options(true, true, true));
        Cue cue = new ScriptPlayer(Script.parse("s.yaml", yaml)).play(request);
        return StreamPlan.of(cue, request, new Chunks.Stamp("chatcmpl-1", 1, "m"));
    }

    private static String stream(String quirk) {
        return plan(quirk).stream()
                .map(step -> step instanceof Step.Send send ? send.text() : "")
                .collect(Collectors.joining());
    }

    private static List<JsonNode> chunks(String quirk) {
        return new Wire.Reply(200, name -> null, stream(quirk)).chunks();
    }

    private static List<JsonNode> calls(String quirk) {
        return chunks(quirk).stream()
                .flatMap(chunk -> StreamSupport.stream(
                        chunk.at("/choices/0/delta/tool_calls").spliterator(), false))
                .toList();
    }

    private static String text(String quirk) {
        return chunks(quirk).stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asText(""))
                .filter(text -> !text.equals("null"))
                .collect(Collectors.joining());
    }
}
