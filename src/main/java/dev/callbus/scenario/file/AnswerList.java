package dev.callbus.scenario.file;

import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model's answers in their order, as a script for the sandbox's model server: an answer that calls a tool is followed by the
 * one to its result, any other by the one to what the caller says next.
 */
final class AnswerList {
    private static final String NOTHING_LEFT = "I have nothing more to say.";

    private int turn = 1;
    private @Nullable String tool;
    private final HashSet<String> calledInTurn = new HashSet<>();
    private final List<Map<String, Object>> rules = new ArrayList<>();

    private AnswerList() {}

    /** The script that gives the answers of this list. */
    static String script(Written list) {
        var answers = new AnswerList();
        list.items().forEach(answers::add);
        var script = new LinkedHashMap<String, Object>();
        script.put("pace", Map.of("firstToken", "250ms", "token", "30ms"));
        script.put("rules", answers.rules);
        script.put("otherwise", Map.of("say", NOTHING_LEFT));
        return Json.encode(script);
    }

    private void add(Written item) {
        var rule = new LinkedHashMap<String, Object>();
        var when = new LinkedHashMap<String, Object>();
        when.put("turn", turn);
        if (tool != null) {
            when.put("tool", tool);
        }
        rule.put("when", when);
        if (item.isText()) {
            rule.put("say", escaped(item.text()));
            nextTurn();
        } else {
            call(item, rule);
        }
        rules.add(rule);
    }

    private void call(Written item, Map<String, Object> rule) {
        var keys = item.keys(List.of("say", "call", "arguments"));
        var say = keys.get("say");
        if (say != null) {
            rule.put("say", escaped(say.text()));
        }
        var call = keys.get("call");
        if (call == null) {
            if (keys.containsKey("arguments") || say == null) {
                throw item.wrong("an answer has no \"call\"", "Add \"call: name\" of a tool, or write only a text");
            }
            nextTurn();
            return;
        }
        if (!calledInTurn.add(call.text())) {
            throw call.wrong(
                    "the tool " + call.text() + " is called twice in one turn",
                    "Write such a model as a \"script\", where rules look at the tool's result");
        }
        var arguments = keys.get("arguments");
        rule.put(
                "call",
                Map.of(
                        "name",
                        call.text(),
                        "arguments",
                        arguments == null ? Map.of() : Objects.requireNonNull(arguments.plain())));
        tool = call.text();
    }

    private void nextTurn() {
        turn++;
        tool = null;
        calledInTurn.clear();
    }

    /** A script would fill in what is in braces. */
    private static String escaped(String words) {
        return words.replace("{", "(").replace("}", ")");
    }
}
