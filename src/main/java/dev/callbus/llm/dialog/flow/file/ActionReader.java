package dev.callbus.llm.dialog.flow.file;

import dev.callbus.config.NearestName;
import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.Condition;
import dev.callbus.llm.dialog.flow.Template;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads actions and conditions of flow files. */
final class ActionReader {
    private static final List<String> DEEDS = Arrays.stream(Action.Deed.values())
            .map(deed -> deed.name().toLowerCase(Locale.ROOT))
            .toList();

    private final FlowNames names;
    private final ValueNames values;
    private final ToolUses tools;

    ActionReader(FlowNames names, ValueNames values, ToolUses tools) {
        this.names = names;
        this.values = values;
        this.tools = tools;
    }

    /** The values that are got and asked for. */
    ValueNames values() {
        return values;
    }

    /** One action, or several of which the first is done whose condition holds. */
    List<Action> actions(FlowSection section, String key) {
        return section.get(key)
                .map(value -> {
                    if (value.isText()) {
                        return List.of(saying(List.of(utterance(value))));
                    }
                    var actions = value.items().stream().map(this::action).toList();
                    reached(value.items(), actions.stream().map(Action::when).toList());
                    return actions;
                })
                .orElse(List.of());
    }

    /** Of several the first is taken whose condition holds: what comes after one without a condition never is. */
    static void reached(List<FlowValue> items, List<Condition> conditions) {
        int always = conditions.indexOf(Condition.ALWAYS);
        if (always >= 0 && always + 1 < items.size()) {
            items.get(always + 1)
                    .fault(
                            "is never reached, as the one before it has no condition",
                            "Put it before that one, or give that one an \"if\"");
        }
    }

    private Action action(FlowValue value) {
        var section = value.section();
        var action = action(section);
        section.close();
        return action;
    }

    /** The action that the keys of this section describe; the section may have others. */
    Action action(FlowSection section) {
        var set = templates(section, "set");
        section.get("set")
                .ifPresent(value -> value.members()
                        .forEach((name, member) -> values.sets(name, Template.of(member.text()), member)));
        return new Action(
                condition(section),
                set,
                used(section, "clear"),
                utterances(section, "say"),
                call(section),
                name(section, "form", FlowNames.Kind.FORM),
                name(section, "ask", FlowNames.Kind.UTTERANCE),
                deed(section));
    }

    private static Action saying(List<String> say) {
        return new Action(Condition.ALWAYS, Map.of(), List.of(), say, null, null, null, null);
    }

    /** The conditions under {@code if} and {@code unless}. */
    Condition condition(FlowSection section) {
        for (var key : List.of("if", "unless")) {
            section.get(key)
                    .ifPresent(value -> value.members().forEach((name, wanted) -> {
                        values.uses(name, wanted);
                        if (test(wanted) instanceof Condition.Equal equal) {
                            values.compares(name, equal.value(), wanted);
                        }
                    }));
        }
        return new Condition(tests(section, "if"), tests(section, "unless"));
    }

    /** Names of values. */
    List<String> used(FlowSection section, String key) {
        return section.get(key)
                .map(value -> {
                    value.texts().forEach(name -> values.uses(name, value));
                    return value.texts();
                })
                .orElse(List.of());
    }

    /** The name of a value; null if none is given. */
    @Nullable
    String usedValue(FlowSection section, String key) {
        return section.get(key).map(value -> used(section, key, value.text())).orElse(null);
    }

    /** This is what a caller may mean. */
    void intent(String intent, FlowValue at) {
        names.use(FlowNames.Kind.INTENT, intent, at);
    }

    /** The name of a value that must be there. */
    String used(FlowSection section, String key, String name) {
        section.get(key).ifPresent(value -> values.uses(name, value));
        return name;
    }

    /** Tests by the name of what is tested. */
    Map<String, Condition.Test> tests(FlowSection section, String key) {
        var tests = new LinkedHashMap<String, Condition.Test>();
        section.get(key)
                .ifPresent(value -> value.members().forEach((name, wanted) -> {
                    var test = test(wanted);
                    if (test != null) {
                        tests.put(name, test);
                    }
                }));
        return tests;
    }

