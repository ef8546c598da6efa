package dev.callbus.llm.dialog.flow.file;

import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.Condition;
import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.OtherBot;
import dev.callbus.llm.dialog.flow.Remedy;
import dev.callbus.llm.dialog.flow.ResultCase;
import dev.callbus.llm.dialog.flow.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one flow file, with all that is wrong in it. */
final class FlowReader {
    private static final String ANY = "any";
    private static final String CONFIDENCE = "confidence";
    private static final Condition NOT_ALWAYS = new Condition(Map.of("", new Condition.Present()), Map.of());

    private final FlowWorld world;
    private final FlowNames names = new FlowNames();
    private final ToolUses tools = new ToolUses();
    private final ActionReader actions = new ActionReader(names, new ValueNames(names), tools);
    private final FormReader forms = new FormReader(actions);

    private FlowReader(FlowWorld world) {
        this.world = world;
    }

    /** The flow in this text; not to be used if there are faults, which are added; null if there is nothing to be read. */
    static @Nullable Flow read(String file, String text, FlowWorld world, List<FlowFault> faults) {
        var root = FlowText.read(file, text, faults);
        return root == null ? null : new FlowReader(world).flow(root.section());
    }

    private Flow flow(FlowSection section) {
        var languages = languages(section);
        var flow = new Flow(
                section.required("flow"),
                languages,
                options(section),
                Set.copyOf(actions.used(section, "remember")),
                section.get("say")
                        .map(say -> new UtteranceReader(actions, languages).read(say))
                        .orElse(Map.of()),
                words(section, languages),
                moments(section),
                section.get("on").map(this::rules).orElse(List.of()),
                section.get("forms").map(forms::forms).orElse(Map.of()),
                section.get("questions")
                        .map(value -> forms.questions(value, names))
                        .orElse(Map.of()),
                section.get("results").map(this::results).orElse(Map.of()),
                section.get("remedies").map(this::remedies).orElse(List.of()),
                section.get("handoffs").map(FlowReader::bots).orElse(List.of()),
                section.get("choosing")
                        .map(value -> ChoosingReader.read(value.section()))
                        .orElse(null));
        section.close();
        names.define(FlowNames.Kind.UTTERANCE, flow.say().keySet());
        names.define(FlowNames.Kind.FORM, flow.forms().keySet());
        if (world.intents() == null) {
            names.trust(FlowNames.Kind.INTENT);
        } else {
            names.define(FlowNames.Kind.INTENT, world.intents());
        }
        names.define(FlowNames.Kind.WORDS, flow.words().keySet());
        names.define(FlowNames.Kind.VALUE, flow.options().keySet());
        actions.values().check(flow);
        names.check();
        tools.check(world.tools());
        FlowCheck.check(section, flow);
        return flow;
    }

    private static List<String> languages(FlowSection section) {
        var languages = section.texts("languages");
        for (var language : languages) {
            if (!language.matches("[a-z]{2,3}")) {
                section.value().fault("has the language " + language, "Write two or three small letters, such as en");
            }
        }
        return languages.isEmpty() ? List.of("en") : languages;
    }

    private Map<String, String> options(FlowSection section) {
        section.get("options")
                .ifPresent(value -> value.members().forEach((name, option) -> {
                    if (!name.equals(CONFIDENCE)) {
                        actions.values().keeps(name, option);
                    }
                }));
        var options = section.textMembers("options");
        var confidence = options.getOrDefault(CONFIDENCE, "0.5");
        if (!confidence.matches("0(\\.\\d+)?|1(\\.0+)?")) {
            section.get("options")
                    .ifPresent(value ->
                            value.fault("has the confidence " + confidence, "Write a number from 0 to 1, such as 0.5"));
        }
        return options;
    }

    private static Map<String, Map<String, Map<String, String>>> words(FlowSection section, List<String> known) {
        var words = new LinkedHashMap<String, Map<String, Map<String, String>>>();
        section.get("words")
                .ifPresent(value -> value.members().forEach((list, languages) -> {
                    var byLanguage = new LinkedHashMap<String, Map<String, String>>();
                    languages.members().forEach((language, values) -> {
                        if (!known.contains(language) && !language.equals(ANY)) {
                            values.fault(
                                    "is no language of this flow", "Write any, or one of " + String.join(", ", known));
                        }
                        values.members().values().forEach(FlowReader::checkWord);
                        byLanguage.put(language, values.textMembers());
                    });
                    words.put(list, byLanguage);
                }));
        return words;
    }

