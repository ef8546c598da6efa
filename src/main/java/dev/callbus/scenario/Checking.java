package dev.callbus.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ToolCall;
import dev.callbus.scenario.Step.Remembered;
import dev.callbus.scenario.Step.Voice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks what the server does: tools, history, records, and how the call stands. */
final class Checking {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stage stage;
    private final Set<Integer> matched = new HashSet<>();

    Checking(Stage stage) {
        this.stage = stage;
    }

    void callsTool(Step.CallsTool step) {
        var wanted = wanted(step);
        var times = step.times();
        if (times != null) {
            stage.waitPolitely();
            var calls = stage.bus.toolCalls();
            var count = calls.stream()
                    .filter(call -> fits(call, step.tool(), wanted))
                    .count();
            for (int i = 0; i < calls.size(); i++) {
                if (fits(calls.get(i), step.tool(), wanted)) {
                    matched.add(i);
                }
            }
            if (count != times) {
                throw new Unmet(
                        described(step, wanted) + " is called " + times + (times == 1 ? " time" : " times"), calls());
            }
            return;
        }
        var within = step.within() == null ? Hearing.PATIENCE : step.within();
        if (!stage.world.until(() -> matchOne(step.tool(), wanted), within)) {
            throw new Unmet(described(step, wanted) + " is called", calls());
        }
    }

    private JsonNode wanted(Step.CallsTool step) {
        try {
            return JSON.readTree(stage.memory.fill(step.arguments()));
        } catch (JsonProcessingException e) {
            throw new Unmet("arguments that are JSON", stage.memory.fill(step.arguments()));
        }
    }

    private boolean matchOne(String tool, JsonNode wanted) {
        var calls = stage.bus.toolCalls();
        for (int i = 0; i < calls.size(); i++) {
            if (!matched.contains(i) && fits(calls.get(i), tool, wanted)) {
                matched.add(i);
                return true;
            }
        }
        return false;
    }

