package dev.callbus.scenario.file;

import dev.callbus.scenario.Scenario.Place;
import dev.callbus.scenario.ScenarioException;
import dev.callbus.scenario.file.RasaImport.Conversation;
import dev.callbus.scenario.file.RasaImport.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads Rasa 1's conversation tests: {@code ## name}, {@code * intent: words with [values](entity)}, {@code - action}.
 *
 * <p>Source: legacy-docs-v1.rasa.com/user-guide/testing-your-assistant
 */
final class RasaMarkdown {
    private static final Pattern ENTITY = Pattern.compile("\\[([^\\]]*)](?:\\([^)]*\\)|\\{[^}]*})");
    private static final Pattern USER = Pattern.compile("\\*\\s*([A-Za-z0-9_+/ -]+?)\\s*(?::\\s*(.+))?");

    private final List<Conversation> conversations = new ArrayList<>();

    private RasaMarkdown() {}

    static List<Conversation> read(String file, String text) {
        var markdown = new RasaMarkdown();
        int number = 0;
        for (var line : text.replaceAll("(?s)<!--.*?-->", "").lines().toList()) {
            markdown.line(new Place(file, ++number), line.strip());
        }
        markdown.conversations.removeIf(conversation -> conversation.lines().isEmpty());
        return markdown.conversations;
    }

    private void line(Place place, String line) {
        if (line.startsWith("## ")) {
            conversations.add(new Conversation(place, line.substring(3).strip(), new ArrayList<>()));
        } else if (line.startsWith("* ")) {
            lines(place).add(user(place, line));
        } else if (line.startsWith("- ")) {
            lines(place).add(action(line.substring(2).strip()));
        } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(">")) {
            throw new ScenarioException(
                    place, "\"" + line + "\" is no line of a story", "Begin it with \"## \", \"* \" or \"- \"");
        }
    }

    private List<Line> lines(Place place) {
        if (conversations.isEmpty()) {
            throw new ScenarioException(place, "a line stands before any story", "Write \"## name\" above it");
        }
        return conversations.getLast().lines();
    }

    private static Line user(Place place, String line) {
        var matcher = USER.matcher(line);
        if (!matcher.matches()) {
            throw new ScenarioException(place, "\"" + line + "\" has no intent", "Write \"* intent: words\"");
        }
        var words = matcher.group(2);
        if (words == null) {
            throw new ScenarioException(
                    place,
                    "the intent " + matcher.group(1) + " has no words, and a caller must say something",
                    "Write \"* " + matcher.group(1) + ": words\"");
        }
        return new RasaImport.User(ENTITY.matcher(words).replaceAll("$1"), matcher.group(1));
    }

    private static Line action(String action) {
        return action.matches("(form|slot|active_loop)\\b.*")
                ? new RasaImport.Inner(action)
                : new RasaImport.Action(action);
    }
}
