package dev.callbus.scenario.file;

import dev.callbus.config.ConfigException;
import dev.callbus.config.ConfigFault;
import dev.callbus.config.ConfigLoader;
import dev.callbus.sandbox.openai.Script;
import dev.callbus.sandbox.openai.ScriptException;
import dev.callbus.scenario.Given;
import dev.callbus.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how the world is before the call. */
final class GivenReader {
    private static final List<String> KEYS =
            List.of("from", "to", "agent", "config", "model", "servicenow", "users", "tools", "chaos");

    private static final List<String> AGENT = List.of("assets", "context", "manifest", "greeting", "flow", "options", "silence");

    private GivenReader() {}

    /** What is given, over what the file gives to all its scenarios. */
    static Given read(Written value, Given before) {
        var keys = value.keys(KEYS);
        var rows = new ArrayList<>(before.rows());
        rows.addAll(rows(keys));
        var tools = new ArrayList<>(before.tools());
        each(keys.get("tools")).forEach(tool -> tools.add(ToolStepReader.stubbed(tool)));
        var chaos = new ArrayList<>(before.chaos());
        each(keys.get("chaos")).forEach(trouble -> chaos.add(StepReader.chaos(trouble)));
        return new Given(
                number(keys.get("from"), before.from()),
                number(keys.get("to"), before.to()),
                agent(keys.get("agent"), before.agent()),
                config(keys.get("config"), before.config()),
                model(keys.get("model"), before.model()),
                rows,
                tools,
                chaos);
    }

    private static List<Written> each(@Nullable Written value) {
        return value == null ? List.of() : value.itemsOrSelf();
    }

    private static String number(@Nullable Written value, String otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!value.text().matches("\\+\\d{5,15}|anonymous")) {
            throw value.wrong(
                    "\"" + value.text() + "\" is no telephone number", "Write it as +15550001111, or anonymous");
        }
        return value.text();
    }

    private static Given.Agent agent(@Nullable Written value, Given.Agent before) {
        if (value == null) {
            return before;
        }
        var keys = value.keys(AGENT);
        var options = keys.get("options");
        var silence = keys.get("silence");
        return new Given.Agent(
                text(keys, "assets", before.assets()),
                text(keys, "context", before.context()),
                text(keys, "manifest", before.manifest()),
                text(keys, "greeting", before.greeting()),
                text(keys, "flow", before.flow()),
                options == null ? before.options() : options.fields(),
                silence == null ? before.silence() : silence.duration());
    }

    private static @Nullable String text(Map<String, Written> keys, String key, @Nullable String otherwise) {
        var value = keys.get(key);
        return value == null ? otherwise : value.text();
    }

    /** The settings as lines that are where they are in the file, so that complaints about them name the right line. */
    private static String config(@Nullable Written value, String before) {
        if (value == null) {
            return before;
        }
        var lines = new ArrayList<String>();
        value.entries().forEach((key, setting) -> {
            while (lines.size() < setting.line() - 1) {
                lines.add("");
            }
            lines.add(quoted(key) + ": " + written(setting));
        });
        var text = String.join("\n", lines);
        try {
            ConfigLoader.parse(value.place().file(), text, Path.of(""));
        } catch (ConfigException e) {
            throw new ScenarioException(
                    e.faults().stream().map(GivenReader::told).toList());
        }
        return text;
    }

    private static String told(ConfigFault fault) {
        var value = fault.value() == null ? "" : " is \"" + fault.value() + "\",";
        return "%s: %s%s %s. %s."
                .formatted(
                        fault.origin().replace(" line ", ":"),
                        fault.key(),
                        value,
                        fault.problem(),
                        capital(fault.remedy()));
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String written(Written setting) {
        if (setting.isList()) {
            return setting.items().stream()
                    .map(item -> quoted(item.text()))
                    .toList()
                    .toString();
        }
        if (setting.isMapping()) {
            throw setting.wrong(
                    setting.name() + " is a section", "Write the whole path, such as \"verify.codeLength: 4\"");
        }
        return quoted(setting.fieldText());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static Given.Model model(@Nullable Written value, Given.Model before) {
        if (value == null) {
            return before;
        }
        var keys = value.keys(List.of("script", "file", "answers", "dies_after_turn"));
        var sources = List.of("script", "file", "answers").stream()
                .filter(keys::containsKey)
                .toList();
        if (sources.size() > 1) {
            throw value.wrong("a model has " + String.join(" and ", sources), "Keep one of them");
        }
        var dies = keys.get("dies_after_turn");
        var turn = dies == null ? before.diesAfterTurn() : Integer.valueOf(dies.whole(0, 1000));
        if (sources.isEmpty()) {
            return new Given.Model(before.script(), turn);
        }
        var source = StepReader.required(value, keys, sources.getFirst());
        var text = switch (source.name()) {
            case "script" -> source.text();
            case "file" -> script(source);
            default -> AnswerList.script(source);
        };
        try {
            Script.parse(source.name().equals("file") ? source.text() : source.place() + " " + source.name(), text);
        } catch (ScriptException e) {
            throw source.wrong("the model's script is no good: " + e.getMessage(), "Correct it there");
        }
        return new Given.Model(text, turn);
    }

    private static String script(Written source) {
        var place = Path.of(source.text());
        try {
            return Files.readString(place);
        } catch (IOException e) {
            throw source.wrong(
                    "the script " + place + " can't be read", "Write its path from the directory that you start in");
        }
    }

    private static List<Given.Row> rows(Map<String, Written> keys) {
        var rows = new ArrayList<Given.Row>();
        each(keys.get("users")).forEach(user -> rows.add(new Given.Row("sys_user", user.fields())));
        each(keys.get("servicenow")).forEach(row -> {
            var entries = row.keys(List.of("table", "fields"));
            rows.add(new Given.Row(
                    StepReader.required(row, entries, "table").text(),
                    new LinkedHashMap<>(
                            StepReader.required(row, entries, "fields").fields())));
        });
        return rows;
    }
}
