package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.llm.dialog.flow.OtherBot;
import org.junit.jupiter.api.Test;

class VoiceDeskTest {

    @Test
    void holdsTheFirstConversationOfTheManual() {
        var chat = new Chat("voice-desk");
        assertThat(chat.caller("hi")).isEqualTo("""
                Hello!
                I can help you open a service request ticket, or check the status of your open incidents.
                You can ask me things like:
                - Open an incident
                - Help me reset my password
                - I'm having a issue with my email
                - What's the status of the ticket I opened?""");
        assertThat(chat.caller("i have a problem with my email")).isEqualTo("What is your email address?");
        assertThat(chat.caller("anything@example.com")).isEqualTo("What is the priority of this issue?");
        assertThat(chat.options)
                .extracting(option -> option.key() + ": " + option.label() + " (" + option.payload() + ")")
                .containsExactly(
                        "1: low (/inform{\"priority\":\"low\"})",
                        "2: medium (/inform{\"priority\":\"medium\"})",
                        "3: high (/inform{\"priority\":\"high\"})");
        assertThat(chat.caller("/inform{\"priority\":\"low\"}"))
                .isEqualTo("What is the problem description for the issue?");
        assertThat(chat.caller("Can't log in to my email")).isEqualTo("""
                Should I open an incident with the following details?
                email: anything@example.com
                problem description: Can't log in to my email
                title: Problem with email
                priority: low""");
        assertThat(chat.options)
                .extracting(option -> option.key() + ": " + option.label() + " (" + option.payload() + ")")
                .containsExactly("1: Yes (/affirm)", "2: No, cancel the incident (/deny)");
        assertThat(chat.caller("/affirm")).isEqualTo("""
                An incident with the following details would be opened if ServiceNow was connected:
                email: anything@example.com
                problem description: Can't log in to my email
                title: Problem with email
                priority: low""");
        assertThat(chat.caller("thanks. Can i check the status of my other tickets?"))
                .isEqualTo("Would you like to use the last email address you used, anything@example.com?");
        assertThat(chat.caller("Yes please")).isEqualTo("""
                Since ServiceNow isn't connected, I'm making this up!
                The most recent incident for anything@example.com is currently awaiting triage""");
    }

    /** The same flow on an operator's own desk, where a lookup tells at once who it is. */
    private static Chat connected() {
        var flow = Chat.changed("voice-desk.yaml", "localmode: true", "localmode: false");
        return new Chat(flow, "voice-desk")
                .tool(
                        "lookup-customer",
                        call -> call.arguments().contains("idontexist")
                                ? "{\"success\":true,\"known\":false}"
                                : "{\"success\":true,\"known\":true,\"verified\":true}")
                .tool(
                        "create-servicenow-ticket",
                        "{\"success\":true,\"message\":\"made\",\"ticketNumber\":\"INC0010008\"}")
                .tool("list-my-tickets", """
                        {"success":true,"tickets":[
                        {"number":"INC0010008","short_description":"Problem resetting password","state":"New","opened_at":"2020-05-21 12:12:49"},
                        {"number":"INC0010002","short_description":"Email Log in problem","state":"In Progress","opened_at":"2020-05-21 09:57:06"}],
                        "ticketCount":2}""");
    }

    @Test
    void anObjectionIsNoGoodbye() {
        var chat = new Chat("voice-desk");
        chat.caller("cancel");
        assertThat(chat.caller("that's not what I said"))
                .isEqualTo("I'm sorry, I got that wrong.\nHow can I help you today?");
    }

    @Test
    void aCodeIsSentOnlyIfItIsAskedFor() {
        var chat = connected().tool("lookup-customer", Desk.CLAIMED).tool("send-verification", Desk.SENT);
        chat.caller("what is the status of my tickets");
        chat.caller("abraham.lincoln@example.com");
        chat.caller("yes");
        chat.caller("I have the code");
        chat.caller("what code?");
        chat.caller("okay I see it here");
        assertThat(chat.caller("no, I don't want the code anymore")).contains("What else can I help you with?");
        assertThat(chat.calls)
                .filteredOn(call -> call.name().equals("send-verification"))
                .hasSize(1);
    }

