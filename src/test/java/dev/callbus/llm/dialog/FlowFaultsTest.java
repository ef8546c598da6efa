package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.llm.ToolSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broken flow file is refused with the line and what to do. */
class FlowFaultsTest {
    private static final String GOOD = """
            flow: tiny
            languages: [en]
            say:
              hello: "Hello!"
              what: "What?"
              again: "Again, please."
              press: "press {key} or say {option}"
              ask_mail: {en: "Your email?", menu: [{key: "1", label: none, payload: /deny}]}
            words:
              colour: {en: {red: rot}}
            moments:
              silence: again
              fallback: [what]
              escalate: {do: end, say: what}
              without: what
              failed: what
              pending: what
              press: press
            on:
              - {intent: greet, say: hello}
              - {words: ['\\bmail\\b'], form: mail}
            forms:
              mail:
                steps:
                  - {get: email, ask: ask_mail, kind: email}
                  - {call: some-tool, with: {email: "{email|colour}"}}
            results:
              some-tool:
                - {result: {success: "true"}, say: hello}
            remedies:
              reboot: {words: ['slow'], steps: [what]}
            handoffs:
              - {key: other, title: Other, url: "http://localhost:1"}
            """;

    private static final FlowWorld WORLD = new FlowWorld(
            List.of("greet", "goodbye", "deny"), List.of(new ToolSpec("some-tool", "", """
                    {"properties":{"email":{"type":"string"},"channel":{"enum":["sms","call"]},"note":{"type":"string"}},
                    "required":["email"]}"""), new ToolSpec("other-tool", "", "{}")));

    private static List<String> faults(String text) {
        var faults = new ArrayList<FlowFault>();
        FlowReader.read("tiny.yaml", text, WORLD, faults);
        return faults.stream().distinct().map(FlowFault::toString).toList();
    }

    @Test
    void theGoodOneIsRead() {
        assertThat(faults(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hello: \"Hello!\" ; hello: [\"Hello!\" ; 5 ; not YAML ; quotes",
                "languages: [en] ; languages: [English] ; 1 ; the language English ; small letters",
                "languages: [en] ; langauges: [en] ; 2 ; langauges is no key ; Did you mean languages",
                "say: hello} ; sayy: hello} ; 20 ; sayy is no key ; Did you mean say",
                "intent: greet ; intent: greeet ; 20 ; the intent greeet ; Did you mean greet",
                "form: mail} ; form: male} ; 21 ; the form male ; Did you mean mail",
                "fallback: [what] ; fallback: [wat] ; 13 ; the utterance wat ; Did you mean what",
                "ask: ask_mail ; ask: ask_mial ; 25 ; the utterance ask_mial ; Did you mean ask_mail",
                "kind: email ; kind: emial ; 25 ; no kind of answer ; Did you mean email",
                "do: end ; do: stop ; 14 ; nothing that can be done ; There are",
                "email|colour ; email|color ; 26 ; list of words color ; Did you mean colour",
                "get: email, ; gett: email, ; 25 ; has no get ; Add \"get",
                "call: some-tool ; cal: some-tool ; 26 ; calls nothing ; call: name-of-the-tool",
                "\\bmail\\b ; (mail ; 21 ; no regular expression ; backslash",
                "silence: again ; # ; 11 ; has no silence ; Add \"silence",
                "{intent: greet, say ; {say ; 20 ; neither intent nor words ; Say what the caller means",
                "key: other, ; kee: other, ; 33 ; has no key ; Add \"key",
                "steps: [what] ; steps: [wait] ; 31 ; the utterance wait ; Did you mean what",
                "en: \"Your email?\" ; de: \"Your email?\" ; 8 ; not said in en ; Add \"en",
                "say: hello} ; ask: hello} ; 4 ; nothing is done with the answer ; under questions",
            })
    void aFaultNamesLineAndRemedy(String before, String after, int line, String problem, String remedy) {
        assertThat(GOOD).contains(before);
        var faults = faults(GOOD.replaceFirst(
                java.util.regex.Pattern.quote(before), java.util.regex.Matcher.quoteReplacement(after)));
        assertThat(faults)
                .anySatisfy(fault -> assertThat(fault)
                        .startsWith("tiny.yaml:" + line + ": ")
                        .contains(problem)
                        .contains(remedy));
    }

    @Test
    void aFormThatNeedsItselfIsRefused() {
        assertThat(faults(GOOD.replace("      - {call: some-tool", "      - {form: mail}\n      - {call: some-tool")))
                .anySatisfy(fault -> assertThat(fault).contains("goes into itself"));
    }

    @Test
    void emptyAndTwofoldAreRefused() {
        assertThat(faults("")).singleElement().asString().contains("tiny.yaml:1: the file is empty");
        assertThat(faults(GOOD.replace("  what: \"What?\"", "  what: \"What?\"\n  hello: \"Hi\"")))
                .anySatisfy(fault ->
                        assertThat(fault).contains("hello is there twice").contains("tiny.yaml:6"));
    }

    @Test
    void allFaultsOfAllFilesComeTogether(@TempDir Path directory) throws Exception {
        Files.copy(Path.of("assets/dialogs/phrases.yaml"), directory.resolve("phrases.yaml"));
        Files.writeString(directory.resolve("one.yaml"), GOOD.replace("intent: greet", "intent: greeet"));
        Files.writeString(directory.resolve("two.yaml"), GOOD.replace("form: mail}", "form: male}"));
        assertThatThrownBy(() -> DialogBook.load(directory, WORLD.tools()))
                .isInstanceOfSatisfying(
                        DialogException.class,
                        refused -> assertThat(refused.faults())
                                .hasSize(3)
                                .anyMatch(fault -> fault.contains("one.yaml:20"))
                                .anyMatch(fault -> fault.contains("two.yaml:21"))
                                .anyMatch(fault -> fault.contains("another file has the flow tiny")));
    }

    @Test
    void aDirectoryWithoutFlowsOrPhrasesIsRefused(@TempDir Path directory) {
        assertThatThrownBy(() -> DialogBook.load(directory.resolve("none"), List.of())).isInstanceOf(DialogException.class);
        assertThatThrownBy(() -> DialogBook.load(directory, WORLD.tools()))
                .isInstanceOf(DialogException.class)
                .hasMessageContaining("phrases.yaml");
    }
}
