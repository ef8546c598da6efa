package dev.callbus.llm.flowise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a flow is asked. Source: docs.flowiseai.com/using-flowise/prediction */
class FlowiseQuestionTest {
    private static final ChatMessage INSTRUCTIONS = new ChatMessage.Instructions("You are the help desk.");
    private static final List<ToolCall> CALLS = List.of(new ToolCall("a", "find", "{}", null));

    private static String question(ChatMessage... messages) {
        return FlowiseQuestion.question(List.of(messages));
    }

    private static ChatMessage caller(String words) {
        return new ChatMessage.Caller(words);
    }

    private static ChatMessage said(String words) {
        return new ChatMessage.Assistant(words, List.of(), null);
    }

    private static ChatMessage note(String words) {
        return new ChatMessage.Instructions(words);
    }

    private static ChatMessage called() {
        return new ChatMessage.Assistant("One moment.", CALLS, null);
    }

    private static ChatMessage result(String words) {
        return new ChatMessage.ToolResult("a", "find", words);
    }

    @Test
    void theBodyHoldsTheQuestionAndTheCallAndNothingElse() throws Exception {
        var mapper = new ObjectMapper();
        var request = new LlmProtocol.Generate(
                "CA1", List.of(INSTRUCTIONS, caller("Hi")), List.of(new ToolSpec("find", "Finds.", "{}")));
        assertThat(mapper.readTree(FlowiseQuestion.body(mapper, request).getBytes()))
                .isEqualTo(mapper.readTree("{\"question\":\"Hi\",\"chatId\":\"CA1\",\"streaming\":true}"));
    }

    @Test
    void onlyWhatFollowedTheLastAnswerIsAsked() {
        assertThat(question(
                        INSTRUCTIONS, said("Hello."), caller("My screen is dark"), said("Is it on?"), caller("Yes")))
                .isEqualTo("Yes");
    }

    @Test
    void callersWordsThatWereNotAnsweredBelongToTheQuestion() {
        assertThat(question(INSTRUCTIONS, said("Hello."), caller("My screen"), caller("is dark")))
                .isEqualTo("My screen\nis dark");
    }

    @Test
    void notesThatTheFlowCanNotKnowBelongToTheQuestion() {
        assertThat(question(INSTRUCTIONS, said("Hello."), caller("Hi"), said("Yes?"), note("The caller is verified.")))
                .isEqualTo("The caller is verified.");
    }

    @Test
    void aRoundOfToolsOfAnotherModelIsTold() {
        assertThat(question(INSTRUCTIONS, said("Hello."), caller("Find it"), called(), result("INC1 is open")))
                .isEqualTo("Find it\nfind: INC1 is open");
    }

    @Test
    void instructionsForOtherModelsAreNotAsked() {
        assertThat(question(INSTRUCTIONS, note("Be brief."), caller("Hi"))).isEqualTo("Hi");
    }

    @Test
    void aConversationWithoutAnyCallersWordsStillAsks() {
        assertThat(question(INSTRUCTIONS, note("Greet the caller."))).isEqualTo("Greet the caller.");
        assertThat(question(INSTRUCTIONS)).isEqualTo("You are the help desk.");
    }

    @Test
    void aConversationThatEndsWithAnAnswerAsksTheLastWordsAgain() {
        assertThat(question(INSTRUCTIONS, caller("Hi"), said("Hello."), said("Hm.")))
                .isEqualTo("Hi");
    }
}
