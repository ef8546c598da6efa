package dev.callbus.llm.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.llm.dialog.flow.Template;
import dev.callbus.llm.dialog.flow.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts utterances into words: language, alternatives, values, lists and menus. */
final class Wording {
    private final DialogState state;

    Wording(DialogState state) {
        this.state = state;
    }

    /** The words of an utterance; once it has been said, its next alternative. Empty for an unknown one. */
    String of(String name) {
        var utterance = state.flow.say().get(name);
        if (utterance == null) {
            return "";
        }
        int before = state.said.getOrDefault(name, 0);
        var texts = texts(utterance);
        var template = texts.get(before % texts.size());
        return utterance.each() == null
                ? template.fill(state)
                : each(template, Results.parse(wrapped(utterance.each())).path("items"), utterance);
    }

    /** What the caller can choose from once this has been said; more than he hears of it. */
    List<ReadOut.Item> items(String name) {
        var utterance = state.flow.say().get(name);
        if (utterance == null || utterance.each() == null || utterance.choice() == null) {
            return List.of();
        }
        var choice = utterance.choice();
        var items = new ArrayList<ReadOut.Item>();
        Results.parse(wrapped(utterance.each()))
                .path("items")
                .forEach(item -> items.add(
                        new ReadOut.Item(Results.text(item, choice.value()), Results.text(item, choice.subject()))));
        return items;
    }

    private String wrapped(String list) {
        var json = state.named(list);
        return json.startsWith("[") ? "{\"items\":" + json + "}" : "{}";
    }

    private String each(Template template, JsonNode items, Utterance utterance) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < Math.min(items.size(), utterance.most()); i++) {
            lines.add(item(template, items.get(i)));
        }
        return String.join("\n", utterance.backwards() ? lines.reversed() : lines);
    }

    private String item(Template template, JsonNode item) {
        return template.fill(place -> {
            var own = Results.text(item, place.name());
            var value = own.isEmpty() ? state.named(place.name()) : own;
            return place.words() == null ? value : state.word(place.words(), value);
        });
    }

    private List<Template> texts(Utterance utterance) {
        var texts = utterance.texts();
        var own = texts.get(state.language);
        var fallback = own == null ? texts.get(state.flow.language()) : own;
        return fallback == null || fallback.isEmpty() ? List.of(Template.of("")) : fallback;
    }

    /** What can be chosen in answer to an utterance. */
    List<DialogReply.Option> options(String name) {
        var utterance = state.flow.say().get(name);
        if (utterance == null) {
            return List.of();
        }
        if (utterance.dynamic() != null) {
            return dynamic(utterance.dynamic());
        }
        return utterance.menu().stream()
                .map(option -> new DialogReply.Option(
                        option.key(), local(option.label()), local(option.word()), option.payload()))
                .toList();
    }

    private List<DialogReply.Option> dynamic(Utterance.DynamicMenu menu) {
        var items = Results.parse(wrapped(menu.list())).path("items");
        @Nullable
        Template label = menu.label().getOrDefault(state.language, menu.label().get(state.flow.language()));
        var options = new ArrayList<DialogReply.Option>();
        for (int i = 0; label != null && i < Math.min(items.size(), 9); i++) {
            var words = item(label, items.get(i));
            options.add(new DialogReply.Option(String.valueOf(i + 1), words, words, item(menu.value(), items.get(i))));
        }
        return options;
    }

    private String local(Map<String, String> texts) {
        return texts.getOrDefault(state.language, texts.getOrDefault(state.flow.language(), ""));
    }

    /** The options as they are spoken with their keys: "Press 1 or say low, press 2 or say high." */
    String spoken(List<DialogReply.Option> options) {
        var press = state.flow.moments().press();
        var utterance = press == null ? null : state.flow.say().get(press);
        if (options.isEmpty() || utterance == null) {
            return "";
        }
        var template = texts(utterance).getFirst();
        var parts = options.stream()
                .map(option -> template.fill(place -> place.name().equals("key") ? option.key() : option.word()))
                .toList();
        var all = String.join(", ", parts);
        return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
    }
}
