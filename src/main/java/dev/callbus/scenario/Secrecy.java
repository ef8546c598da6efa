package dev.callbus.scenario;

import dev.callbus.llm.ChatMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks for texts where they must not be: in logs, in what the bus shows, in what the model is sent, and in ServiceNow. */
final class Secrecy {
    private Secrecy() {}

    /** Throws {@link Unmet} if one of these is anywhere. */
    static void check(Stage stage, List<String> texts) {
        var places = places(stage);
        for (var text : texts) {
            var filled = stage.memory.fill(text);
            var search = search(filled);
            places.forEach((place, lines) -> {
                if (lines.stream().anyMatch(search)) {
                    throw new Unmet(shown(text, filled) + " is nowhere", "it is in " + place);
                }
            });
        }
    }

    private static Map<String, List<String>> places(Stage stage) {
        var places = new LinkedHashMap<String, List<String>>();
        places.put("the log", stage.logs.lines());
        places.put(
                "what is shown of the bus",
                stage.bus.messages().stream()
                        .map(message -> Diagram.shown(message.seen().body()))
                        .toList());
        places.put(
                "what the model is sent",
                stage.bus.history().stream().map(Secrecy::text).toList());
        var written = stage.world.ledger().entries();
        for (var entry : written.subList(stage.givenWrites(), written.size())) {
            places.computeIfAbsent("ServiceNow's table " + entry.table(), table -> new ArrayList<>())
                    .add(String.join("\n", entry.changes().values()));
        }
        return places;
    }

    private static String text(ChatMessage message) {
        return switch (message) {
            case ChatMessage.Instructions instructions -> instructions.text();
            case ChatMessage.Caller caller -> caller.text();
            case ChatMessage.Assistant assistant ->
                assistant.text()
                        + assistant.calls().stream()
                                .map(call -> call.arguments())
                                .collect(Collectors.joining());
            case ChatMessage.ToolResult result -> result.content();
        };
    }

    /** Digits are also found with pauses between them, but not as a part of more digits. */
    private static Predicate<String> search(String text) {
        if (!text.matches("\\d+")) {
            return line -> line.contains(text) || Words.find(line, text).isPresent();
        }
        var spaced = String.join("[\\s,.-]{0,3}", List.of(text.split("(?!^)", -1)));
        return Pattern.compile("(?<!\\d)" + spaced + "(?!\\d)").asPredicate();
    }

    private static String shown(String text, String filled) {
        return text.equals(filled) ? "\"" + text + "\"" : text;
    }
}
