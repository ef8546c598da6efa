package dev.callbus;

import static dev.callbus.HelpDeskRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol.Generate;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to the help desk from the first word to the record that is left of them. */
class HelpDeskIT {
    private HelpDeskRig desk;
    private final List<Generate> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open(@TempDir Path outbox) throws Exception {
        desk = new HelpDeskRig(outbox);
        desk.model(question -> {
            asked.add(question);
            return obedient(question);
        });
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void aVerifiedCallerGetsATicketAndTheCallIsOnRecord() throws Exception {
        var alex = await(desk.call(HelpDeskRig.ALEX));
        await(alex.says("lookup-customer {}"));
        await(alex.says("send-verification {}"));
        await(alex.keysCode());
        assertThat(alex.heard()).contains("Verification successful");
        await(alex.says("create-servicenow-ticket {\"shortDescription\":\"Laptop does not start\",\"urgency\":2}"));
        assertThat(alex.heard()).contains("Successfully created ticket");
        await(alex.hangsUp());
    }

    /** A model that calls the tool that the caller names, and says what came of it. */
    private static List<ModelEvent> obedient(Generate question) {
        var finished = new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN);
        return switch (question.messages().getLast()) {
            case ChatMessage.Caller(var text)
            when text.contains(" {") -> {
                int space = text.indexOf(' ');
                var call = new ToolCall("t", text.substring(0, space), text.substring(space + 1), null);
                yield List.of(new ModelEvent.ToolCalls(List.of(call), null), finished);
            }
            case ChatMessage.ToolResult result -> List.of(new ModelEvent.Delta(result.content()), finished);
            case ChatMessage other -> List.of(new ModelEvent.Delta("I see."), finished);
        };
    }
}
