package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A decision late in a conversation takes less than two milliseconds. */
class DecisionTimeTest {
    private static final Logger log = LoggerFactory.getLogger(DecisionTimeTest.class);
    private static final int WARM_UP = 500;
    private static final int MEASURED = 500;

    @Test
    void theMedianIsUnderTwoMilliseconds() {
        var chat = Desk.verified();
        chat.caller("Please open a ticket, my laptop doesn't start since this morning.");
        chat.caller("Can you read ticket INC0010012 back to me?");
        chat.caller("Thanks, that's right. And which tickets do I have?");
        chat.caller("Please add a note to INC0010012, it also happens with another cable.");
        chat.caller("What does ticket INC0010150 say?");
        assertThat(chat.history).hasSizeGreaterThanOrEqualTo(30);
        var model = new DialogModel(Chat.book(), "help-desk");
        var nanos = new long[MEASURED];
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            var history = new ArrayList<>(chat.history);
            // The last words are new each time, as they are in a call: only the earlier ones were read before.
            history.add(new ChatMessage.Caller("No, that's all for number " + i + ", thanks and goodbye!"));
            long began = System.nanoTime();
            var reply = model.reply(new LlmProtocol.Generate("CA1", history, chat.specs()));
            if (i >= WARM_UP) {
                nanos[i - WARM_UP] = System.nanoTime() - began;
            }
            assertThat(reply.calls()).isNotEmpty();
        }
        Arrays.sort(nanos);
        log.info(
                "decision [median micros: {}, p99 micros: {}]",
                nanos[MEASURED / 2] / 1000,
                nanos[MEASURED * 99 / 100] / 1000);
        assertThat(Duration.ofNanos(nanos[MEASURED / 2])).isLessThan(Duration.ofMillis(2));
    }
}
