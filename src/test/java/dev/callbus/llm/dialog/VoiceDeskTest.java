package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

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
}
