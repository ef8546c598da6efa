package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.sandbox.openai.Rule.Condition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the rule that answers a request and fills in its words; remembers only how often each fault has struck. */
final class ScriptPlayer implements Player {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(r?)(\\d|said)}");

    private final Script script;
    private final Map<Integer, Integer> strikes = new ConcurrentHashMap<>();

    ScriptPlayer(Script script) {
        this.script = script;
    }

    /** Returns the answer of the first rule that holds, or else the one for all other cases. */
    @Override
    public Cue play(ChatRequest request) {
        Conversation conversation = Conversation.of(request.messages());
        for (Rule rule : script.rules()) {
            if (holds(rule.when(), conversation) && offered(rule, request)) {
                Fault fault = strike(rule);
                if (fault != null || !rule.say().isEmpty() || !rule.calls().isEmpty()) {
                    return cue(rule, fault, request, conversation);
                }
            }
        }
        return cue(script.otherwise(), strike(script.otherwise()), request, conversation);
    }

    private static boolean holds(Condition when, Conversation conversation) {
        String result = when.tool() == null ? null : conversation.results().get(when.tool());
        boolean rightMoment = when.tool() == null ? conversation.results().isEmpty() : result != null;
        return rightMoment
                && (when.caller() == null || conversation.turn() > 0)
                && found(when.caller(), conversation.caller())
                && found(when.said(), conversation.said())
                && found(when.result(), result == null ? "" : result)
                && (when.turn() == null || when.turn() == conversation.turn());
    }

    private static boolean found(@Nullable Pattern pattern, String text) {
        return pattern == null || pattern.matcher(text).find();
    }

    private static boolean offered(Rule rule, ChatRequest request) {
        return rule.calls().stream().allMatch(call -> request.tools().contains(call.name()));
    }

    private @Nullable Fault strike(Rule rule) {
        Fault fault = rule.fault();
        if (fault == null || fault.times() == Integer.MAX_VALUE) {
            return fault;
        }
        return strikes.merge(rule.line(), 1, Integer::sum) <= fault.times() ? fault : null;
    }

    private static Cue cue(Rule rule, @Nullable Fault fault, ChatRequest request, Conversation conversation) {
        List<String> lines = rule.say();
        String line = lines.isEmpty() ? "" : lines.get(conversation.answers() % lines.size());
        List<Cue.Call> calls = rule.calls().stream()
                .filter(call -> request.tools().contains(call.name()))
                .limit(request.options().parallelToolCalls() ? Integer.MAX_VALUE : 1)
                .map(call -> new Cue.Call(
                        Ids.next("call_", 24), call.name(), fill(call.arguments(), rule.when(), conversation)))
                .toList();
        return new Cue(rule.line(), fill(line, rule.when(), conversation), calls, rule.manner(), fault);
    }

    private static JsonNode fill(JsonNode arguments, Condition when, Conversation conversation) {
        if (arguments.isTextual()) {
            return JsonNodeFactory.instance.textNode(fill(arguments.textValue(), when, conversation));
        }
        if (arguments instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(field -> filled.set(field.getKey(), fill(field.getValue(), when, conversation)));
            return filled;
        }
        if (arguments instanceof ArrayNode array) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> filled.add(fill(item, when, conversation)));
            return filled;
        }
        return arguments;
    }

    private static String fill(String line, Condition when, Conversation conversation) {
        @Nullable Matcher caller = matched(when.caller(), conversation.caller());
        @Nullable
        Matcher result = when.tool() == null
                ? null
                : matched(when.result(), conversation.results().getOrDefault(when.tool(), ""));
        return PLACEHOLDER.matcher(line).replaceAll(placeholder -> {
            String name = placeholder.group(2);
            if (name.equals("said")) {
                return Matcher.quoteReplacement(conversation.said());
            }
            @Nullable Matcher groups = placeholder.group(1).isEmpty() ? caller : result;
            if (groups == null || Integer.parseInt(name) > groups.groupCount()) {
                return "";
            }
            @Nullable String words = groups.group(Integer.parseInt(name));
            return words == null ? "" : Matcher.quoteReplacement(words.strip());
        });
    }

    private static @Nullable Matcher matched(@Nullable Pattern pattern, String text) {
        @Nullable Matcher groups = pattern == null ? null : pattern.matcher(text);
        return groups != null && groups.find() ? groups : null;
    }
}
