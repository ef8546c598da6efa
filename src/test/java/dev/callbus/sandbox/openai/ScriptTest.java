package dev.callbus.sandbox.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {

    @Test
    void readsAllKeys() {
        Script script = Script.parse("s.yaml", """
                model: mine
                missingModels: gone
                pace: {firstToken: 1s, token: 30ms}
                quirks: crlf
                rules:
                  - when: {caller: "(\\\\w+) fails", said: x, turn: 2}
                    say: ["{1}?", "{said}"]
                    pace: {token: 0ms}
                    quirks: [noDone, comments]
                  - {when: {tool: t, result: ok}, call: [{name: a, arguments: {n: 1}}, {name: b, arguments: "{broken"}]}
                  - {when: {turn: 1}, fail: {status: 429, message: Slow., code: c, retryAfter: 250ms, times: 2}}
                otherwise: {say: "Yes?"}
                """);

        assertThat(script.model()).isEqualTo("mine");
        assertThat(script.missingModels()).containsExactly("gone");
        assertThat(script.rules()).extracting(Rule::line).containsExactly(6, 10, 11);
        Rule first = script.rules().getFirst();
        assertThat(first.say()).containsExactly("{1}?", "{said}");
        assertThat(first.manner().pace()).isEqualTo(new Pace(Duration.ofSeconds(1), Duration.ZERO));
        assertThat(first.manner().quirks()).containsExactlyInAnyOrder(Quirk.NO_DONE, Quirk.COMMENTS);
        assertThat(script.rules().get(1).manner().quirks()).containsExactly(Quirk.CRLF);
        assertThat(script.rules().get(1).calls())
                .extracting(call -> call.arguments().toString())
                .containsExactly("{\"n\":1}", "\"{broken\"");
        assertThat(script.rules().get(2).fault())
                .isEqualTo(new Fault.Fail(429, "Slow.", "c", Duration.ofMillis(250), 2));
    }

    /** Script with / for a line end, and the complaint. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '^',
            value = {
                "^^ # s.yaml: is empty",
                "rules: [ # s.yaml:1: is not YAML",
                "[] # s.yaml:1: must be a mapping with keys out of model",
                "model: m # s.yaml:1: the key otherwise is missing",
                "otherwise: {call: {name: f}} # s.yaml:1: otherwise: has no say",
                "otherwise: {say: x}/---/a: b # has a second document",
                "otherwise: {say: x}/modle: y # s.yaml:2: modle: unknown key; known here: model, missingModels",
                "otherwise: {say: x}/model: a/model: b # s.yaml:3: model: is given twice",
                "otherwise: {say: &a x}/model: *a # s.yaml:2: model: aliases (*name) are not supported",
                "otherwise: {say: 5} # s.yaml:1: otherwise.say: must be a string; put it in quotes",
                "otherwise: {say: ''} # s.yaml:1: otherwise.say: must not be blank",
                "otherwise: {say: []} # s.yaml:1: otherwise.say: is an empty list",
                "otherwise: {say: x}/pace: {token: 5} # s.yaml:2: pace.token: must be a duration such as 250ms",
                "otherwise: {say: x}/quirks: [odd] # s.yaml:2: quirks[0]: is not a quirk; known: toolCallInOneDelta",
                "otherwise: {say: x}/rules: 5 # s.yaml:2: rules: must be a list",
                "otherwise: {say: x}/rules:/- say: y # s.yaml:3: rules[0]: has no when",
                "otherwise: {say: x}/rules:/- when: {}/  say: y # s.yaml:3: rules[0].when: is empty",
                "otherwise: {say: x}/rules:/- when: {turn: 1} # s.yaml:3: rules[0]: answers nothing",
                "otherwise: {say: x}/rules:/- when:/    caler: a/  say: y # s.yaml:4: rules[0].when.caler: unknown key; known here: caller",
                "otherwise: {say: x}/rules:/- when: {caller: '('}/  say: y # s.yaml:3: rules[0].when.caller: is not a regular expression",
                "otherwise: {say: x}/rules:/- when: {result: a}/  say: y # s.yaml:3: rules[0].when.result: needs the key tool",
                "otherwise: {say: x}/rules:/- when: {turn: -1}/  say: y # s.yaml:3: rules[0].when.turn: is -1 but must be from 0",
                "otherwise: {say: x}/rules:/- when: {caller: a}/  say: 'b {1}' # s.yaml:4: rules[0].say: uses {1}, but when.caller has no such group",
                "otherwise: {say: x}/rules:/- when: {turn: 1}/  call: {arguments: {}} # s.yaml:4: rules[0].call: has no name",
                "otherwise: {say: x}/rules:/- when: {turn: 1}/  call: {name: 'a b'} # rules[0].call.name: is not a tool's name",
                "otherwise: {say: x}/rules:/- when: {turn: 1}/  fail: {message: a} # rules[0].fail: has no status",
                "otherwise: {say: x}/rules:/- when: {turn: 1}/  fail: {status: 200} # rules[0].fail.status: is 200 but must be from 400 to 599",
                "otherwise: {say: x}/rules:/- when: {turn: 1}/  hang: later # rules[0].hang: must be beforeHeaders or {afterTokens: n}",
                "otherwise: {say: x}/rules:/- when: {turn: 1}/  close: {times: 1} # rules[0].close: must have either beforeHeaders",
                "otherwise: {say: x}/rules:/- when: {turn: 1}/  garbage: false # rules[0].garbage: must be true",
                "otherwise: {say: x}/rules:/- when: {turn: 1}/  garbage: true/  hang: beforeHeaders # rules[0]: has hang and garbage",
                "otherwise: {say: x}/rules:/- {when: {caller: a}, say: y}/- {when: {caller: ab}, say: z, example: ab} # s.yaml:4: example: is answered by the rule of line 3 instead"
            })
    void complainsPrecisely(String yaml, String complaint) {
        assertThatThrownBy(() -> Script.parse("s.yaml", yaml.replace('/', '\n')))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void loadsFiles(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), "otherwise: {say: Grüß Gott}");

        assertThat(Script.load(file).otherwise().say()).containsExactly("Grüß Gott");
        assertThatThrownBy(() -> Script.load(folder.resolve("b.yaml")))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("b.yaml: cannot be read");
    }
}
