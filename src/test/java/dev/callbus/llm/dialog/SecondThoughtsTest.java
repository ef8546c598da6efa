package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.llm.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who refuse, hesitate, correct themselves, or seem to say yes. */
class SecondThoughtsTest {
    private static boolean called(Chat chat, String tool) {
        return chat.calls.stream().map(ToolCall::name).anyMatch(tool::equals);
    }

    @Test
    void aNoteIsNoResolution() {
        var chat = Desk.verified();
        chat.caller("Please resolve ticket INC0010012");
        assertThat(chat.caller("add a note saying it still drops"))
                .contains("is updated")
                .doesNotContain("is resolved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "don't open a ticket",
                "I don't need a ticket",
                "no ticket please, I just have a question",
                "please do not create another ticket",
                "I didn't want you to open a ticket",
                "do not transfer me to an agent",
                "I don't want to talk to a person",
                "no quiero abrir un ticket",
                "no don't open a new one",
                "I don't think we need a ticket",
                "wait no don't close it"
            })
    void whatIsRefusedIsNotDone(String words) {
        var chat = Desk.verified();
        int before = chat.calls.size();
        assertThat(chat.caller(words)).containsAnyOf("What can I do", "How can I help", "anything else");
        assertThat(chat.calls).hasSize(before);
    }

    @Test
    void aTicketThatIsRefusedIsNotAskedFor() {
        var chat = Desk.verified();
        chat.caller("Open a ticket");
        assertThat(chat.caller("no, I don't need a ticket")).contains("I've stopped that");
        assertThat(called(chat, "create-servicenow-ticket")).isFalse();
    }

    @Test
    void closingIsRefusedWhereItIsAsked() {
        var chat = Desk.verified();
        chat.caller("Please resolve ticket INC0010012");
        assertThat(chat.caller("wait no don't close it")).contains("leave it as it is");
        assertThat(called(chat, "update-servicenow-ticket")).isFalse();
    }

    @Test
    void theVoiceDeskOpensNothingThatIsRefused() {
        var chat = new Chat("voice-desk");
        assertThat(chat.caller("I don't want to open a ticket")).contains("What else can I help you with?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open a ticket with high priority please",
                "open a ticket as soon as possible",
                "open a ticket for my colleague",
                "no wait, make a new ticket instead",
                "open a ticket right away please",
                "open a ticket please, it's urgent"
            })
    void howAndForWhomIsNoDescription(String words) {
        var chat = Desk.verified();
        assertThat(chat.caller(words)).contains("What should the ticket say?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hmm let me think",
                "I'm not sure how to put it",
                "hello? are you there",
                "what's the weather",
                "how do I say that"
            })
    void hesitationIsNoFreeText(String words) {
        var chat = Desk.verified();
        chat.caller("Open a ticket");
        assertThat(chat.caller(words)).contains("What should the ticket say?");
        chat = Desk.verified();
        chat.caller("Add a note to ticket INC0010012");
        assertThat(chat.caller(words)).contains("What should I add to the ticket?");
    }

    @Test
    void aNewWishIsMoreThanTheNumberInIt() {
        var chat = Desk.unverified();
        chat.tool("lookup-customer", Desk.RIGHT);
        Desk.admitted(chat);
        assertThat(chat.caller("reopen it")).contains("Which ticket is it?");
        assertThat(chat.caller("I'd like to add a note to INC0010002")).contains("What should I add to the ticket?");
        assertThat(called(chat, "update-servicenow-ticket")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "yes it is broken still, display",
        "yes but it is very slow, display",
        "it works but only sometimes, display",
        "ok I'll do that, Does it work now?",
        "'right, done that', Does it work now?",
        "'hmm uh', 'Take your time.\nDoes it work now?'",
        "'Hello?', Does it work now?",
        "'yes, no problems any more', Good to hear",
        "yes it works, Good to hear",
        "yes it still works, Good to hear"
    })
    void onlyAYesIsASolution(String words, String reply) {
        var chat = Desk.verified();
        chat.caller("My printer doesn't print");
        assertThat(chat.caller(words)).contains(reply);
    }

