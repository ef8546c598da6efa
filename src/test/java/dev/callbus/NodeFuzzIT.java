package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.SupervisorProtocol;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A whole node under nonsense: calls that do everything in any order, and frames that are none, leave nothing behind. */
class NodeFuzzIT {
    private static final int CALLS = 200;
    private static final int FRAMES = 100;
    private static final String SCRIPT = """
            pace: {firstToken: 0ms, token: 1ms}
            rules:
              - {when: {caller: 'bye'}, call: {name: end-call, arguments: {conversationSummary: "x"}}}
              - {when: {caller: 'fail'}, fail: {status: 500, message: "no"}}
            otherwise: {say: ["One two three four five, six seven eight nine ten.", "Well, yes."]}
            """;
    private static final List<String> FRAMES_IN_STOCK = List.of(
            "{\"type\":\"prompt\",\"voicePrompt\":\"hello there\",\"lang\":\"en-US\",\"last\":true}",
            "{\"type\":\"prompt\",\"voicePrompt\":\"fail please\",\"lang\":\"en-US\",\"last\":true}",
            "{\"type\":\"prompt\",\"voicePrompt\":\"hel\",\"lang\":\"en-US\",\"last\":false}",
            "{\"type\":\"prompt\",\"voicePrompt\":\"bye\",\"lang\":\"en-US\",\"last\":true}",
            "{\"type\":\"interrupt\",\"utteranceUntilInterrupt\":\"One two\",\"durationUntilInterruptMs\":\"7\"}",
            "{\"type\":\"dtmf\",\"digit\":\"5\"}",
            "{\"type\":\"info\",\"name\":\"agentSpeaking\",\"value\":\"off\"}",
            "{\"type\":\"info\",\"name\":\"tokensPlayed\",\"value\":\"One two\"}",
            "{\"type\":\"setup\",\"callSid\":\"CA1\"}",
            "{\"type\":\"error\",\"description\":\"code: 64107\"}",
            "{\"type\":\"unheardOf\",\"x\":[[[[[]]]]]}",
            "[]",
            "{",
            "");

    @Test
    void leavesNoCallBehindAndStillServes() throws Exception {
        try (var node = TestNode.start(SCRIPT)) {
            var random = new Random(20261121);
            var calls = new ArrayList<TestCall>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(node.call());
            }
            for (int i = 0; i < CALLS * FRAMES; i++) {
                var call = calls.get(random.nextInt(CALLS));
                if (!call.socket.isClosed()) {
                    call.socket.writeTextMessage(FRAMES_IN_STOCK.get(random.nextInt(FRAMES_IN_STOCK.size())));
                }
            }
            assertThat(node.call().prompt("hello").words()).isNotEmpty();
            for (var call : calls) {
                call.hangUp();
            }
            for (var call : calls) {
                awaitGone(node, call.callSid);
            }
            var drained = CallBus.drain(Duration.ofSeconds(10)).send(node.vertx, new SupervisorProtocol.Drain("Bye."));
            assertThat(drained.await(10, SECONDS).calls()).isLessThanOrEqualTo(1);
        }
    }

    /** Waits until nobody listens for the call. */
    private static void awaitGone(TestNode node, String callSid) throws Exception {
        var gone = Promise.<Void>promise();
        node.vertx.setPeriodic(
                5,
                timer -> CallBus.call(callSid)
                        .send(node.vertx, new CallProtocol.Info("probe", ""))
                        .recover(cause -> {
                            assertThat(((BusException) cause).failure()).isEqualTo(Failure.UNAVAILABLE);
                            node.vertx.cancelTimer(timer);
                            gone.tryComplete();
                            return Future.succeededFuture();
                        }));
        gone.future().await(40, SECONDS);
    }
}
