package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The traces in which earlier systems went wrong, on the wire of a whole node: webhook, socket, bus, model over HTTP. */
class GoldenTraceIT {
    private static final String ECHO = """
            pace: {firstToken: 0ms, token: 0ms}
            rules:
              - when: {caller: 'slowly'}
                pace: {firstToken: 0ms, token: 150ms}
                say: "s0 s1 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11"
              - when: {caller: 'bye'}
                call: {name: end-call, arguments: {conversationSummary: "All done."}}
              - when: {tool: end-call}
                say: "Goodbye then, and have a very nice day."
              - when: {caller: 'refused'}
                fail: {status: 400, message: "no"}
              - when: {caller: '(.+)$'}
                say: "reply to {1}"
            otherwise: {say: "Hm."}
            """;

    @Test
    void aPromptIsAnsweredTokenByTokenWithOneLastFrame() throws Exception {
        try (var node = TestNode.start(ECHO)) {
            var tokens = node.call().prompt("one").answer();
            assertThat(tokens).hasSizeGreaterThan(1).last().isEqualTo("");
            assertThat(tokens.subList(0, tokens.size() - 1)).doesNotContain("");
        }
    }

    @Test
    void c2_c6_theModelReadsInstructionsAndBothSidesOfTheConversation() throws Exception {
        try (var node = TestNode.start(ECHO)) {
            var call = node.call().prompt("one");
            var first = call.words();
            call.prompt("two").words();
            assertThat(roles(lastMessages(node))).containsExactly("system", "user", "assistant", "user");
            assertThat(lastMessages(node).getJsonObject(2).getString("content")).isEqualTo(first);
            assertThat(lastMessages(node).getJsonObject(0).getString("content")).startsWith("Be helpful.");
        }
    }

    @Test
    void c3_anInterruptWithThePromptRightBehindLetsOnlyTheNewAnswerThrough() throws Exception {
        try (var node = TestNode.start(ECHO)) {
            interrupted(node, 0);
        }
    }

    @Test
    void c3_anInterruptWithThePromptLaterLetsOnlyTheNewAnswerThrough() throws Exception {
        try (var node = TestNode.start(ECHO)) {
            interrupted(node, 600);
        }
    }

    private static void interrupted(TestNode node, long pause) throws Exception {
        var closed = Promise.<Void>promise();
        node.model.observe(request -> {
            if (request.outcome().name().equals("ABORTED")) {
                closed.tryComplete();
            }
        });
        var call = node.call().prompt("slowly please");
        var heard = new StringBuilder();
        while (!heard.toString().contains("s3")) {
            heard.append(call.next().getString("token"));
        }
        assertThat(heard.toString()).startsWith("s0 s1 s2 s3");
        call.interrupt("s0 s1");
        assertThat(call.next()).isEqualTo(text("", true));
        call.assertQuiet(pause);
        assertThat(call.prompt("next").words()).isEqualTo("reply to next");
        closed.future().await(5, SECONDS);
        assertThat(lastMessages(node).getJsonObject(2).getString("content")).isEqualTo("s0 s1");
        call.assertQuiet(300);
    }

    @Test
    void c10_parallelToolCallsLeadToOneAnswer() throws Exception {
        var script = ECHO.replace("rules:", """
                rules:
                  - when: {caller: 'both'}
                    call: [{name: end-call, arguments: {}}, {name: end-call, arguments: {conversationSummary: 7}}]""");
        try (var node = TestNode.start(script)) {
            var call = node.call().prompt("both");
            assertThat(call.answer()).last().isEqualTo("");
            assertThat(roles(lastMessages(node))).containsExactly("system", "user", "assistant", "tool", "tool");
            assertThat(node.model.requests()).hasSize(2);
        }
    }

