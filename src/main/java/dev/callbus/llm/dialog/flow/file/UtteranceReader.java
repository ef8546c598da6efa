package dev.callbus.llm.dialog.flow.file;

import dev.callbus.llm.dialog.flow.Template;
import dev.callbus.llm.dialog.flow.Utterance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the agent says from flow files. */
final class UtteranceReader {
    private static final int MOST = 5;

    private static final Pattern PAYLOAD = Pattern.compile("/(\\w+)\\s*(\\{.*})?", Pattern.DOTALL);
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\"\\s*:");

    private final ActionReader actions;
    private final List<String> languages;

    UtteranceReader(ActionReader actions, List<String> languages) {
        this.actions = actions;
        this.languages = languages;
    }

    Map<String, Utterance> read(FlowValue say) {
        var utterances = new LinkedHashMap<String, Utterance>();
        say.members().forEach((name, value) -> utterances.put(name, utterance(name, value)));
        return utterances;
    }

    private Utterance utterance(String name, FlowValue value) {
        if (value.isText() || value.isList()) {
            var texts = Map.of(languages.getFirst(), actions.templates(value));
            return new Utterance(name, texts, List.of(), null, List.of(), null, MOST, false, null);
        }
        var section = value.section();
        var each = section.has("each");
        var texts = texts(section, each);
        var utterance = new Utterance(
                name,
                texts,
                section.get("menu").map(this::menu).orElse(List.of()),
                section.get("menu_from").map(this::dynamic).orElse(null),
                section.get("cues").map(FlowValue::patterns).orElse(List.of()),
                actions.usedValue(section, "each"),
                section.get("most").map(UtteranceReader::number).orElse(MOST),
                section.get("order").map(UtteranceReader::isBackwards).orElse(false),
                section.get("choice").map(choice -> choice(choice.section())).orElse(null));
        if (utterance.choice() != null && !each) {
            section.value().fault("has a choice of nothing", "Add \"each:\" with the list that is told");
        }
        section.close();
        return utterance;
    }

    private static Utterance.Choice choice(FlowSection section) {
        var choice = new Utterance.Choice(section.required("value"), section.required("subject"));
        section.close();
        return choice;
    }

    private Map<String, List<Template>> texts(FlowSection section, boolean each) {
        var texts = new LinkedHashMap<String, List<Template>>();
        for (var language : languages) {
            section.get(language)
                    .ifPresent(value ->
                            texts.put(language, each ? actions.itemTemplates(value) : actions.templates(value)));
        }
        if (!texts.containsKey(languages.getFirst())) {
            section.value()
                    .fault("is not said in " + languages.getFirst(), "Add \"" + languages.getFirst() + ": …\" to it");
        }
        return texts;
    }

    private List<Utterance.MenuOption> menu(FlowValue value) {
        var options = new ArrayList<Utterance.MenuOption>();
        var keys = new HashSet<String>();
        for (var item : value.items()) {
            var section = item.section();
            var label = perLanguage(section, "label");
            var word = section.has("word") ? perLanguage(section, "word") : label;
            var key = section.required("key");
            if (!keys.add(key)) {
                item.fault("has the key " + key + ", as one before it has", "Give each option a key of its own");
            }
            options.add(new Utterance.MenuOption(key, label, word, payload(section, "payload")));
            section.close();
        }
        return List.copyOf(options);
    }

    /** What choosing an option means: an intent with the entities that come with it, or a value as it is. */
    private String payload(FlowSection section, String key) {
        var payload = section.required(key);
        section.get(key).filter(value -> payload.startsWith("/")).ifPresent(value -> {
            var parts = PAYLOAD.matcher(payload);
            if (parts.matches()) {
                actions.intent(parts.group(1), value);
                MEMBER.matcher(parts.group(2) == null ? "" : parts.group(2))
                        .results()
                        .forEach(member -> actions.values().hears(member.group(1)));
            } else {
                value.fault("is no choice: " + payload, "Write it as /intent or /intent{\"entity\":\"value\"}");
            }
        });
        return payload;
    }

    private Utterance.DynamicMenu dynamic(FlowValue value) {
        var section = value.section();
        var label = new LinkedHashMap<String, Template>();
        perLanguage(section, "label")
                .forEach((language, text) -> label.put(language, actions.itemTemplate(text, value)));
        var list = section.required("list");
        var dynamic = new Utterance.DynamicMenu(
                actions.used(section, "list", list), label, Template.of(payload(section, "value")));
        section.close();
        return dynamic;
    }

    /** A text for the first language, or texts by language. */
    private Map<String, String> perLanguage(FlowSection section, String key) {
        @Nullable FlowValue value = section.get(key).orElse(null);
        if (value == null || value.isText()) {
            return Map.of(languages.getFirst(), section.required(key));
        }
        var inner = value.section();
        var texts = new LinkedHashMap<String, String>();
        for (var language : languages) {
            inner.get(language).ifPresent(text -> texts.put(language, text.text()));
        }
        inner.close();
        if (!texts.containsKey(languages.getFirst())) {
            value.fault("is not said in " + languages.getFirst(), "Add \"" + languages.getFirst() + ": …\" to it");
        }
        return texts;
    }

    private static boolean isBackwards(FlowValue value) {
        var text = value.text();
        if (!text.equals("backwards")) {
            value.fault("is only known as backwards, but is " + text, "Leave it out to tell the list as it comes");
        }
        return true;
    }

    private static int number(FlowValue value) {
        var text = value.text();
        if (text.matches("[1-9]\\d?")) {
            return Integer.parseInt(text);
        }
        value.fault("must be a number from 1 to 99, but is " + text, "Write how many items of the list are told");
        return MOST;
    }
}
