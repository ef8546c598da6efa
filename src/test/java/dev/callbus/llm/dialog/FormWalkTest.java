package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.tool.ToolRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms that lead into others, and forms whose tools a conversation doesn't have. */
class FormWalkTest {
    private static final String FLOW = """
            flow: tiny
            languages: [en]
            say:
              hello: "Hello!"
              none: "None here."
              pardon: "Pardon?"
              what: "What is it?"
            moments:
              silence: pardon
              fallback: [pardon]
              escalate: {do: end, say: pardon}
              without: none
              failed: pardon
              pending: pardon
            on:
              - {words: ['go'], form: one}
            forms:
            """;

    @TempDir
    Path directory;

    private Chat chat(String forms) throws Exception {
        Files.copy(Path.of("assets/dialogs/phrases.yaml"), directory.resolve("phrases.yaml"));
        Files.writeString(directory.resolve("tiny.yaml"), FLOW + forms.indent(2));
        return new Chat(DialogBook.load(directory, ToolRegistry.known()), "tiny");
    }

    @Test
    void aFormGoesOnIntoTheNextOne() throws Exception {
        var chat = chat("""
                one: {steps: [{say: hello}], then: {form: two}}
                two: {steps: [{get: it, ask: what}, {say: none, if: {it: any}}]}
                """);
        assertThat(chat.caller("go")).isEqualTo("Hello!\nWhat is it?");
        assertThat(chat.caller("my cat")).isEqualTo("None here.");
    }

    @Test
    void formsThatAlwaysLeadIntoEachOtherStopAfterOneRound() throws Exception {
        var chat = chat("""
                one: {steps: [{say: hello}], then: [{if: {heard: any}, form: two}, {say: pardon}]}
                two: {steps: [{say: none}], then: [{if: {heard: any}, form: one}, {say: pardon}]}
                """);
        assertThat(chat.caller("go")).isEqualTo("Hello!\nNone here.\nHello!");
    }

    @Test
    void whatIsSaidInPlaceOfAToolIsSaidOnceAndTheFormGoesOn() throws Exception {
        var chat = chat("""
                one:
                  steps:
                    - {call: list-my-tickets, otherwise: {say: none}}
                    - {say: hello}
                    - {get: it, ask: what}
                    - {say: none, if: {it: any}}
                """);
        assertThat(chat.caller("go")).isEqualTo("None here.\nHello!\nWhat is it?");
        assertThat(chat.caller("my cat")).isEqualTo("None here.");
    }

    @Test
    void aFormInPlaceOfAToolIsTriedOnce() throws Exception {
        var chat = chat("""
                one:
                  steps:
                    - {get: closed, by: "{heard}", choose: {"true": all}, other: "false"}
                    - {call: list-my-tickets, with: {includeClosed: "{closed}"}, otherwise: {say: hello, form: two}}
                    - {say: hello}
                two: {steps: [{say: pardon}]}
                """);
        assertThat(chat.caller("go")).isEqualTo("Hello!\nPardon?\nNone here.");
    }
}
