package dev.callbus.sandbox.openai;

import dev.callbus.sandbox.openai.ChatRequest.Message;
import dev.callbus.sandbox.openai.ChatRequest.Options;
import dev.callbus.sandbox.openai.ChatRequest.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Plays the examples of a script, so that a rule which an earlier one hides is noticed when the script is read. */
final class Rehearsal {
    private static final int ROUNDS = 4;

    private final ScriptPlayer player;
    private final Set<String> tools;
    private final List<Message> messages = new ArrayList<>();
    private int answeredBy;

    private Rehearsal(Script script, Set<String> tools) {
        this.player = new ScriptPlayer(script);
        this.tools = tools;
    }

    /** Plays all examples; throws {@link ScriptException} if one ends at another rule than its own. */
    static void of(String source, Script script) {
        Set<String> tools = script.rules().stream()
                .flatMap(rule -> rule.calls().stream())
                .map(Rule.ToolCall::name)
                .collect(Collectors.toSet());
        for (Rule rule : script.rules()) {
            if (!rule.example().isEmpty() && !new Rehearsal(script, tools).reaches(rule)) {
                var bare = new Rehearsal(script, Set.of());
                if (!bare.reaches(rule)) {
                    throw new ScriptException(
                            source,
                            rule.line(),
                            "example",
                            "is answered by the rule of line " + bare.answeredBy
                                    + " instead; move this rule up or narrow that one");
                }
            }
        }
    }

    private boolean reaches(Rule rule) {
        boolean reached = false;
        for (String sentence : rule.example()) {
            messages.add(new Message("user", sentence, List.of(), null));
            reached = answer(rule);
        }
        return reached;
    }

    private boolean answer(Rule rule) {
        boolean reached = false;
        for (int round = 0; round < ROUNDS; round++) {
            Cue cue = player.play(
                    new ChatRequest("rehearsal", messages, tools, Integer.MAX_VALUE, new Options(true, false, true)));
            answeredBy = cue.line();
            reached |= cue.line() == rule.line();
            List<ToolUse> uses = cue.calls().stream()
                    .map(call -> new ToolUse(call.id(), call.name(), call.written()))
                    .toList();
            messages.add(new Message("assistant", cue.text(), uses, null));
            if (uses.isEmpty()) {
                return reached;
            }
            uses.forEach(use -> messages.add(new Message("tool", "{\"ok\":true}", List.of(), use.id())));
        }
        return reached;
    }
}