    @Test
    void holdsTheSecondConversationOfTheManual() {
        var chat = connected();
        assertThat(chat.caller("help me reset my password")).isEqualTo("What is your email address?");
        assertThat(chat.caller("idontexist@example.com")).isEqualTo("""
                Sorry, "idontexist@example.com" isn't in our incident management system. Please try again.
                What is your email address?""");
        assertThat(chat.caller("abraham.lincoln@example.com")).isEqualTo("What is the priority of this issue?");
        assertThat(chat.caller("/inform{\"priority\":\"high\"}"))
                .isEqualTo("What is the problem description for the issue?");
        assertThat(chat.caller("Password stuck in a loop")).isEqualTo("""
                Should I open an incident with the following details?
                email: abraham.lincoln@example.com
                problem description: Password stuck in a loop
                title: Problem resetting password
                priority: high""");
        assertThat(chat.caller("/affirm"))
                .isEqualTo("Successfully opened up incident INC0010008 for you.  Someone will reach out soon.");
        assertThat(chat.lastCall().arguments())
                .isEqualTo("{\"shortDescription\":\"Problem resetting password\","
                        + "\"description\":\"Password stuck in a loop\",\"urgency\":\"1\"}");
        assertThat(chat.caller("Can I check the status of my tickets?"))
                .isEqualTo("Would you like to use the last email address you used, abraham.lincoln@example.com?");
        assertThat(chat.caller("Yes please")).isEqualTo("""
                Incident INC0010002: "Email Log in problem", opened on 2020-05-21 09:57:06 is currently in progress
                Incident INC0010008: "Problem resetting password", opened on 2020-05-21 12:12:49 is currently awaiting triage""");
        assertThat(chat.caller("thanks")).isEqualTo("You're welcome!");
    }

    @Test
    void provesWhoCallsBeforeItTellsOfIncidents() {
        var chat = connected().tool("lookup-customer", Desk.CLAIMED).tool("send-verification", Desk.SENT);
        chat.caller("what's the status of my ticket");
        assertThat(chat.caller("abraham.lincoln@example.com")).contains("Shall I send a code to the phone");
        assertThat(chat.caller("yes")).contains("Please key in its digits");
        assertThat(chat.keysCode(Desk.RIGHT))
                .contains("Thank you, that's right.")
                .contains("Incident INC0010002");
    }

    @Test
    void d1PreviousEmailIsOfferedAndNoForgetsIt() {
        var chat = new Chat("voice-desk");
        chat.caller("check the status of my ticket");
        chat.caller("joe@example.com");
        assertThat(chat.caller("I want to open an incident"))
                .isEqualTo("Would you like to use the last email address you used, joe@example.com?");
        assertThat(chat.caller("no")).isEqualTo("What is your email address?");
    }

    @Test
    void d1NoWithAnotherEmailUsesThat() {
        var chat = new Chat("voice-desk");
        chat.caller("check the status of my ticket");
        chat.caller("joe@example.com");
        chat.caller("check the status of my ticket");
        assertThat(chat.caller("no, use ann@example.com")).contains("The most recent incident for ann@example.com");
    }

    @Test
    void d6NobodyHearsOfTicketsWithoutAProof() {
        var chat = connected().tool("lookup-customer", Desk.CLAIMED).tool("send-verification", Desk.SENT);
        chat.caller("what's the status of my ticket");
        chat.caller("abraham.lincoln@example.com");
        assertThat(chat.caller("no, I won't")).contains("Without it I can't open or read incidents.");
        assertThat(chat.calls).extracting("name").doesNotContain("list-my-tickets");
    }

    @Test
    void d2ARefusedTicketIsNotCalledOpened() {
        var chat = connected().tool("create-servicenow-ticket", "{\"success\":false,\"message\":\"no\"}");
        toConfirm(chat);
        assertThat(chat.caller("yes")).contains("Something went wrong").doesNotContain("Successfully");
    }

    @Test
    void d13YesToThePlainEmailQuestionAsksAgain() {
        var chat = new Chat("voice-desk");
        chat.caller("open an incident");
        assertThat(chat.caller("yes")).endsWith("What is your email address?");
    }