    /** In what a value is called there is a place for the value itself only. */
    private static void checkWord(FlowValue value) {
        var text = value.text().replace("{value}", "");
        if (text.contains("{") || text.contains("}")) {
            value.fault("has a place for something else than {value}", "Write {value}, or leave it out");
        }
    }

    private Flow.Moments moments(FlowSection parent) {
        var value = parent.get("moments").orElse(null);
        if (value == null) {
            parent.value().fault("has no moments", "Add \"moments:\" with what is said when nothing is understood");
            return new Flow.Moments(null, List.of(), "", List.of(), List.of(), null, "", "", "", null, null);
        }
        var section = value.section();
        var moments = new Flow.Moments(
                section.get("first").map(first -> action(first.section())).orElse(null),
                actions.actions(section, "greeting"),
                utterance(section, "silence"),
                actions.utterances(section, "fallback"),
                actions.actions(section, "escalate"),
                actions.name(section, "resume", FlowNames.Kind.UTTERANCE),
                utterance(section, "without"),
                utterance(section, "failed"),
                utterance(section, "pending"),
                actions.name(section, "press", FlowNames.Kind.UTTERANCE),
                actions.name(section, "after", FlowNames.Kind.UTTERANCE));
        if (moments.first() != null && moments.first().call() == null) {
            section.get("first").ifPresent(first -> first.fault("calls no tool", "Add \"call: name-of-the-tool\""));
        }
        if (moments.fallback().isEmpty()) {
            value.fault("has no fallback", "Add \"fallback: name\" of what is said when nothing is understood");
        }
        if (moments.escalate().isEmpty()) {
            value.fault("has no escalate", "Add \"escalate:\" with what is done after three misunderstandings");
        }
        section.close();
        return moments;
    }

    private String utterance(FlowSection section, String key) {
        section.required(key);
        var name = actions.name(section, key, FlowNames.Kind.UTTERANCE);
        return name == null ? "" : name;
    }

    private Action action(FlowSection section) {
        var action = actions.action(section);
        section.close();
        return action;
    }

    private List<Rule> rules(FlowValue value) {
        var rules = new ArrayList<Rule>();
        for (var item : value.items()) {
            var section = item.section();
            var rule = new Rule(
                    actions.names(section, "intent", FlowNames.Kind.INTENT),
                    section.get("words").map(FlowValue::patterns).orElse(List.of()),
                    actions.names(section, "in", FlowNames.Kind.FORM),
                    section.flag("always"),
                    actions.action(section));
            if (rule.intents().isEmpty() && rule.words().isEmpty()) {
                item.fault("has neither intent nor words", "Say what the caller means or says, or remove it");
            }
            section.close();
            rules.add(rule);
        }
        return rules;
    }

    private Map<String, List<ResultCase>> results(FlowValue value) {
        var results = new LinkedHashMap<String, List<ResultCase>>();
        value.members().forEach((tool, cases) -> {
            tools.result(tool, cases);
            var read = cases.items().stream()
                    .map(item -> resultCase(item.section()))
                    .toList();
            ActionReader.reached(
                    cases.items(), read.stream().map(FlowReader::condition).toList());
            results.put(tool, read);
        });
        return results;
    }

    /** What has to hold of the world; of a case for some forms only, something that isn't always so. */
    private static Condition condition(ResultCase one) {
        return one.in().isEmpty() && one.action().when().equals(Condition.ALWAYS) ? one.result() : NOT_ALWAYS;
    }

    private ResultCase resultCase(FlowSection section) {
        var resultCase = new ResultCase(
                new Condition(actions.tests(section, "result"), Map.of()),
                actions.names(section, "in", FlowNames.Kind.FORM),
                actions.action(section));
        section.close();
        return resultCase;
    }

    private List<Remedy> remedies(FlowValue value) {
        var remedies = new ArrayList<Remedy>();
        value.members().forEach((name, member) -> {
            var section = member.section();
            remedies.add(new Remedy(
                    name,
                    section.get("words").map(FlowValue::patterns).orElse(List.of()),
                    actions.utterances(section, "steps")));
            for (var key : List.of("words", "steps")) {
                if (!section.has(key)) {
                    member.fault("has no " + key, "Add \"" + key + ": …\" to it");
                }
            }
            section.close();
        });
        return remedies;
    }

    private static List<OtherBot> bots(FlowValue value) {
        return value.items().stream()
                .map(item -> {
                    var section = item.section();
                    var bot = new OtherBot(section.required("key"), section.required("title"), section.text("url"));
                    section.close();
                    return bot;
                })
                .toList();
    }
}
