package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who choose one of the tickets that were read out: INC0010012 about a laptop, then INC0010003 about email. */
class ReadOutTest {
    private static final String THREE = """
            {"success":true,"tickets":[
            {"number":"INC0010021","short_description":"Printer on floor 3 jams","state":"New"},
            {"number":"INC0010020","short_description":"VPN drops at home","state":"New"},
            {"number":"INC0010019","short_description":"Printer is out of toner","state":"New"},
            {"number":"INC0010018","short_description":"Mouse is dead","state":"New"}],"ticketCount":4}""";

    private static List<String> called(Chat chat, int before) {
        return chat.calls.subList(before, chat.calls.size()).stream()
                .map(call -> call.name() + " " + Results.text(Results.parse(call.arguments()), "ticketNumber"))
                .toList();
    }

    private static List<String> said(Chat chat, String words) {
        int before = chat.calls.size();
        chat.caller(words);
        return called(chat, before);
    }

    private static Chat three() {
        var chat = Desk.verified().tool("list-my-tickets", THREE);
        assertThat(chat.caller("Which tickets do I have?"))
                .contains("INC0010019")
                .doesNotContain("INC0010018");
        return chat;
    }

    @ParameterizedTest
    @CsvSource({
        "the second one, INC0010003",
        "the first, INC0010012",
        "the last one please, INC0010003",
        "number two, INC0010003",
        "ticket number one, INC0010012",
        "2, INC0010003",
        "The caller keyed 2, INC0010003",
        "'no, the second one', INC0010003",
        "what's the status of the first one?, INC0010012",
        "what about the one about my laptop, INC0010012",
        "the email one, INC0010003",
        "is the email ticket still open, INC0010003",
        "la segunda, INC0010003",
        "el último, INC0010003",
        "dígame el primero por favor, INC0010012",
        "la del laptop, INC0010012"
    })
    void isToldOfTheOneThatIsMeant(String words, String ticket) {
        assertThat(said(Desk.verified(), words)).containsExactly("get-servicenow-ticket " + ticket);
    }

    @Test
    void whatIsWantedIsDoneWithIt() {
        assertThat(said(Desk.verified(), "reopen the last one")).containsExactly("update-servicenow-ticket INC0010003");
        assertThat(said(Desk.verified(), "add a note to the second one: it still drops"))
                .containsExactly("update-servicenow-ticket INC0010003");
        var chat = Desk.verified();
        assertThat(chat.caller("resolve the first one")).contains("mark ticket INC0010012 as resolved?");
        assertThat(chat.caller("no, the second one")).contains("mark ticket INC0010003 as resolved?");
        assertThat(said(chat, "yes")).containsExactly("update-servicenow-ticket INC0010003");
    }

    @Test
    void theAnswerToWhichTicketMayPointToOne() {
        var chat = three();
        assertThat(chat.caller("add a note to one of them")).contains("Which ticket is it?");
        chat.caller("the third one");
        assertThat(said(chat, "it was empty again this morning"))
                .containsExactly("update-servicenow-ticket INC0010019");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the third one",
                "resolve the tenth one",
                "number five",
                "the first one and the second one",
                "el tercero",
                "reopen the one about the toaster"
            })
    void whereItIsNotClearItAsksAndNothingIsDone(String words) {
        var chat = Desk.verified();
        int before = chat.calls.size();
        assertThat(chat.caller(words)).contains("I read out 2 tickets", "which one you mean");
        assertThat(called(chat, before)).isEmpty();
        assertThat(chat.caller("the third one")).contains("which one you mean");
        chat.caller("the second one then");
        chat.caller("yes");
        assertThat(called(chat, before)).singleElement().asString().endsWith("INC0010003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"that one", "yes, this one please", "ese"})
    void thatOneIsAskedAbout(String words) {
        assertThat(Desk.verified().caller(words)).contains("Which ticket is it?");
    }

    @Test
    void whatTwoTicketsShareIsNotClear() {
        var chat = three();
        int before = chat.calls.size();
        assertThat(chat.caller("what about the printer one")).contains("I read out 3 tickets");
        assertThat(called(chat, before)).isEmpty();
        assertThat(said(chat, "the toner one")).containsExactly("get-servicenow-ticket INC0010019");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the fourth one", "the mouse one", "number four"})
    void whatWasListedButNotReadOutIsNotChosen(String words) {
        var chat = three();
        assertThat(said(chat, words)).doesNotContain("get-servicenow-ticket INC0010018");
    }

    @Test
    void whatTheCallerDidNotHearIsNotChosen() {
        var chat = Desk.verified().cutAfter("You have 2 tickets. The latest are these. I N C, 0 0 1 0 0 1 2, My lap");
        int before = chat.calls.size();
        assertThat(chat.caller("the second one")).contains("I read out one ticket");
        assertThat(called(chat, before)).isEmpty();
        assertThat(said(chat, "the last one")).containsExactly("get-servicenow-ticket INC0010012");
    }

    @Test
    void whatAnotherModelReadOutInItsOwnWordsAndOrderIsChosen() {
        var chat = Desk.verified();
        chat.history.add(new ChatMessage.Caller("my tickets"));
        chat.history.add(
                new ChatMessage.Assistant("", List.of(new ToolCall("x", "list-my-tickets", "{}", null)), null));
        chat.history.add(new ChatMessage.ToolResult("x", "list-my-tickets", THREE));
        chat.history.add(new ChatMessage.Assistant(
                "There is INC0010018 for your mouse, and I N C, 0 0 1 0 0 2 0 for the VPN. Anything else?",
                List.of(),
                null));
        assertThat(said(chat, "the first one")).containsExactly("get-servicenow-ticket INC0010018");
        assertThat(said(chat, "and the second one")).containsExactly("get-servicenow-ticket INC0010020");
    }

    @Test
    void withoutAListNothingIsChosen() {
        var chat = Desk.unverified().tool("lookup-customer", Desk.RIGHT);
        Desk.admitted(chat);
        chat.caller("hello");
        assertThat(said(chat, "the second one")).isEmpty();
        assertThat(chat.caller("reopen the second one")).contains("Which ticket is it?");
    }

    @ParameterizedTest
    @CsvSource({
        "I first noticed it yesterday: my monitor is black, Check that the cable",
        "one second please, Take your time",
        "wait a second, Take your time",
        "the keyboard is broken, Please restart the device",
        "open a new one, What should the ticket say?"
    })
    void otherWordsKeepTheirMeaning(String words, String answer) {
        assertThat(Desk.verified().caller(words)).contains(answer);
    }

    @Test
    void inAMenuOrAStoryItIsNoTicket() {
        var chat = Desk.verified();
        chat.caller("open a ticket");
        chat.caller("the first one is broken, it is my blue screen");
        assertThat(chat.lastCall().name()).isEqualTo("create-servicenow-ticket");
        assertThat(chat.lastCall().arguments()).contains("the first one is broken");
    }

    @Test
    void aTicketThatWasMadeMeanwhileIsNotWhatWasAskedFor() {
        var chat = Desk.unverified().tool("lookup-customer", Desk.RIGHT);
        Desk.admitted(chat);
        chat.caller("which tickets do I have");
        assertThat(chat.caller("reopen it")).contains("Which ticket is it?");
        assertThat(said(chat, "open a ticket about email")).containsExactly("create-servicenow-ticket ");
    }
}