    private static boolean fits(ToolCall call, String tool, JsonNode wanted) {
        try {
            return call.name().equals(tool) && isPart(wanted, JSON.readTree(call.arguments()));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Whether all that is wanted is there; a text between slashes is a regular expression. */
    private static boolean isPart(JsonNode wanted, JsonNode there) {
        if (wanted.isObject()) {
            return there.isObject()
                    && wanted.properties().stream()
                            .allMatch(each ->
                                    there.has(each.getKey()) && isPart(each.getValue(), there.get(each.getKey())));
        }
        if (wanted.isArray()) {
            return wanted.equals(there);
        }
        return isSame(wanted.asText(), there.asText());
    }

    private static boolean isSame(String wanted, String there) {
        boolean isExpression = wanted.length() > 1 && wanted.startsWith("/") && wanted.endsWith("/");
        return isExpression
                ? Pattern.compile(wanted.substring(1, wanted.length() - 1))
                        .matcher(there)
                        .find()
                : wanted.equals(there);
    }

    private static String described(Step.CallsTool step, JsonNode wanted) {
        return "the tool " + step.tool() + (wanted.isEmpty() ? "" : " with " + wanted);
    }

    private String calls() {
        var calls = stage.bus.toolCalls();
        return calls.isEmpty()
                ? "no tool was called"
                : calls.stream()
                        .map(call -> call.name() + " " + call.arguments())
                        .collect(Collectors.joining(", ", "the calls ", ""));
    }

    void hasHistory(Step.HasHistory step) {
        stage.waitPolitely();
        var all = remembered(stage.bus.history());
        int skipped =
                step.whole() ? 0 : Math.max(0, all.size() - step.messages().size());
        var there = all.subList(skipped, all.size());
        var wanted = step.messages().stream()
                .map(message -> new Remembered(message.by(), Words.plain(stage.memory.fill(message.text()))))
                .toList();
        if (!there.equals(wanted)) {
            throw new Unmet("the history\n" + written(wanted), "\n" + written(there));
        }
    }

    private static List<Remembered> remembered(List<ChatMessage> history) {
        var messages = new ArrayList<Remembered>();
        for (var message : history) {
            switch (message) {
                case ChatMessage.Instructions instructions -> {}
                case ChatMessage.Caller caller ->
                    messages.add(new Remembered(Voice.CALLER, Words.plain(caller.text())));
                case ChatMessage.Assistant assistant -> {
                    if (!assistant.text().isBlank()) {
                        messages.add(new Remembered(Voice.AGENT, Words.plain(assistant.text())));
                    }
                    assistant.calls().forEach(call -> messages.add(new Remembered(Voice.TOOL, call.name())));
                }
                case ChatMessage.ToolResult result -> {}
            }
        }
        return messages;
    }

    private static String written(List<Remembered> messages) {
        return messages.stream()
                .map(message -> "      " + message.by().name().toLowerCase(Locale.ROOT) + ": " + message.text())
                .collect(Collectors.joining("\n"));
    }

    void hasRows(Step.HasRows step) {
        var where = filled(step.where());
        var fields = filled(step.fields());
        var described = step.table() + (where.isEmpty() ? "" : " where " + where);
        var looked = new AtomicInteger(-1);
        stage.world.until(
                () -> {
                    int writes = stage.world.ledger().entries().size();
                    return looked.getAndSet(writes) != writes && isMet(step, where, fields);
                },
                Hearing.PATIENCE);
        var rows = rows(step.table(), where);
        var count = step.count();
        if (count == null ? rows.isEmpty() : rows.size() != count) {
            throw new Unmet(
                    (count == null ? "a record" : count + " records") + " in " + described, rows.size() + " records");
        }
        for (var row : rows) {
            if (!has(row, fields)) {
                throw new Unmet(fields + " in " + described, shown(row, fields));
            }
        }
    }

    private boolean isMet(Step.HasRows step, Map<String, String> where, Map<String, String> fields) {
        var rows = rows(step.table(), where);
        var count = step.count();
        return (count == null ? !rows.isEmpty() : rows.size() == count)
                && rows.stream().allMatch(row -> has(row, fields));
    }

    private List<Map<String, String>> rows(String table, Map<String, String> where) {
        try {
            return stage.world.ledger().records(table).stream()
                    .filter(row -> has(row, where))
                    .toList();
        } catch (RuntimeException e) {
            throw new Unmet("a table " + table + " in ServiceNow", String.valueOf(e.getMessage()));
        }
    }

    private static boolean has(Map<String, String> row, Map<String, String> fields) {
        return fields.entrySet().stream()
                .allMatch(field -> isSame(field.getValue(), row.getOrDefault(field.getKey(), "")));
    }

    private static String shown(Map<String, String> row, Map<String, String> fields) {
        return fields.keySet().stream()
                .map(field -> field + "=" + row.getOrDefault(field, ""))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private Map<String, String> filled(Map<String, String> fields) {
        return fields.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> stage.memory.fill(field.getValue())));
    }

    void hasGrant(Step.HasGrant step) {
        stage.waitPolitely();
        if (stage.bus.isGranted() != step.granted()) {
            throw new Unmet(
                    step.granted() ? "a verified caller" : "a caller who is not verified",
                    step.granted() ? "no right code was given" : "a right code was given");
        }
    }

    void isUp() {
        var ended = stage.bus.ended();
        if (ended != null || stage.ear.isCallOver()) {
            throw new Unmet("the call is up", "it ended with " + (ended == null ? "nothing said" : ended));
        }
    }

    void hasEnded(Step.HasEnded step) {
        var within = step.within() == null ? Duration.ofSeconds(60) : step.within();
        boolean over = stage.world.until(() -> stage.bus.ended() != null, within);
        if (!over) {
            throw new Unmet("the call ends within " + Dialogue.seconds(within), "it is up");
        }
        if (step.reason() != null && !step.reason().equals(stage.bus.ended())) {
            throw new Unmet("the call ends with " + step.reason(), "it ended with " + stage.bus.ended());
        }
    }
}