    private static Condition.@Nullable Test test(FlowValue value) {
        if (value.isText() && value.text().startsWith("~")) {
            var pattern = value.pattern(text -> text.substring(1));
            return pattern == null ? null : new Condition.Found(pattern);
        }
        var text = value.text();
        return switch (text) {
            case "any" -> new Condition.Present();
            case "none" -> new Condition.Absent();
            default -> new Condition.Equal(text);
        };
    }

    Map<String, Template> templates(FlowSection section, String key) {
        var templates = new LinkedHashMap<String, Template>();
        section.get(key)
                .ifPresent(value -> value.members().forEach((name, text) -> templates.put(name, template(text))));
        return templates;
    }

    Template template(FlowValue value) {
        return template(value.text(), value);
    }

    private Template template(String text, FlowValue value) {
        var template = Template.of(text);
        template.places().forEach(place -> values.uses(place.name(), value));
        words(template, value);
        return template;
    }

    private void words(Template template, FlowValue value) {
        template.places().forEach(place -> {
            if (place.words() != null) {
                names.use(FlowNames.Kind.WORDS, place.words(), value);
            }
        });
        var broken = template.broken();
        if (broken != null) {
            value.fault(
                    "has a brace that belongs to no place: " + broken,
                    "Write places as {name}, {result.member} or {name|words}");
        }
    }

    /** What is told of the items of a list, whose members aren't known before. */
    List<Template> itemTemplates(FlowValue value) {
        return value.texts().stream().map(text -> itemTemplate(text, value)).toList();
    }

    /** The same of one text. */
    Template itemTemplate(String text, FlowValue value) {
        var template = Template.of(text);
        words(template, value);
        return template;
    }

    List<Template> templates(FlowValue value) {
        return value.texts().stream().map(text -> template(text, value)).toList();
    }

    /** A tool's use under {@code call}, with its arguments under {@code with}; null if there is none. */
    Action.@Nullable ToolUse call(FlowSection section) {
        var tool = section.text("call");
        var arguments = templates(section, "with");
        var otherwise = actions(section, "otherwise");
        if (tool.isEmpty()) {
            if (!arguments.isEmpty() || !otherwise.isEmpty()) {
                section.value().fault("has arguments but calls nothing", "Add \"call: name-of-the-tool\"");
            }
            return null;
        }
        tools.call(
                tool,
                section.get("call").orElse(section.value()),
                section.get("with").map(FlowValue::members).orElse(Map.of()));
        return new Action.ToolUse(tool, arguments, otherwise);
    }

    List<String> utterances(FlowSection section, String key) {
        var found = new ArrayList<String>();
        section.get(key).ifPresent(value -> value.items().forEach(item -> found.add(utterance(item))));
        return List.copyOf(found);
    }

    private String utterance(FlowValue value) {
        return names.use(FlowNames.Kind.UTTERANCE, value.text(), value);
    }

    @Nullable
    String name(FlowSection section, String key, FlowNames.Kind kind) {
        return section.get(key)
                .map(value -> names.use(kind, value.text(), value))
                .orElse(null);
    }

    List<String> names(FlowSection section, String key, FlowNames.Kind kind) {
        return section.get(key)
                .map(value -> value.texts().stream()
                        .map(name -> names.use(kind, name, value))
                        .toList())
                .orElse(List.of());
    }

    private static Action.@Nullable Deed deed(FlowSection section) {
        var value = section.get("do").orElse(null);
        if (value == null) {
            return null;
        }
        var word = value.text();
        if (!DEEDS.contains(word)) {
            value.fault(
                    "is nothing that can be done: " + word,
                    "Did you mean " + NearestName.of(word, DEEDS) + "? There are " + String.join(", ", DEEDS));
            return null;
        }
        return Action.Deed.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
