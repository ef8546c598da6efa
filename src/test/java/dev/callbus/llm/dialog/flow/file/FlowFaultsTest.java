package dev.callbus.llm.dialog.flow.file;

import static org.assertj.core.api.Assertions.assertThat;

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
            List.of("greet", "goodbye", "deny"),
            List.of(new ToolSpec("some-tool", "", """
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
                "\\bmail\\b ; (.*)(.*)(.*)(.*)mail ; 21 ; takes too long ; fewer of * and +",
                "\\bmail\\b ; (mail ; 21 ; no regular expression ; backslash",
                "silence: again ; # ; 11 ; has no silence ; Add \"silence",
                "{intent: greet, say ; {say ; 20 ; neither intent nor words ; Say what the caller means",
                "key: other, ; kee: other, ; 33 ; has no key ; Add \"key",
                "steps: [what] ; steps: [wait] ; 31 ; the utterance wait ; Did you mean what",
                "en: \"Your email?\" ; de: \"Your email?\" ; 8 ; not said in en ; Add \"en",
                "call: some-tool ; call: some-tol ; 26 ; names the tool some-tol ; Did you mean some-tool",
                "some-tool: ; som-tool: ; 28 ; names the tool som-tool ; Did you mean some-tool",
                "with: {email: ; with: {emial: ; 26 ; nothing that some-tool takes ; Did you mean email",
                "with: {email: ; with: {note: ; 26 ; called without email ; Add",
                "with: {email: ; with: {channel: letter, email: ; 26 ; can't be letter ; There are sms, call",
                "{email|colour} ; {emial|colour} ; 26 ; names the value emial ; Did you mean email",
                "\"Hello!\" ; \"Hello {name}!\" ; 4 ; names the value name ; let a step get it",
                "\"Hello!\" ; \"Hello {first name}!\" ; 4 ; a brace that belongs to no place: {first name} ; {name}",
                "\"Hello!\" ; \"Hello email}!\" ; 4 ; a brace that belongs to no place ; {name}",
                "\"Hello!\" ; \"Hello {heard.emial}!\" ; 4 ; names the entity emial ; Did you mean email",
                "\"Hello!\" ; [] ; 4 ; is an empty list ; at least one item",
                "\"Hello!\" ; {en: ~} ; 4 ; must be a text ; one line of text",
                "{red: rot} ; {red: '{vaule}'} ; 10 ; a place for something else ; {value}",
                "colour: {en: ; colour: {ne: ; 10 ; no language of this flow ; en",
                "press {key} or say {option} ; press {key} ; 7 ; which key is for what ; {option}",
                "payload: /deny ; payload: /dney ; 8 ; names the intent dney ; Did you mean deny",
                "payload: /deny ; 'payload: \"/deny{\"' ; 8 ; is no choice ; /intent",
                "payload: /deny}] ; payload: /deny}, {key: 1, label: b, payload: b}] ; 8 ; as one before it has ; a key of its own",
                "{do: end, say: what} ; {} ; 14 ; is an empty mapping ; remove it",
                "intent: greet, ; intent: greet, always: yes, ; 20 ; must be true or false ; Write true",
                "intent: greet, ; intent: greet, if: {colour: any}, ; 20 ; the value colour ; let a step get it",
                "intent: greet, ; intent: greet, if: {busy: nay}, ; 20 ; is never nay ; Did you mean any",
                "intent: greet, ; intent: greet, if: {language: es}, ; 20 ; is never es ; It becomes en",
                "intent: greet, ; intent: greet, if: {asked: wat}, ; 20 ; the utterance wat ; Did you mean what",
                "intent: greet, ; intent: greet, set: {colour: red}, ; 20 ; colour, which nothing asks for ; remove it",
                "intent: greet, ; intent: greet, clear: [emial], ; 20 ; the value emial ; Did you mean email",
                "kind: email} ; kind: email, find: ['mail (?:to) .+']} ; 25 ; finds nothing ; brackets",
                "kind: email} ; kind: email, no: {ask: hello}} ; 4 ; nothing is done with the answer ; under questions",
                "ask: ask_mail, kind: email ; ask: what, kind: choice ; 5 ; nothing to choose from ; a menu",
                "{get: email, ask: ask_mail, kind: email} ; {get: email, by: heard, choose: {a: b}} ; 25 ; is always the same: heard ; {heard}",
                "success: \"true\"}, say: hello} ; success: ~}, say: hello} ; 29 ; must be a text ; one line",
                "words: ['slow'], ; ' ' ; 31 ; has no words ; Add",
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
    void formsThatLeadIntoEachOtherForEverAreRefused() {
        var round = GOOD.replace("results:", """
                  one:
                    steps:
                      - {say: hello}
                    then: {form: two}
                  two:
                    steps:
                      - {say: hello}
                    then: {form: one}
                results:""");
        assertThat(faults(round))
                .anySatisfy(fault -> assertThat(fault)
                        .startsWith("tiny.yaml:27: one leads back into itself")
                        .contains("by way of one, two"));
        assertThat(faults(round.replace("then: {form: one}", "then: {form: one, ask: ask_mail}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "choosing: ; choosin: ; 34 ; choosin is no key ; Did you mean choosing",
                "{first: 1} ; {first: one} ; 35 ; is no place: one ; last",
                "{ordinal} ; (ordinal) ; 36 ; has no place in it ; {ordinal}",
                "{ordinal} ; {ordinal}( ; 36 ; no regular expression ; Correct it",
                "(.+) ; .+ ; 37 ; finds nothing ; brackets",
                "{value} ; {ticket} ; 38 ; does not say which one ; {value}",
                "{choice} ; {value} ; 40 ; does not say which one ; {choice}",
                "subject: title ; subjekt: title ; 8 ; has no subject ; Add",
                "each: result.list, ; ' ' ; 8 ; a choice of nothing ; each",
            })
    void aFaultInHowOneIsChosenNamesLineAndRemedy(
            String before, String after, int line, String problem, String remedy) {
        var good = GOOD.replace(
                        "{en: \"Your email?\",",
                        "{en: \"Your email?\", each: result.list, choice: {value: id, subject: title},")
                + """
                choosing:
                  ordinals: {first: 1}
                  ways: ['the {ordinal} one']
                  about: ['the (.+) one']
                  as: "ticket {value}"
                  unclear: that one
                  alone: "what about {choice}"
                """;
        assertThat(faults(good)).isEmpty();
        assertThat(faults(good.replace(before, after)))
                .anySatisfy(fault -> assertThat(fault)
                        .startsWith("tiny.yaml:" + line + ": ")
                        .contains(problem)
                        .contains(remedy));
    }

    @Test
    void whatIsNeverReachedIsRefused() {
        assertThat(faults(GOOD.replace("{do: end, say: what}", "[{do: end, say: what}, {say: hello}]")))
                .singleElement()
                .asString()
                .contains("tiny.yaml:14: ", "is never reached");
        assertThat(faults(GOOD.replace(
                        "- {result: {success: \"true\"}", "- {say: what}\n    - {result: {success: \"true\"}")))
                .singleElement()
                .asString()
                .contains("tiny.yaml:30: ", "is never reached");
    }

    @Test
    void whatIsPartOfItselfIsRefused() {
        assertThat(faults(GOOD.replace(
                        "- {call: some-tool, ",
                        "- &it {call: other-tool, otherwise: *it}\n      - {call: some-tool, ")))
                .singleElement()
                .asString()
                .contains("tiny.yaml:26: ", "is used within itself");
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
        Files.writeString(directory.resolve("one.yaml"), GOOD.replace("intent: greet", "intent: greeet"));
        Files.writeString(directory.resolve("two.yaml"), GOOD.replace("form: mail}", "form: male}"));
        assertThat(faults(directory))
                .hasSize(3)
                .anyMatch(fault -> fault.contains("one.yaml:20"))
                .anyMatch(fault -> fault.contains("two.yaml:21"))
                .anyMatch(fault -> fault.contains("another file has the flow tiny"));
    }

    @Test
    void aDirectoryWithoutFlowsIsRefused(@TempDir Path directory) throws Exception {
        assertThat(faults(directory.resolve("none")))
                .singleElement()
                .asString()
                .contains("none:1: the directory can't be read");
        Files.writeString(directory.resolve(FlowFiles.PHRASES), "nonsense: [");
        assertThat(faults(directory)).singleElement().asString().contains("there is no flow");
    }

    @Test
    void intentsAreTakenOnTrustWhereNoneAreKnown(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("one.yaml"), GOOD.replace("intent: greet", "intent: greeet"));
        var faults = new ArrayList<String>();
        assertThat(FlowFiles.read(directory, null, WORLD.tools(), faults)).containsOnlyKeys("tiny");
        assertThat(faults).isEmpty();
    }

    private static List<String> faults(Path directory) {
        var faults = new ArrayList<String>();
        FlowFiles.read(directory, WORLD.intents(), WORLD.tools(), faults);
        return faults;
    }
}
