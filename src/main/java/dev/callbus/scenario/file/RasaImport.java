package dev.callbus.scenario.file;

import dev.callbus.scenario.Scenario.Place;
import dev.callbus.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Turns Rasa's conversation tests into scenarios: Markdown stories of Rasa 1, test stories in YAML of Rasa 2 and 3, and end-to-end test
 * cases of Rasa 3. What a scenario can't check (intents, slots, forms), because no caller hears it, is left as a comment.
 *
 * <p>Source: rasa.com/docs/rasa/testing-your-assistant, rasa.com/docs/pro/testing/evaluating-assistant
 */
public final class RasaImport {
    /** Where a response has a slot's value. */
    private static final Pattern SLOT = Pattern.compile("\\{[A-Za-z0-9_]+}");

    private static final Pattern RESPONSE = Pattern.compile("utter_[A-Za-z0-9_/-]+");

    private final Map<String, String> responses;
    private final StringBuilder out = new StringBuilder();
    private final List<String> names = new ArrayList<>();

    private RasaImport(Map<String, String> responses) {
        this.responses = responses;
    }

    /**
     * The scenarios' YAML.
     *
     * @param file what complaints call the text; its name says whether it is Markdown
     * @param domain Rasa's domain file, from which the texts of responses come; empty if there is none
     * @throws ScenarioException if it holds no conversation
     */
    public static String scenarios(String file, String text, String domain) {
        var cases = file.endsWith(".md") ? RasaMarkdown.read(file, text) : RasaYaml.read(file, text);
        if (cases.isEmpty()) {
            throw new ScenarioException(
                    new Place(file, 1), "there is no conversation of Rasa's in it", "Name a file of test stories");
        }
        var rasa = new RasaImport(domain.isBlank() ? Map.of() : responses(domain));
        cases.forEach(rasa::write);
        return rasa.out.toString();
    }

    /** One conversation as Rasa has it. */
    record Conversation(Place place, String name, List<Line> lines) {}

    /** One line of a conversation. */
    sealed interface Line {}

    /** What the user says; the intent is empty if it isn't named. */
    record User(String text, String intent) implements Line {}

    /** The bot says exactly this. */
    record Bot(String text) implements Line {}

    /** The bot says what matches. */
    record BotMatches(String expression) implements Line {}

    /** The bot does this: a response, a form, an action of its own. */
    record Action(String name) implements Line {}

    /** What no caller hears. */
    record Inner(String what) implements Line {}

    private void write(Conversation conversation) {
        if (!names.isEmpty()) {
            out.append("---\n");
        }
        var name = conversation.name();
        for (int i = 2; names.contains(name); i++) {
            name = conversation.name() + " (" + i + ")";
        }
        names.add(name);
        out.append("name: ").append(quoted(name)).append('\n');
        out.append("description: ")
                .append(quoted("Imported from " + conversation.place()))
                .append('\n');
        out.append("tags: [rasa]\nsteps:\n");
        boolean answered = true;
        for (var line : conversation.lines()) {
            if (line instanceof User && !answered) {
                out.append("  - agent: {matches: '\\S'}\n");
            }
            answered = write(line, answered);
        }
        if (!answered) {
            out.append("  - agent: {matches: '\\S'}\n");
        }
    }

    /** Writes a line; whether the agent has answered what the caller said last. */
    private boolean write(Line line, boolean answered) {
        return switch (line) {
            case User user -> {
                out.append("  - caller: ").append(quoted(user.text()));
                out.append(user.intent().isEmpty() ? "\n" : " # intent " + user.intent() + "\n");
                yield false;
            }
            case Bot bot -> {
                agent(bot.text(), "");
                yield true;
            }
            case BotMatches matches -> {
                out.append("  - agent: {matches: ")
                        .append(quoted(matches.expression()))
                        .append("}\n");
                yield true;
            }
            case Action(var name)
            when RESPONSE.matcher(name).matches() -> {
                var text = responses.get(name);
                if (text == null) {
                    out.append("  - agent: {matches: '\\S'} # ").append(name).append('\n');
                } else {
                    agent(text, name);
                }
                yield true;
            }
            case Action(var name) -> {
                out.append("  # ").append(name).append('\n');
                yield answered;
            }
            case Inner(var what) -> {
                out.append("  # ").append(what).append('\n');
                yield answered;
            }
        };
    }

    /** The longest part of a text that has no slots in it. */
    private void agent(String text, String name) {
        var longest = "";
        for (var part : SLOT.split(text.replaceAll("\\s+", " "), -1)) {
            longest = part.strip().length() > longest.length() ? part.strip() : longest;
        }
        out.append("  - agent: ").append(longest.isEmpty() ? "{matches: '\\S'}" : quoted(longest));
        out.append(name.isEmpty() ? "\n" : " # " + name + "\n");
    }

    /** The first text of each response of a domain. */
    private static Map<String, String> responses(String domain) {
        var texts = new HashMap<String, String>();
        for (var document : Written.documents("domain", domain)) {
            var entries = document.entries();
            for (var section : List.of("responses", "templates")) {
                var found = entries.get(section);
                if (found != null) {
                    found.entries()
                            .forEach((name, variants) -> variants.items().stream()
                                    .filter(Written::isMapping)
                                    .map(variant -> variant.entries().get("text"))
                                    .filter(text -> text != null)
                                    .findFirst()
                                    .ifPresent(text -> texts.put(name, text.text())));
                }
            }
        }
        return texts;
    }

    /** A text in quotes; braces would stand for something remembered and are left out. */
    private static String quoted(String text) {
        var plain = text.strip().replaceAll("\\s+", " ");
        return "'" + plain.replace("'", "''") + "'";
    }
}
