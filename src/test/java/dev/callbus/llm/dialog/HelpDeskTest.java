package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpDeskTest {

    @Test
    void holdsTheConversationOfTheDemo() {
        var chat = Desk.unverified();
        assertThat(chat.caller("Hi there, I have a question about my tickets."))
                .isEqualTo(
                        "Hello Dana.\nBefore we talk about tickets I have to be sure that it's you. Shall I text a code to your"
                                + " phone ending in 42?");
        assertThat(chat.caller("Yes, please."))
                .isEqualTo("The code is on its way.\nPlease key in its digits on your phone.");
        Desk.admitted(chat);
        assertThat(chat.keysCode(Desk.RIGHT))
                .startsWith("Thank you, that's right.")
                .endsWith("anything else I can help you with?");
        assertThat(chat.caller("Please open a ticket, my laptop doesn't start since this morning."))
                .isEqualTo(
                        "Your ticket is made. Its number is INC0010012.\nIs there anything else I can help you with?");
        assertThat(chat.lastCall().arguments())
                .contains("\"shortDescription\":\"My laptop doesn't start since this morning.\"")
                .contains("\"urgency\":\"2\"");
        assertThat(chat.caller("Can you read ticket INC0010012 back to me?"))
                .isEqualTo(
                        "Ticket INC0010012 says, My laptop doesn't start. It is in progress, and it is assigned to Ravi Chopra.\n"
                                + "Is there anything else I can help you with?");
        chat.cutAfter("Ticket I N C, 0 0 1 0 0 1 2 says, My laptop");
        assertThat(chat.caller("Thanks, that's right. And which tickets do I have?"))
                .isEqualTo("You have 2 tickets. The latest are these.\nINC0010012, My laptop doesn't start, new.\n"
                        + "INC0010003, Email trouble, on hold.\nIs there anything else I can help you with?");
        assertThat(chat.caller("Please add a note to INC0010012, it also happens with another cable."))
                .isEqualTo("Done. Ticket INC0010012 is updated.\nIs there anything else I can help you with?");
        assertThat(chat.lastCall().arguments())
                .contains("\"workNotes\":\"The caller says: it also happens with another cable.\"");
        assertThat(chat.caller("One more thing. What does ticket INC0010150 say?"))
                .startsWith("I can't find a ticket of yours with that number.");
        assertThat(chat.caller("No, that's all. Goodbye!")).isEqualTo("Thank you for calling. Goodbye!");
        assertThat(chat.lastCall().name()).isEqualTo("end-call");
    }

    @Test
    void asksWhichPhoneAndSendsThere() {
        var chat = Desk.unverified().tool("lookup-customer", Desk.KNOWN_WITH_TWO_PHONES);
        assertThat(chat.caller("what tickets do I have")).contains("Which phone shall I text a code to?");
        assertThat(chat.options)
                .extracting(DialogReply.Option::label)
                .containsExactly("mobile ending in 42", "business ending in 17");
        chat.caller("the business one");
        assertThat(chat.lastCall().arguments()).contains("\"to\":\"2\"");
    }

    @Test
    void keysChooseAPhone() {
        var chat = Desk.unverified().tool("lookup-customer", Desk.KNOWN_WITH_TWO_PHONES);
        chat.caller("what tickets do I have");
        chat.caller("The caller keyed 2");
        assertThat(chat.lastCall().arguments()).contains("\"to\":\"2\"");
    }

    @Test
    void callsWithTheCodeIfThatIsWanted() {
        var chat = Desk.unverified();
        chat.caller("what tickets do I have");
        chat.caller("Can you call me with the code instead?");
        assertThat(chat.lastCall().name()).isEqualTo("send-verification");
        assertThat(chat.lastCall().arguments()).contains("\"channel\":\"call\"");
    }

    @Test
    void asksWhoItIsIfTheNumberIsUnknown() {
        var chat = Desk.unverified()
                .tool("lookup-customer", call -> call.arguments().contains("dana") ? Desk.CLAIMED : Desk.UNKNOWN);
        assertThat(chat.caller("I'd like to open a ticket"))
                .contains("What is your email address, or your employee number?");
        assertThat(chat.caller("dana at example dot com")).contains("the phone that we have on record");
        assertThat(chat.caller("sure")).contains("Please key in");
        Desk.admitted(chat);
        assertThat(chat.keysCode(Desk.RIGHT)).contains("What should the ticket say?");
    }

    @Test
    void aWrongCodeMayBeTriedAgainAndAnOldOneSentAnew() {
        var chat = Desk.unverified();
        chat.caller("what tickets do I have");
        chat.caller("yes");
        assertThat(chat.keysCode(Desk.WRONG))
                .startsWith("That code isn't right.")
                .contains("Please key in the digits");
        assertThat(chat.keysCode(Desk.EXPIRED))
                .startsWith("That code is no longer good.")
                .contains("Shall I text a code");
        assertThat(chat.caller("yes please")).contains("key in");
        Desk.admitted(chat);
        assertThat(chat.keysCode(Desk.RIGHT)).contains("You have 2 tickets.");
    }

    @Test
    void aCallerWhoCannotProveItStillGetsHelp() {
        var chat = Desk.unverified();
        chat.caller("what tickets do I have");
        assertThat(chat.caller("I don't have my phone with me")).contains("Without it I can't talk about tickets");
        assertThat(chat.caller("my printer is broken")).contains("Let's look at the printer");
        assertThat(chat.caller("yes it works now")).startsWith("Good to hear.");
    }

    @Test
    void remediesComeBeforeATicketThatKnowsTheProblem() {
        var chat = Desk.verified();
        assertThat(chat.caller("The VPN does not connect"))
                .contains("Let's look at the VPN")
                .endsWith("Does it work now?");
        assertThat(chat.caller("no, still the same")).contains("delete the saved password");
        assertThat(chat.caller("no")).endsWith("Shall I make a ticket?");
        assertThat(chat.caller("yes please")).startsWith("Your ticket is made.");
        assertThat(chat.lastCall().arguments()).contains("The VPN does not connect");
    }

    @Test
    void aKeptTicketIsToldTruthfully() {
        var chat = Desk.verified().tool("create-servicenow-ticket", Desk.QUEUED);
        assertThat(chat.caller("Please open a ticket, my screen stays black"))
                .contains("it has no number yet")
                .doesNotContain("is made");
    }

    @Test
    void aFailedToolIsNeverCalledDone() {
        for (var tool : java.util.List.of(
                "create-servicenow-ticket", "update-servicenow-ticket", "list-my-tickets", "get-servicenow-ticket")) {
            var chat = Desk.verified().tool(tool, Desk.FAILED);
            for (var words : java.util.List.of(
                    "Please open a ticket, my screen stays black",
                    "Please add a note to INC0010012, it happens again",
                    "which tickets do I have",
                    "What about ticket INC0010012?")) {
                var answer = chat.caller(words);
                if (chat.lastCall().name().equals(tool)) {
                    assertThat(answer).as(tool).contains("I'm sorry").doesNotContain("Done");
                }
            }
            assertThat(chat.calls).extracting("name").contains(tool);
        }
    }

    @Test
    void withoutItsToolsItSaysWhatItCannotDo() {
        var chat = new Chat("help-desk").tool("end-call", Desk.DONE);
        assertThat(chat.caller("please open a ticket")).contains("I can't open or look up tickets on this line");
        assertThat(chat.caller("I want to talk to a human")).contains("I can't put you through");
    }

    @Test
    void speaksSpanishOnWish() {
        var chat = Desk.unverified();
        chat.caller("hello");
        assertThat(chat.caller("Can we speak Spanish?")).contains("Claro, seguimos en español.");
        assertThat(chat.caller("¿qué tickets tengo?")).contains("¿Le envío un código al teléfono que acaba en 42?");
        assertThat(chat.caller("sí, por favor")).contains("El código está en camino.");
        Desk.admitted(chat);
        assertThat(chat.keysCode(Desk.RIGHT)).contains("Tiene 2 tickets.");
        assertThat(chat.caller("in English please")).contains("let's go on in English");
    }

    @Test
    void asksInTheNewLanguageWhatItAskedBefore() {
        var chat = Desk.unverified();
        chat.caller("what tickets do I have");
        assertThat(chat.caller("Spanish please"))
                .contains("seguimos en español")
                .contains("¿Le envío un código");
    }

    @Test
    void anAttackIsStoppedFirst() {
        var chat = Desk.unverified();
        assertThat(chat.caller("I think I clicked on a phishing link"))
                .contains("take the computer off the network")
                .contains("Did you type a password");
        assertThat(chat.calls).extracting("name").contains("change-context");
        assertThat(chat.caller("yes I typed my password there"))
                .contains("change that password")
                .contains("stay on the line");
        assertThat(chat.lastCall().arguments()).contains("phishing");
    }

    @Test
    void textsTheNumberOfTheTicket() {
        var chat = Desk.verified();
        chat.caller("Please open a ticket, my screen stays black");
        assertThat(chat.caller("Can you text me that please")).contains("The text message is on its way.");
        assertThat(chat.lastCall().arguments()).contains("INC0010012");
    }

    @Test
    void resolvesAfterAConfirmationAndReopens() {
        var chat = Desk.verified();
        assertThat(chat.caller("You can close INC0010012, it's fixed")).contains("mark ticket INC0010012 as resolved?");
        assertThat(chat.caller("yes")).contains("is resolved");
        assertThat(chat.lastCall().arguments()).contains("Resolved by caller");
        assertThat(chat.caller("Please reopen it, it broke again")).contains("open again");
    }

    @Test
    void whatWasNotHeardIsAskedAgain() {
        var chat = Desk.verified();
        chat.caller("open a ticket please");
        chat.cutAfter("What");
        assertThat(chat.caller("sorry, what was that? I coughed")).contains("What should the ticket say?");
        assertThat(chat.calls).extracting("name").doesNotContain("create-servicenow-ticket");
    }

    @Test
    void repeatsAndWaits() {
        var chat = Desk.verified();
        chat.caller("open a ticket please");
        assertThat(chat.caller("Could you repeat that?")).contains("What should the ticket say?");
        assertThat(chat.caller("hold on a second")).isEqualTo("Take your time.");
        assertThat(chat.caller("My keyboard loses letters since yesterday")).startsWith("Your ticket is made.");
    }

    @Test
    void goesOnWhereItWasWhenItIsAskedWithoutNewWords() {
        var chat = Desk.unverified();
        chat.caller("what tickets do I have");
        assertThat(chat.answer()).contains("Shall I text a code");
    }

    @Test
    void aMindMayBeChanged() {
        var chat = Desk.verified();
        chat.caller("open a ticket please");
        assertThat(chat.caller("forget it, cancel that")).contains("I've stopped that");
        assertThat(chat.caller("no")).contains("oodbye");
    }
}
