package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a conversation was like so far, there is an answer to it, and it calls only what there is. */
class AnyHistoryTest {
    private static final List<String> TOOLS = List.of(
            "lookup-customer",
            "send-verification",
            "check-verification",
            "create-servicenow-ticket",
            "get-servicenow-ticket",
            "list-my-tickets",
            "update-servicenow-ticket",
            "end-call",
            "live-agent-handoff",
            "send-sms",
            "switch-language",
            "change-context");

    private static final List<String> WORDS = List.of(
            "",
            "yes",
            "no",
            "hi",
            "help",
            "open a ticket please",
            "my printer is broken",
            "what's the status of my tickets",
            "The caller keyed 1",
            "The caller keyed the code",
            "[code]",
            "/inform{\"priority\":\"high\"}",
            "/inform{\"priority\":",
            "/nonsense",
            "joe@example.com",
            "add a note to INC0010012, it is worse",
            "resolve INC0010012",
            "repeat that",
            "hold on",
            "cancel",
            "start over",
            "goodbye",
            "I want a human",
            "español por favor",
            "\u0000\uD800 ¿?{{}}%s$1\\",
            "Shall I text a code to your phone ending in 42?",
            "What is your email address?",
            "Does it work now?",
            "What should the ticket say?");

    private static final List<String> RESULTS = List.of(
            Desk.KNOWN,
            Desk.KNOWN_WITH_TWO_PHONES,
            Desk.UNKNOWN,
            Desk.CLAIMED,
            Desk.SENT,
            Desk.RIGHT,
            Desk.WRONG,
            Desk.EXPIRED,
            Desk.CREATED,
            Desk.QUEUED,
            Desk.READ,
            Desk.LISTED,
            Desk.FAILED,
            "{\"status\":\"still running\"}",
            "",
            "null",
            "[1,2]",
            "no JSON",
            "{\"success\":\"maybe\",\"tickets\":{\"0\":1},\"ticket\":[]}");

    private final DialogModel helpDesk = new DialogModel(Chat.book(), "help-desk");
    private final DialogModel voiceDesk = new DialogModel(Chat.book(), "voice-desk");

    @Property(tries = 300, seed = "20260521")
    void hasAnAnswerThatCallsOnlyWhatThereIs(
            @ForAll("histories") List<ChatMessage> history, @ForAll("offers") List<String> offered) {
        var specs = offered.stream().map(name -> new ToolSpec(name, "", "{}")).toList();
        for (var model : List.of(helpDesk, voiceDesk)) {
            var request = new LlmProtocol.Generate("CA1", history, specs);
            var events = new ArrayList<ModelEvent>();
            model.stream(request, events::add);
            assertThat(events.getLast()).isInstanceOf(ModelEvent.Finished.class);
            assertThat(events).hasSizeGreaterThan(1);
            assertThat(model.reply(request).spoken()).doesNotContain("something went wrong here");
            var taken = ids(history);
            for (var call : model.reply(request).calls()) {
                assertThat(offered).contains(call.name());
                assertThat(taken).doesNotContain(call.id());
                taken.add(call.id());
            }
        }
    }

    private static List<String> ids(List<ChatMessage> history) {
        var ids = new ArrayList<String>();
        for (var message : history) {
            if (message instanceof ChatMessage.Assistant assistant) {
                assistant.calls().forEach(call -> ids.add(call.id()));
            }
        }
        return ids;
    }

    @Provide
    Arbitrary<List<String>> offers() {
        return Arbitraries.subsetOf(TOOLS).map(List::copyOf);
    }

    @Provide
    Arbitrary<List<ChatMessage>> histories() {
        return messages()
                .list()
                .ofMaxSize(14)
                .map(groups -> groups.stream().flatMap(List::stream).toList());
    }

    private static Arbitrary<List<ChatMessage>> messages() {
        var words = Arbitraries.of(WORDS);
        var call = net.jqwik.api.Combinators.combine(
                        Arbitraries.of(TOOLS),
                        Arbitraries.of(RESULTS),
                        words,
                        Arbitraries.integers().between(1, 40))
                .as(AnyHistoryTest::called);
        return Arbitraries.oneOf(
                words.map(text -> List.<ChatMessage>of(new ChatMessage.Caller(text))),
                words.map(text -> List.<ChatMessage>of(new ChatMessage.Assistant(text, List.of(), null))),
                words.map(text -> List.<ChatMessage>of(new ChatMessage.Instructions(text))),
                call);
    }

    private static List<ChatMessage> called(String tool, String result, String text, int n) {
        var id = "dialog-" + n;
        return List.of(
                new ChatMessage.Assistant(
                        text, List.of(new ToolCall(id, tool, "{\"ttsLanguage\":\"es-ES\"}", null)), null),
                new ChatMessage.ToolResult(id, tool, result));
    }
}