    @Test
    void aQuestionOutlivesAMoment() {
        var chat = Desk.verified();
        chat.caller("My printer doesn't print");
        chat.caller("no");
        chat.caller("no");
        assertThat(chat.caller("Hello?")).contains("Shall I make a ticket?");
        chat.caller("one moment");
        assertThat(chat.caller("pardon?")).contains("Shall I make a ticket?");
        assertThat(chat.caller("yes please")).contains("Your ticket is made");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "desde ayer no arranca mi portátil",
                "desde esta mañana no funciona el ratón",
                "la red de la oficina va fatal hoy"
            })
    void aSpanishProblemIsNoAttack(String words) {
        var chat = Desk.unverified();
        chat.caller("Spanish please");
        assertThat(chat.caller(words)).contains("¿Funciona ahora?");
        assertThat(called(chat, "change-context")).isFalse();
    }

    @Test
    void onlyABareNoHangsUp() {
        var chat = Desk.verified();
        assertThat(chat.caller("no I changed my mind")).contains("help you");
        assertThat(called(chat, "end-call")).isFalse();
        chat = Desk.verified();
        chat.caller("no thank you, that's all for today");
        assertThat(called(chat, "end-call")).isTrue();
    }

    @Test
    void afterAWithdrawalTheSecondWishCounts() {
        var chat = Desk.verified();
        chat.caller("Open a ticket");
        assertThat(chat.caller("actually forget that, I want to know about my old ticket"))
                .contains("stopped that", "tickets");
        assertThat(chat.lastCall().name()).isEqualTo("list-my-tickets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no wait, actually my printer is broken as well",
                "no but can you tell me how my tickets are doing",
                "nope, oh one more thing, my mouse is dead",
                "no, can you also reset my password",
                "no, hold on, what was the number of my ticket",
                "nope but the VPN keeps dropping",
                "no, well, yes, my screen flickers",
                "nothing else, oh wait, the wifi is slow too",
                "no thanks, oh hang on, could you add a note to INC0010012",
                "no, although I also wanted to open a ticket for my keyboard",
                "no, sorry, yes, I have a question about outlook",
                "no that's it, oh and can you text me the ticket number",
                "not really, except that my laptop is very slow",
                "no, no, let me think, yes, I'd like to speak to a person",
                "no, before I go, is the VPN down",
                "no that's all, actually wait",
                "nope, oh, one more question",
                "no pero mi impresora no funciona",
                "no, espere, también quería saber cómo van mis tickets",
                "no I don't think so, but teams crashes all the time",
                "no, just one thing, excel won't open",
                "no, also I can't log in",
                "nope. well, there's one other thing",
                "no I also have a problem with the scanner",
                "no, then please close INC0010012",
                "no. oh, I nearly forgot, my phone doesn't sync"
            })
    void aNoThatGoesOnWithAWishDoesNotHangUp(String words) {
        var chat = Desk.verified();
        chat.caller(words);
        assertThat(called(chat, "end-call")).isFalse();
        chat = atTheVoiceDesk();
        chat.caller(words);
        assertThat(called(chat, "end-call")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "no thanks",
                "nope, that's all",
                "no, that was everything, thank you",
                "no I'm good",
                "nothing else thanks",
                "no, bye",
                "nope, have a nice day",
                "no, all good, thanks for your help",
                "no that's it for today",
                "no, you've been very helpful, my day is saved",
                "no, my colleague will help me",
                "no, it works now",
                "no but thank you",
                "no, actually that's all"
            })
    void aNoThatIsTheEndHangsUp(String words) {
        var chat = Desk.verified();
        chat.caller(words);
        assertThat(called(chat, "end-call")).isTrue();
        chat = atTheVoiceDesk();
        chat.caller(words);
        assertThat(called(chat, "end-call")).isTrue();
    }

    private static Chat atTheVoiceDesk() {
        var chat = new Chat("voice-desk").tool("end-call", Desk.DONE);
        chat.caller("open an incident");
        assertThat(chat.caller("never mind")).contains("What else can I help you with?");
        return chat;
    }
}
