package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.callbus.sandbox.openai.Rule.Condition;
import dev.callbus.sandbox.openai.Rule.Manner;
import dev.callbus.sandbox.openai.Rule.ToolCall;
import dev.callbus.sandbox.openai.YamlValue.Mapping;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the YAML of a script into its records and refuses what it does not know. */
final class ScriptReader {
    private static final String DEFAULT_MODEL = "callbus-sandbox";
    private static final Pattern GROUP = Pattern.compile("\\{(\\d)}");
    private static final Pattern TOOL_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final YamlValue root;

    ScriptReader(YamlValue root) {
        this.root = root;
    }

    /** Reads the whole script. */
    Script read() {
        var keys = root.keys("model", "missingModels", "pace", "quirks", "rules", "otherwise");
        Manner manner = manner(keys, new Manner(Pace.AT_ONCE, Set.of()));
        YamlValue model = keys.get("model");
        YamlValue rules = keys.get("rules");
        YamlValue otherwise = keys.get("otherwise");
        if (otherwise == null) {
            throw root.wrong("the key otherwise is missing; it says what to answer when no rule holds");
        }
        return new Script(
                model == null ? DEFAULT_MODEL : model.text(),
                missingModels(keys.get("missingModels")),
                rules == null
                        ? List.of()
                        : rules.items().stream().map(rule -> rule(rule, manner)).toList(),
                otherwise(otherwise, manner));
    }

    private static Set<String> missingModels(@Nullable YamlValue names) {
        var models = new LinkedHashSet<String>();
        if (names != null) {
            names.itemsOrSelf().forEach(name -> models.add(name.text()));
        }
        return models;
    }

    private static Rule rule(YamlValue value, Manner manner) {
        var keys = value.keys("when", "say", "call", "fail", "hang", "close", "garbage", "pace", "quirks", "example");
        YamlValue when = keys.get("when");
        if (when == null) {
            throw value.wrong("has no when; say when the rule holds, or move it to otherwise");
        }
        return rule(value, keys, condition(when), manner);
    }

    private static Rule otherwise(YamlValue value, Manner manner) {
        var keys = value.keys("say", "call", "fail", "hang", "close", "garbage", "pace", "quirks");
        if (!keys.containsKey("say")) {
            throw value.wrong("has no say; give it something to say when no rule holds");
        }
        return rule(value, keys, Condition.ALWAYS, manner);
    }

    private static Rule rule(YamlValue value, Map<String, YamlValue> keys, Condition when, Manner manner) {
        YamlValue example = keys.get("example");
        var rule = new Rule(
                value.line(),
                when,
                lines(keys.get("say"), when),
                calls(keys.get("call")),
                FaultReader.read(value, keys),
                manner(keys, manner),
                example == null
                        ? List.of()
                        : example.itemsOrSelf().stream().map(YamlValue::text).toList());
        boolean answers = !rule.say().isEmpty() || !rule.calls().isEmpty();
        if (!answers && rule.fault() == null) {
            throw value.wrong("answers nothing; give it one of say, call, fail, hang, close, garbage");
        }
        return rule;
    }

    private static Condition condition(YamlValue value) {
        var keys = value.keys("caller", "said", "tool", "result", "turn");
        if (keys.isEmpty()) {
            throw value.wrong("is empty; give it one of caller, said, tool, result, turn");
        }
        YamlValue tool = keys.get("tool");
        YamlValue result = keys.get("result");
        YamlValue turn = keys.get("turn");
        if (result != null && tool == null) {
            throw result.wrong("needs the key tool beside it");
        }
        return new Condition(
                regex(keys.get("caller")),
                regex(keys.get("said")),
                tool == null ? null : toolName(tool),
                regex(result),
                turn == null ? null : (Integer) turn.integer(0, 10_000));
    }

    private static @Nullable Pattern regex(@Nullable YamlValue value) {
        return value == null ? null : value.regex();
    }

    private static List<String> lines(@Nullable YamlValue say, Condition when) {
        if (say == null) {
            return List.of();
        }
        int groups = when.caller() == null ? -1 : when.caller().matcher("").groupCount();
        return say.itemsOrSelf().stream().map(line -> line(line, groups)).toList();
    }

    private static String line(YamlValue value, int groups) {
        String line = value.text();
        Matcher matcher = GROUP.matcher(line);
        while (matcher.find()) {
            if (Integer.parseInt(matcher.group(1)) > groups) {
                throw value.wrong(
                        "uses " + matcher.group() + ", but when.caller has no such group; add one in parentheses");
            }
        }
        return line;
    }

    private static List<ToolCall> calls(@Nullable YamlValue value) {
        return value == null
                ? List.of()
                : value.itemsOrSelf().stream().map(ScriptReader::call).toList();
    }

    private static ToolCall call(YamlValue value) {
        var keys = value.keys("name", "arguments");
        YamlValue name = keys.get("name");
        if (name == null) {
            throw value.wrong("has no name; name the tool to call");
        }
        YamlValue arguments = keys.get("arguments");
        if (arguments == null) {
            return new ToolCall(toolName(name), JsonNodeFactory.instance.objectNode());
        }
        boolean written = arguments.content() instanceof Mapping;
        return new ToolCall(
                toolName(name), written ? arguments.json() : JsonNodeFactory.instance.textNode(arguments.text()));
    }

    private static String toolName(YamlValue value) {
        String name = value.text();
        if (!TOOL_NAME.matcher(name).matches()) {
            throw value.wrong("is not a tool's name: letters, digits, _ and -, at most 64");
        }
        return name;
    }

    private static Manner manner(Map<String, YamlValue> keys, Manner inherited) {
        YamlValue pace = keys.get("pace");
        YamlValue quirks = keys.get("quirks");
        return new Manner(
                pace == null ? inherited.pace() : pace(pace, inherited.pace()),
                quirks == null ? inherited.quirks() : quirks(quirks));
    }

    private static Pace pace(YamlValue value, Pace inherited) {
        var keys = value.keys("firstToken", "token");
        YamlValue first = keys.get("firstToken");
        YamlValue token = keys.get("token");
        return new Pace(
                first == null ? inherited.firstToken() : first.duration(),
                token == null ? inherited.token() : token.duration());
    }

    private static Set<Quirk> quirks(YamlValue value) {
        var quirks = EnumSet.noneOf(Quirk.class);
        for (YamlValue name : value.itemsOrSelf()) {
            quirks.add(
                    Quirk.named(name.text()).orElseThrow(() -> name.wrong("is not a quirk; known: " + Quirk.names())));
        }
        return quirks;
    }
}