    @Test
    void d14AListOfEntitiesIsItsFirst() {
        var chat = new Chat("voice-desk");
        chat.caller("open an incident");
        chat.caller("joe@example.com");
        assertThat(chat.caller("/inform{\"priority\":[\"High\",\"low\"]}"))
                .isEqualTo("What is the problem description for the issue?");
    }

    @Test
    void d16ThreeMisunderstandingsEndInAPerson() {
        var chat = new Chat("voice-desk").tool("live-agent-handoff", Desk.DONE);
        chat.caller("open an incident");
        chat.caller("blah blah fnord");
        chat.caller("xyzzy plugh");
        assertThat(chat.caller("frobnicate the quux")).contains("I'll get you a colleague");
        assertThat(chat.lastCall().name()).isEqualTo("live-agent-handoff");
    }

    @Test
    void d16ThreeSilencesEndInAGoodbyeIfThereIsNobody() {
        var chat = new Chat("voice-desk").tool("end-call", Desk.DONE);
        chat.caller("open an incident");
        assertThat(chat.caller(""))
                .isEqualTo("Sorry, I did not get that - please repeat.\nWhat is your email address?");
        chat.caller(" ");
        assertThat(chat.caller("")).contains("Goodbye!");
        assertThat(chat.lastCall().name()).isEqualTo("end-call");
    }

    @Test
    void d11TextsHaveNoRunsOfBlanks() {
        var flow = Chat.book().flow("voice-desk");
        flow.say()
                .values()
                .forEach(utterance -> utterance
                        .texts()
                        .values()
                        .forEach(texts ->
                                texts.forEach(text -> assertThat(text.source()).doesNotContain("   "))));
    }

    private static void toConfirm(Chat chat) {
        chat.caller("help me reset my password");
        chat.caller("abraham.lincoln@example.com");
        chat.caller("high");
        assertThat(chat.caller("Password stuck in a loop")).startsWith("Should I open an incident");
    }

    @Test
    void hiIsHighWhileThePriorityIsAsked() {
        var chat = new Chat("voice-desk");
        chat.caller("help me reset my password");
        chat.caller("abraham.lincoln@example.com");
        assertThat(chat.caller("Hi.")).isEqualTo("What is the problem description for the issue?");
    }

    @Test
    void anInvalidPriorityIsNamedAndAskedAgain() {
        var chat = new Chat("voice-desk");
        chat.caller("help me reset my password");
        chat.caller("abraham.lincoln@example.com");
        assertThat(chat.caller("flow"))
                .isEqualTo(
                        "Sorry \"flow\" is not a valid priority. Please try again.\nWhat is the priority of this issue?");
        assertThat(chat.caller("The caller keyed 2")).isEqualTo("What is the problem description for the issue?");
    }

    @Test
    void theMenuIsSpokenWithItsKeys() {
        var chat = new Chat("voice-desk");
        chat.caller("help me reset my password");
        chat.caller("abraham.lincoln@example.com");
        assertThat(((dev.callbus.llm.ChatMessage.Assistant) chat.history.getLast()).text())
                .isEqualTo(
                        "What is the priority of this issue?\nPress 1 or say low, press 2 or say medium, press 3 or say high.");
        assertThat(Chat.book().hints("voice-desk")).contains("low", "medium", "high", "yes", "no");
    }

    @Test
    void helpInAFormIsGivenAndTheFormGoesOn() {
        var chat = new Chat("voice-desk");
        chat.caller("my outlook won't open");
        assertThat(chat.caller("what can you do?"))
                .startsWith("I can help you open")
                .endsWith("What is your email address?");
        assertThat(chat.caller("order me a pizza"))
                .startsWith("Sorry, I'm not sure")
                .endsWith("What is your email address?");
        assertThat(chat.caller("joe@example.com")).isEqualTo("What is the priority of this issue?");
    }

    @Test
    void formsAreSwitchedAndTheFirstGoesOn() {
        var chat = new Chat("voice-desk");
        chat.caller("open an incident");
        chat.caller("joe@example.com");
        assertThat(chat.caller("what's the status of my ticket"))
                .contains("I'm making this up!")
                .endsWith("Let's go on with what we began.\nWhat is the priority of this issue?");
    }

