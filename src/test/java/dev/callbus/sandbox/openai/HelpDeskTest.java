package dev.callbus.sandbox.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.openai.ChatRequest.Message;
import dev.callbus.sandbox.openai.ChatRequest.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HelpDeskTest {
    private static final Script SCRIPT = Script.helpDesk();

    @Test
    void givesNearlyEveryRuleAnExampleThatReachesIt() {
        assertThat(SCRIPT.rules()).hasSizeGreaterThanOrEqualTo(25);
        assertThat(SCRIPT.rules())
                .filteredOn(rule -> rule.example().isEmpty())
                .allSatisfy(rule -> assertThat(
                                rule.when().result() != null || rule.when().turn() != null)
                        .as("the rule of line %d needs an example", rule.line())
                        .isTrue());
    }

    @Test
    void greetsWhenNobodyHasSpoken() {
        assertThat(answer(List.of(new Message("system", "You are a help desk.", List.of(), null)), Set.of()))
                .startsWith("Hello!");
    }

    @Test
    void saysOnlyWhatCanBeSpoken() {
        assertThat(lines())
                .allSatisfy(line -> assertThat(line)
                        .doesNotContainPattern("[*_#`<>|~\\[\\]]|https?:|\\n|^\\s*[-\\d]+[.)]?\\s|:")
                        .hasSizeLessThan(180)
                        .matches("\\{said}|.*[.?!]"));
    }

    @Test
    void neverClaimsToHaveDoneWhatItCannotDo() {
        assertThat(lines())
                .allSatisfy(line -> assertThat(line.toLowerCase(Locale.ROOT))
                        .doesNotContainPattern(
                                "i('ve| have) (created|opened|logged|reset|sent|fixed|unlocked|checked|noted)|ticket number"
                                        + "|i('ll| will) (create|open|reset|unlock|send|call you)"));
    }

    @Test
    void staysInAConversation() {
        assertThat(conversation(
                        Set.of(), "Hi", "my printer is stuck", "the 3rd floor", "paper jam", "yes it works", "no"))
                .containsExactly(
                        "Hello! You've reached the IT help desk. What can I do for you?",
                        "Printers have their moods. Which floor is it on?",
                        "Thanks. Please look at its display. Does it show an error, or is it just not printing?",
                        "That sounds like a paper jam. Open the front flap, pull the sheet out slowly, and close the"
                                + " flap again. Is it printing now?",
                        "Wonderful. Is there anything else I can help you with?",
                        "All right. Thank you for calling, and goodbye!");
    }

    @Test
    void repeatsItsLastWords() {
        assertThat(conversation(Set.of(), "The wifi is down", "Could you say that again?"))
                .containsExactly(
                        "Sorry to hear that. Does Wi-Fi work on your phone in the same place?",
                        "Sorry to hear that. Does Wi-Fi work on your phone in the same place?");
    }

    @Test
    void rotatesItsFallbacks() {
        assertThat(conversation(Set.of(), "blue elephants", "blue elephants", "blue elephants", "blue elephants"))
                .doesNotHaveDuplicates();
    }

    @Test
    void apologisesWhenNoColleagueCanBeReached() {
        assertThat(conversation(Set.of(), "let me talk to a human"))
                .singleElement()
                .asString()
                .startsWith("I'm sorry, I can't put you through");
        assertThat(new ScriptPlayer(SCRIPT)
                        .play(request(userSays("let me talk to a human"), Set.of("live-agent-handoff")))
                        .calls())
                .singleElement()
                .satisfies(call -> assertThat(call.name()).isEqualTo("live-agent-handoff"));
        assertThat(afterHandoff("{\"success\":false}")).startsWith("I'm sorry, I couldn't reach");
        assertThat(afterHandoff("{\"success\":true}")).isEqualTo("Please stay on the line.");
    }

    private static String afterHandoff(String result) {
        var messages = new ArrayList<>(userSays("agent"));
        messages.add(new Message(
                "assistant", "", List.of(new ChatRequest.ToolUse("call_1", "live-agent-handoff", "{}")), null));
        messages.add(new Message("tool", result, List.of(), "call_1"));
        return answer(messages, Set.of("live-agent-handoff"));
    }

    private static Stream<String> lines() {
        return Stream.concat(SCRIPT.rules().stream(), Stream.of(SCRIPT.otherwise()))
                .flatMap(rule -> rule.say().stream());
    }

    private static List<String> conversation(Set<String> tools, String... sentences) {
        var messages = new ArrayList<Message>();
        var answers = new ArrayList<String>();
        for (String sentence : sentences) {
            messages.addAll(userSays(sentence));
            answers.add(answer(messages, tools));
            messages.add(new Message("assistant", answers.getLast(), List.of(), null));
        }
        return answers;
    }

    private static List<Message> userSays(String words) {
        return List.of(new Message("user", words, List.of(), null));
    }

    private static String answer(List<Message> messages, Set<String> tools) {
        return new ScriptPlayer(SCRIPT).play(request(messages, tools)).text();
    }

    private static ChatRequest request(List<Message> messages, Set<String> tools) {
        return new ChatRequest("m", messages, tools, 1000, new Options(true, false, true));
    }
}
