package dev.callbus.scenario.file;

import dev.callbus.scenario.file.RasaImport.Conversation;
import dev.callbus.scenario.file.RasaImport.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads Rasa 2's and 3's conversation tests: {@code stories} with {@code user} and {@code action}, and end-to-end {@code test_cases} with
 * {@code user}, {@code bot}, {@code utter} and assertions.
 *
 * <p>Source: rasa.com/docs/rasa/testing-your-assistant, rasa.com/docs/reference/testing/test-cases
 */
final class RasaYaml {
    private RasaYaml() {}

    static List<Conversation> read(String file, String text) {
        var conversations = new ArrayList<Conversation>();
        for (var document : Written.documents(file, text)) {
            var entries = document.entries();
            add(entries, "stories", "story", conversations);
            add(entries, "test_cases", "test_case", conversations);
        }
        return conversations;
    }

    private static void add(Map<String, Written> entries, String list, String name, List<Conversation> conversations) {
        var found = entries.get(list);
        if (found == null) {
            return;
        }
        for (var item : found.items()) {
            var keys = item.entries();
            var title = StepReader.required(item, keys, name);
            var lines = new ArrayList<Line>();
            StepReader.required(item, keys, "steps").items().forEach(step -> lines.addAll(lines(step)));
            conversations.add(new Conversation(title.place(), title.text(), lines));
        }
    }

    private static List<Line> lines(Written step) {
        var entries = step.entries();
        var lines = new ArrayList<Line>();
        entries.forEach((key, value) -> {
            switch (key) {
                case "user" -> lines.add(new RasaImport.User(plain(value.text()), text(entries, "intent")));
                case "bot" -> lines.add(new RasaImport.Bot(value.text()));
                case "utter", "action" -> lines.add(new RasaImport.Action(value.text()));
                case "assertions" -> value.items().forEach(assertion -> lines.add(assertion(assertion)));
                case "intent", "entities", "metadata" -> {}
                default -> lines.add(inner(key, value));
            }
        });
        return lines;
    }

    private static Line assertion(Written assertion) {
        var entry = assertion.entries().entrySet().iterator().next();
        if (entry.getKey().equals("bot_uttered") && entry.getValue().isMapping()) {
            var uttered = entry.getValue().entries();
            if (uttered.containsKey("text_matches")) {
                return new RasaImport.BotMatches(text(uttered, "text_matches"));
            }
            if (uttered.containsKey("utter_name")) {
                return new RasaImport.Action(text(uttered, "utter_name"));
            }
        }
        return inner(entry.getKey(), entry.getValue());
    }

    private static Line inner(String key, Written value) {
        return new RasaImport.Inner(key + " " + String.valueOf(value.plain()).replaceAll("\\s+", " "));
    }

    private static String text(Map<String, Written> entries, String key) {
        var value = entries.get(key);
        return value == null || !value.isText() ? "" : value.text();
    }

    /** Words without marks of entities. */
    private static String plain(String words) {
        return words.replaceAll("\\[([^\\]]*)](?:\\([^)]*\\)|\\{[^}]*})", "$1").strip();
    }
}