    @Test
    void c9_c15_aToolThatIsRefusedIsSpokenAboutWithOneLastFrame() throws Exception {
        var script = ECHO.replace("rules:", """
                rules:
                  - when: {tool: end-call, result: 'Missing'}
                    say: "I could not hang up."
                  - when: {caller: 'broken'}
                    call: {name: end-call, arguments: {}}""");
        try (var node = TestNode.start(script)) {
            var call = node.call();
            assertThat(call.prompt("broken").words()).isEqualTo("I could not hang up.");
            call.assertQuiet(200);
        }
    }

    @Test
    void c11_endCarriesTheSummaryAndFollowsTheGoodbye() throws Exception {
        try (var node = TestNode.start(ECHO)) {
            var call = node.call().prompt("bye");
            assertThat(call.words()).startsWith("Goodbye");
            var end = call.next();
            assertThat(end.getString("type")).isEqualTo("end");
            assertThat(new JsonObject(end.getString("handoffData")))
                    .isEqualTo(new JsonObject()
                            .put("reasonCode", "end-call")
                            .put("reason", "Ending the call")
                            .put("conversationSummary", "All done."));
        }
    }

    @Test
    void c4_aGoodbyeThatIsInterruptedDoesNotEndTheCall() throws Exception {
        try (var node = TestNode.start(ECHO)) {
            var call = node.call().prompt("bye");
            call.words();
            assertThat(call.interrupt("Goodbye").prompt("wait").words()).isEqualTo("reply to wait");
            call.assertQuiet(1000);
        }
    }

    @Test
    void c16_aPartialPromptIsNotAnswered() throws Exception {
        try (var node = TestNode.start(ECHO)) {
            var call = node.call().prompt("my pri", false).prompt("my printer", true);
            assertThat(call.words()).isEqualTo("reply to my printer");
            call.assertQuiet(200);
            assertThat(node.model.requests()).hasSize(1);
        }
    }

    @Test
    void c5_c17_remindersComeOnTimeAndThenTheCallEnds() throws Exception {
        try (var node = TestNode.start(ECHO, Duration.ofSeconds(2))) {
            var call = node.call();
            long began = System.nanoTime();
            assertThat(call.next()).isEqualTo(text("Still there?", true));
            assertThat(secondsSince(began)).isBetween(1.8, 5.0);
            call.send(new JsonObject()
                    .put("type", "info")
                    .put("name", "roundTripDelayMs")
                    .put("value", "9"));
            call.send(new JsonObject().put("type", "unheardOf"));
            assertThat(call.next()).isEqualTo(text("Just checking?", true));
            assertThat(call.next().getString("handoffData")).contains("unresponsive");
            assertThat(secondsSince(began)).isBetween(6.0, 15.0);
        }
    }

    @Test
    void c1_aModelThatRefusesLeadsToAnApologyAndTheCallGoesOn() throws Exception {
        try (var node = TestNode.start(ECHO)) {
            var call = node.call();
            assertThat(call.prompt("refused").words()).isEqualTo(TestNode.APOLOGY);
            assertThat(call.prompt("again").words()).isEqualTo("reply to again");
        }
    }

    @Test
    void aStoppingNodeSaysGoodbyeToItsCallers() throws Exception {
        var node = TestNode.start(ECHO);
        var call = node.call();
        call.prompt("one").words();
        var stopped = node.node.stop();
        assertThat(call.words()).isEqualTo("Goodbye from the node.");
        assertThat(call.next().getString("handoffData")).contains("node-stopping");
        call.hangUp();
        stopped.await(10, SECONDS);
        node.close();
    }

    private static JsonObject text(String token, boolean last) {
        return new JsonObject().put("type", "text").put("token", token).put("last", last);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static JsonArray lastMessages(TestNode node) {
        return new JsonObject(String.valueOf(node.model.requests().getLast().body())).getJsonArray("messages");
    }

    private static List<String> roles(JsonArray messages) {
        return IntStream.range(0, messages.size())
                .mapToObj(i -> messages.getJsonObject(i).getString("role"))
                .toList();
    }
}
