package dev.callbus.llm.dialog.flow.file;

import dev.callbus.config.NearestName;
import dev.callbus.llm.dialog.flow.Condition;
import dev.callbus.llm.dialog.flow.Form;
import dev.callbus.llm.dialog.flow.Question;
import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.flow.Template;
import dev.callbus.llm.dialog.understanding.Asked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads forms and questions of flow files. */
final class FormReader {
    private static final List<String> KINDS = Arrays.stream(Asked.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();

    private final ActionReader actions;

    FormReader(ActionReader actions) {
        this.actions = actions;
    }

    Map<String, Form> forms(FlowValue value) {
        var forms = new LinkedHashMap<String, Form>();
        value.members().forEach((name, form) -> forms.put(name, form(name, form.section())));
        return forms;
    }

    private Form form(String name, FlowSection section) {
        var steps = new ArrayList<Step>();
        section.get("steps")
                .ifPresentOrElse(
                        list -> list.items()
                                .forEach(item -> steps.add(step(name + "." + steps.size(), item.section()))),
                        () -> section.value()
                                .fault("has no steps", "Add \"steps:\" with what is asked and done, in order"));
        steps.removeIf(step -> step.get().isEmpty());
        var keep = section.textMembers("keep");
        keep.forEach((as, kept) -> {
            section.get("keep").ifPresent(value -> {
                actions.values().keeps(as, value);
            });
            actions.used(section, "keep", kept);
        });
        var form = new Form(name, List.copyOf(steps), keep, actions.actions(section, "then"));
        section.close();
        return form;
    }

    private Step step(String name, FlowSection section) {
        var when = actions.condition(section);
        boolean asks = section.has("ask");
        var get = section.has("get") || asks ? section.required("get") : name;
        Step step;
        if (asks) {
            step = ask(section, when, get);
        } else if (section.has("choose")) {
            step = choose(section, when, get);
        } else if (section.has("form")) {
            step = new Step.Sub(when, get, orEmpty(actions.name(section, "form", FlowNames.Kind.FORM)));
        } else {
            var use = actions.call(section);
            var say = actions.utterances(section, "say");
            if (use == null && say.isEmpty()) {
                section.value().fault("does nothing", "Give the step one of the keys ask, call, form, choose or say");
            }
            step = use == null ? new Step.Tell(when, get, say) : new Step.Call(when, get, use);
        }
        section.get("get").ifPresent(value -> gets(step, value));
        section.close();
        return step;
    }

    /** What a step may make of its value. */
    private void gets(Step step, FlowValue value) {
        var values = actions.values();
        values.needs(step.get());
        switch (step) {
            case Step.Ask ask
            when ask.kind() == Asked.YES_NO && ask.preset() == null ->
                values.becomes(ask.get(), List.of(Template.of("yes"), Template.of("no")), value);
            case Step.Ask ask -> {
                values.gets(ask.get(), value);
                if (ask.kind() != Asked.YES_NO && ask.kind() != Asked.CODE) {
                    values.means(ask.get(), value);
                }
            }
            case Step.Choose choose -> {
                var other = choose.other().isEmpty() ? "none" : choose.other();
                var all = Stream.concat(choose.values().keySet().stream(), Stream.of(other));
                values.becomes(choose.get(), all.map(Template::of).toList(), value);
            }
            case Step.Call call -> values.becomes(call.get(), List.of(Template.of("done")), value);
            case Step.Sub sub -> values.becomes(sub.get(), List.of(Template.of("done")), value);
            case Step.Tell tell -> values.becomes(tell.get(), List.of(Template.of("said")), value);
        }
    }

    private Step.Ask ask(FlowSection section, Condition when, String get) {
        return new Step.Ask(
                when,
                get,
                or(section),
                orEmpty(actions.name(section, "ask", FlowNames.Kind.UTTERANCE)),
                kind(section),
                section.get("offer").map(value -> offer(value.section())).orElse(null),
                section.get("find").map(FormReader::finders).orElse(List.of()),
                section.get("change").map(FormReader::finders).orElse(List.of()),
                section.get("preset").map(actions::template).orElse(null),
                actions.names(section, "except", FlowNames.Kind.INTENT),
                actions.name(section, "invalid", FlowNames.Kind.UTTERANCE),
                actions.actions(section, "yes"),
                actions.actions(section, "no"));
    }

    private List<String> or(FlowSection section) {
        return section.get("or")
                .map(value -> value.texts().stream()
                        .map(name -> actions.values().gets(name, value))
                        .toList())
                .orElse(List.of());
    }

    private Step.Offer offer(FlowSection section) {
        var offer = new Step.Offer(
                actions.used(section, "value", section.required("value")),
                orEmpty(actions.name(section, "ask", FlowNames.Kind.UTTERANCE)));
        section.close();
        return offer;
    }

    /** Expressions that find a value as their first group. */
    static List<Pattern> finders(FlowValue value) {
        var patterns = value.patterns();
        if (patterns.stream().anyMatch(pattern -> pattern.matcher("").groupCount() == 0)) {
            value.fault("has an expression that finds nothing", "Put brackets around the part that is the value");
        }
        return patterns;
    }

    private Step.Choose choose(FlowSection section, Condition when, String get) {
        var values = new LinkedHashMap<String, Pattern>();
        section.get("choose")
                .ifPresent(value -> value.members().forEach((name, words) -> {
                    var pattern = words.pattern();
                    if (pattern != null) {
                        values.put(name, pattern);
                    }
                }));
        var by = section.get("by").map(actions::template).orElseGet(() -> Template.of(section.required("by")));
        if (!by.source().isEmpty() && by.places().isEmpty()) {
            section.get("by")
                    .ifPresent(value -> value.fault(
                            "is always the same: " + value.text(),
                            "Write the name of a value in braces, such as {heard}"));
        }
        return new Step.Choose(when, get, by, values, section.text("other"));
    }

    Map<String, Question> questions(FlowValue value, FlowNames names) {
        var questions = new LinkedHashMap<String, Question>();
        value.members().forEach((name, member) -> {
            names.use(FlowNames.Kind.UTTERANCE, name, member);
            questions.put(name, question(name, member.section()));
        });
        return questions;
    }

    private Question question(String name, FlowSection section) {
        var question = new Question(
                name,
                kind(section),
                section.flag("open"),
                section.get("get").map(this::asked).orElse(null),
                actions.actions(section, "yes"),
                actions.actions(section, "no"),
                actions.actions(section, "then"));
        section.close();
        return question;
    }

    private String asked(FlowValue value) {
        actions.values().means(value.text(), value);
        return actions.values().gets(value.text(), value);
    }

    private static Asked kind(FlowSection section) {
        @Nullable FlowValue value = section.get("kind").orElse(null);
        var word = value == null ? "free_text" : value.text();
        if (value != null && !KINDS.contains(word)) {
            value.fault(
                    "is no kind of answer: " + word,
                    "Did you mean " + NearestName.of(word, KINDS) + "? There are " + String.join(", ", KINDS));
            return Asked.FREE_TEXT;
        }
        return Asked.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
