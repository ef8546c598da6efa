package dev.callbus.scenario.file;

import dev.callbus.scenario.Step;
import dev.callbus.scenario.Step.Voice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is to be known, kept and filed at a moment of the call. */
final class StateReader {
    /** Why calls end; {@code any} leaves it open. */
    static final List<String> REASONS =
            List.of("any", "end-call", "live-agent-handoff", "unresponsive", "node-stopping", "channel-lost");

    private static final List<String> STATE = List.of("rows", "grant", "call");

    private final Remembering remembering;

    StateReader(Remembering remembering) {
        this.remembering = remembering;
    }

    List<Step> read(Written value) {
        var keys = value.keys(STATE);
        var steps = new ArrayList<Step>();
        keys.forEach((key, each) -> {
            switch (key) {
                case "rows" -> each.itemsOrSelf().forEach(row -> steps.add(rows(row)));
                case "grant" -> steps.add(grant(each));
                default -> steps.add(call(each));
            }
        });
        if (steps.isEmpty()) {
            throw value.wrong("the state is not described", "Write rows, grant or call below it");
        }
        return steps;
    }

    private Step rows(Written value) {
        var keys = value.keys(List.of("table", "where", "count", "fields"));
        var count = keys.get("count");
        var fields = fields(keys.get("fields"));
        if (count != null && count.whole(0, 10_000) == 0 && !fields.isEmpty()) {
            throw count.wrong("no record has fields", "Put what they would have below \"where\"");
        }
        return new Step.HasRows(
                value.line(),
                StepReader.required(value, keys, "table").text(),
                fields(keys.get("where")),
                count == null ? null : count.whole(0, 10_000),
                fields);
    }

    private Map<String, String> fields(@Nullable Written value) {
        if (value == null) {
            return Map.of();
        }
        var fields = new LinkedHashMap<String, String>();
        value.entries().forEach((name, field) -> {
            var text = field.fieldText();
            fields.put(name, text.isBlank() ? "" : remembering.known(field));
        });
        return fields;
    }

    private static Step grant(Written value) {
        return switch (value.text()) {
            case "granted" -> new Step.HasGrant(value.line(), true);
            case "none" -> new Step.HasGrant(value.line(), false);
            default -> throw value.wrong("no grant is \"" + value.text() + "\"", "Write granted or none");
        };
    }

    private static Step call(Written value) {
        return switch (value.text()) {
            case "up" -> new Step.IsUp(value.line());
            case "ended" -> new Step.HasEnded(value.line(), null, null);
            default ->
                throw value.wrong(
                        "no call is \"" + value.text() + "\"",
                        "Write up or ended; \"ends: reason\" is a step of its own");
        };
    }

    /** What the model is sent of the conversation. */
    Step history(Written value) {
        boolean whole = !value.isMapping();
        var list = whole ? value : StepReader.required(value, value.keys(List.of("ends")), "ends");
        return new Step.HasHistory(
                value.line(), list.items().stream().map(this::message).toList(), whole);
    }

    private Step.Remembered message(Written value) {
        var keys = value.keys(List.of("caller", "agent", "tool"));
        if (keys.size() != 1) {
            throw value.wrong("a message has " + keys.size() + " keys", "Write one of caller, agent and tool");
        }
        var entry = keys.entrySet().iterator().next();
        var voice = switch (entry.getKey()) {
            case "caller" -> Voice.CALLER;
            case "agent" -> Voice.AGENT;
            default -> Voice.TOOL;
        };
        return new Step.Remembered(voice, remembering.known(entry.getValue()));
    }
}