    @Test
    void wordsOfADescriptionAreNotTakenForWishes() {
        var chat = new Chat("voice-desk");
        chat.caller("open an incident");
        chat.caller("joe@example.com");
        chat.caller("low");
        assertThat(chat.caller("no"))
                .isEqualTo(
                        "I didn't quite understand that. Could you rephrase?\nWhat is the problem description for the issue?");
        assertThat(chat.caller("my outlook won't open and I need a new password"))
                .isEqualTo("What should we use for the title of this incident?");
        assertThat(chat.caller("the weather app is broken")).startsWith("Should I open an incident");
        assertThat(chat.caller("no")).isEqualTo("Alright, I have cancelled the incident.");
    }

    @Test
    void confirmedValuesCanBeCorrected() {
        var chat = connected();
        toConfirm(chat);
        assertThat(chat.caller("no, make it low")).contains("priority: low");
    }

    @Test
    void offersOtherBotsIfThereIsNoPerson() {
        var none = new Chat("voice-desk");
        assertThat(none.caller("I want to talk to a human")).isEqualTo("""
                It looks like you want to be transferred to a human agent.
                Since you haven't configured a host to hand off to, I can't send you anywhere!""");
        var some = new Chat(
                Chat.changed(
                        "voice-desk.yaml",
                        "questions:\n",
                        "handoffs:\n  - {key: financial_demo, title: Financial Assistant, url: \"http://localhost:5006\"}\n\nquestions:\n"),
                "voice-desk");
        assertThat(some.caller("I want to talk to a human")).endsWith("I can transfer you to one of these bots.");
        assertThat(some.options)
                .extracting(DialogReply.Option::payload)
                .containsExactly("/trigger_handoff{\"handoff_to\":\"financial_demo\"}");
        assertThat(some.caller("Financial Assistant"))
                .startsWith("Alright, I'll try to transfer you.")
                .contains("Financial Assistant");
        assertThat(some.transfer)
                .isEqualTo(new OtherBot("financial_demo", "Financial Assistant", "http://localhost:5006"));
        some.caller("I want to talk to a human");
        assertThat(some.caller("no")).isEqualTo("What else can I help you with?");
    }

    @Test
    void d3NobodyOrSeveralForAnAddressIsSaidAndAskedAgain() {
        var chat = connected().tool("lookup-customer", "{\"success\":true,\"known\":false}");
        chat.caller("open an incident");
        chat.caller("two@example.com");
        assertThat(chat.caller("nobody@example.com"))
                .contains("\"nobody@example.com\" isn't in our incident management");
        assertThat(chat.calls).extracting("name").containsOnly("lookup-customer");
    }

    @Test
    void d8AnAnswerWithoutWordsDoesNotBreakTheConversation() {
        var chat = new Chat("voice-desk");
        chat.history.add(new dev.callbus.llm.ChatMessage.Assistant("", java.util.List.of(), null));
        chat.history.add(new dev.callbus.llm.ChatMessage.Caller(""));
        assertThat(chat.answer()).startsWith("Sorry, I did not get that");
    }

    @Test
    void d12AnErrorsDetailsAreNotReadOut() {
        var chat = connected()
                .tool("lookup-customer", "{\"success\":false,\"message\":\"ServiceNow error: 3 [{sys_id=1}]\"}");
        chat.caller("open an incident");
        assertThat(chat.caller("joe@example.com"))
                .isEqualTo("I'm sorry, our incident management system can't be reached right now.");
    }

    @Test
    void d16ThreeUnknownAddressesEndInAPerson() {
        var chat = connected()
                .tool("lookup-customer", "{\"success\":true,\"known\":false}")
                .tool("live-agent-handoff", Desk.DONE);
        chat.caller("open an incident");
        chat.caller("one@example.com");
        assertThat(chat.caller("two@example.com")).endsWith("What is your email address?");
        assertThat(chat.caller("three@example.com"))
                .contains("I'll get you a colleague")
                .doesNotContain("What is your");
    }
}
