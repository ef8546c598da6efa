package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelChoice;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolSpec;
import dev.callbus.llm.dialog.flow.Action;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialogModelTest {
    private final DialogModel model = new DialogModel(Chat.book(), "help-desk");

    private static LlmProtocol.Generate request(ModelChoice choice, ChatMessage... messages) {
        return new LlmProtocol.Generate("CA1", List.of(messages), List.of(new ToolSpec("end-call", "", "{}")), choice);
    }

    private List<ModelEvent> events(LlmProtocol.Generate request) {
        var events = new ArrayList<ModelEvent>();
        model.stream(request, events::add).cancel();
        return events;
    }

    @Test
    void emitsWordsThenCallsThenOneEnd() {
        var events = events(request(ModelChoice.CONFIGURED, new ChatMessage.Caller("goodbye")));
        assertThat(events)
                .hasExactlyElementsOfTypes(ModelEvent.ToolCalls.class, ModelEvent.Finished.class)
                .last()
                .isEqualTo(new ModelEvent.Finished("dialog:help-desk", ModelEvent.Usage.UNKNOWN));
    }

    @Test
    void aConversationMayNameAnotherFlow() {
        var events = events(request(new ModelChoice("dialog", "voice-desk"), new ChatMessage.Caller("hi")));
        assertThat(((ModelEvent.Delta) events.getFirst()).text()).startsWith("Hello!\nI can help you open");
        assertThat(events.getLast()).isEqualTo(new ModelEvent.Finished("dialog:voice-desk", ModelEvent.Usage.UNKNOWN));
    }

    @Test
    void anUnknownFlowOfAConversationIsTheUsualOne() {
        assertThat(model.nameFor(request(new ModelChoice("dialog", "gpt-4o")))).isEqualTo("dialog:help-desk");
        assertThatThrownBy(() -> new DialogModel(Chat.book(), "no-desk")).hasMessageContaining("help-desk, voice-desk");
    }

    @Test
    void sumsUpACall() {
        var reply = model.reply(new LlmProtocol.Generate(
                "CA1", List.of(new ChatMessage.Instructions("Summarise"), new ChatMessage.Caller("""
                        Transcript of a call
                        Agent: Hello.
                        Caller: Hi
                        Caller: My laptop doesn't start since this morning.
                        Agent: Your ticket is made. Its number is I N C, 0 0 1 0 0 1 2.
                        Caller: Bye
                        Agent: Thank you for calling. Goodbye!""")), List.of()));
        assertThat(reply.spoken())
                .isEqualTo(
                        "The caller said: \"My laptop doesn't start since this morning\". The agent spoke of ticket INC0010012."
                                + " The agent's last words were: \"Thank you for calling. Goodbye\".");
        assertThat(reply.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1 ", "add a note to ticket 1 ", "no ", "a"})
    void whateverIsSaidForEverIsAnswered(String words) {
        var said = "add a note to ticket " + words.repeat(10_000 / words.length());
        var request = new LlmProtocol.Generate("CA1", List.of(new ChatMessage.Caller(said)), List.of());
        assertThat(model.reply(request).spoken()).isNotBlank().doesNotContain("something went wrong");
    }

    @Test
    void anEmptyHistoryHasAnAnswer() {
        assertThat(events(request(ModelChoice.CONFIGURED)).getFirst()).isInstanceOf(ModelEvent.Delta.class);
    }

    @Test
    void argumentsFitTheSchemaOfTheTool() {
        var schema =
                "{\"type\":\"object\",\"properties\":{\"urgency\":{\"type\":\"integer\"},\"closed\":{\"type\":\"boolean\"},"
                        + "\"text\":{\"type\":\"string\"}}}";
        var offered = Offered.of(List.of(new ToolSpec("t", "", schema)));
        var arguments = new java.util.LinkedHashMap<String, String>();
        arguments.put("urgency", "2");
        arguments.put("closed", "true");
        arguments.put("text", "7");
        arguments.put("empty", "");
        arguments.put("other", "x");
        assertThat(offered.arguments(new Plan.Wish(new Action.ToolUse("t", java.util.Map.of(), List.of()), arguments)))
                .isEqualTo("{\"urgency\":2,\"closed\":true,\"text\":\"7\"}");
    }
}
