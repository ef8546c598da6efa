package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpDeskTest {

    @Test
    void holdsTheConversationOfTheDemo() {
        var chat = Desk.unverified();
        assertThat(chat.caller("Hi there, I have a question about my tickets."))
                .isEqualTo("Hello Dana.\nBefore we talk about tickets I have to be sure that it's you. Shall I text a code to your"
                        + " phone ending in 42?");
        assertThat(chat.caller("Yes, please.")).isEqualTo("The code is on its way. Please key in its digits on your phone.");
        Desk.admitted(chat);
        assertThat(chat.keysCode(Desk.RIGHT)).startsWith("Thank you, that's right.").endsWith("anything else I can help you with?");
        assertThat(chat.caller("Please open a ticket, my laptop doesn't start since this morning."))
                .isEqualTo("Your ticket is made. Its number is INC0010012.\nIs there anything else I can help you with?");
        assertThat(chat.lastCall().arguments())
                .contains("\"shortDescription\":\"My laptop doesn't start since this morning.\"")
                .contains("\"urgency\":\"2\"");
        assertThat(chat.caller("Can you read ticket INC0010012 back to me?"))
                .isEqualTo("Ticket INC0010012 says, My laptop doesn't start. It is in progress, and it is assigned to Ravi Chopra.\n"
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
}
