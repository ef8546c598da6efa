package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ToolCall;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another model began a conversation and fell silent: whatever was last, the dialog finishes the caller's job. */
class TakeoverTest {
    private static final List<ChatMessage> FOREIGN = List.of(
            caller("Hello"),
            calls("lookup-customer"),
            result("lookup-customer", Desk.KNOWN),
            agent("Hi Dana! It's nice to hear from you. What can I do for you today?"),
            caller("My laptop doesn't start and I need a ticket"),
            agent(
                    "Oh no. First I need to make sure that it's really you. May I send a code to your mobile ending in 42?"),
            caller("Yes, go ahead"),
            calls("send-verification"),
            result("send-verification", Desk.SENT),
            agent("I've just texted it to you. Please enter it on your keypad."),
            caller("The caller keyed the code"),
            calls("check-verification"),
            result("check-verification", Desk.RIGHT),
            agent("Great, thank you Dana. Could you tell me more about the problem, and since when it happens?"),
            caller("It shows a black screen since this morning"),
            calls("create-servicenow-ticket"),
            result("create-servicenow-ticket", Desk.CREATED),
            agent("Your ticket is I N C, 0 0 1 0 0 1 2. Can I do something else for you?"),
            caller("Please add a note that I tried another charger"),
            calls("update-servicenow-ticket"),
            result("update-servicenow-ticket", Desk.UPDATED),
            agent("I've added that. Anything else?"),
            caller("No thanks, bye"),
            calls("end-call"),
            result("end-call", Desk.DONE));

    static List<Integer> turnsOfTheModel() {
        return IntStream.rangeClosed(1, FOREIGN.size())
                .filter(at -> !(FOREIGN.get(at - 1) instanceof ChatMessage.Assistant))
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("turnsOfTheModel")
    void finishesTheJob(int from) {
        var chat = Desk.unverified();
        chat.history.addAll(FOREIGN.subList(0, from));
        if (has(chat, "check-verification")) {
            Desk.admitted(chat);
        }
        var said = chat.answer();
        for (int turn = 0; turn < 14 && !has(chat, "end-call"); turn++) {
            said = next(chat, said);
        }
        assertThat(chat.history).as("the end").anyMatch(message -> isCall(message, "end-call"));
        assertThat(count(chat, "create-servicenow-ticket")).isEqualTo(1);
        assertThat(count(chat, "update-servicenow-ticket")).isEqualTo(1);
        assertThat(said).containsIgnoringCase("bye");
    }

    /** A caller who wants a ticket and then a note on it. */
    private static String next(Chat chat, String said) {
        if (said.contains("key in")) {
            Desk.admitted(chat);
            return chat.keysCode(Desk.RIGHT);
        }
        if (said.contains("a code")) {
            return chat.caller("yes please");
        }
        if (said.contains("ticket say")) {
            return chat.caller("My laptop shows a black screen since this morning");
        }
        if (said.contains("Does it work now?")) {
            return chat.caller("no, it doesn't");
        }
        if (said.contains("Shall I make a ticket?")) {
            return chat.caller("yes");
        }
        if (count(chat, "create-servicenow-ticket") == 0) {
            return chat.caller("Please open a ticket, my laptop doesn't start");
        }
        return chat.caller(
                count(chat, "update-servicenow-ticket") == 0
                        ? "Please add a note that I tried another charger"
                        : "No thanks, goodbye");
    }

    private static boolean has(Chat chat, String tool) {
        return chat.history.stream()
                .anyMatch(message -> message instanceof ChatMessage.ToolResult result
                        && result.name().equals(tool));
    }

    private static long count(Chat chat, String tool) {
        return chat.history.stream()
                .filter(message -> message instanceof ChatMessage.ToolResult result
                        && result.name().equals(tool))
                .count();
    }

    private static boolean isCall(ChatMessage message, String tool) {
        return message instanceof ChatMessage.Assistant assistant
                && assistant.calls().stream().anyMatch(call -> call.name().equals(tool));
    }

    private static ChatMessage caller(String words) {
        return new ChatMessage.Caller(words);
    }

    private static ChatMessage agent(String words) {
        return new ChatMessage.Assistant(words, List.of(), null);
    }

    private static ChatMessage calls(String tool) {
        return new ChatMessage.Assistant("", List.of(new ToolCall("f-" + tool, tool, "{}", null)), null);
    }

    private static ChatMessage result(String tool, String content) {
        return new ChatMessage.ToolResult("f-" + tool, tool, content);
    }
}
