package dev.callbus.llm.dialog;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what is said and done next: it goes through the history of a conversation, whoever led it so far, and takes in each
 * message as if it had led it itself. Nothing is kept between two decisions but what words mean.
 */
final class Dialog {
    private final Flow flow;
    private final Ears ears;
    private final Recall recall;
    private final ReadOut readOut;

    Dialog(Flow flow, Ears ears) {
        this.flow = flow;
        this.ears = ears;
        this.recall = new Recall(flow);
        this.readOut = new ReadOut(flow.choosing());
    }

    DialogReply reply(List<ChatMessage> history, List<ToolSpec> tools) {
        return new Pass(
                        history.stream()
                                .filter(message -> !(message instanceof ChatMessage.Instructions))
                                .toList(),
                        Offered.of(tools))
                .reply();
    }

    /** One walk through a history. */
    private final class Pass {
        private final List<ChatMessage> messages;
        private final Offered offered;
        private final DialogState state = new DialogState(flow);
        private final Map<String, ToolCall> calls = new HashMap<>();
        private Plan plan = new Plan();
        private boolean introduced;

        Pass(List<ChatMessage> messages, Offered offered) {
            this.messages = messages;
            this.offered = offered;
        }

        DialogReply reply() {
            int i = 0;
            while (i < messages.size()) {
                i = take(i);
            }
            if (messages.isEmpty() || messages.getLast() instanceof ChatMessage.Assistant) {
                plan = new Plan();
                var conduct = new Conduct(state, offered);
                conduct.advance(plan);
                if (plan.isEmpty()) {
                    conduct.say(flow.moments().silence(), plan);
                }
            } else if (plan.isEmpty()) {
                conduct().say(flow.moments().fallback().getFirst(), plan);
            }
            return rendered();
        }

        /** Takes in the message at this place; the place of the next one. */
        private int take(int at) {
            switch (messages.get(at)) {
                case ChatMessage.Caller caller -> {
                    return caller(caller, at);
                }
                case ChatMessage.Assistant assistant -> assistant(assistant);
                case ChatMessage.ToolResult result -> outcome(result, at);
                case ChatMessage.Instructions instructions -> {}
            }
            return at + 1;
        }

        private Conduct conduct() {
            return new Conduct(state, Offered.anything());
        }

        private Conduct conductAt(int at) {
            return at == messages.size() - 1 ? new Conduct(state, offered) : conduct();
        }

        private int caller(ChatMessage.Caller caller, int at) {
            plan = new Plan();
            int next = at + 1;
            var first = flow.moments().first();
            if (!introduced && first != null && first.call() != null) {
                next = introduction(first.call(), next);
                if (!introduced
                        && next == messages.size()
                        && offered.has(first.call().tool())) {
                    conductAt(at).run(first, plan);
                    return next;
                }
            }
            var conduct = conductAt(next - 1);
            if (next > at + 1) {
                state.heard = ears.hear(caller.text(), null, flow.confidence());
                conduct.run(flow.moments().greeting(), plan);
            }
            new Listener(state, ears, conduct, readOut).hear(caller.text(), plan);
            return next;
        }

        /** Takes in the call that is made with the caller's first words, before these words themselves. */
        private int introduction(Action.ToolUse use, int from) {
            int at = from;
            while (at < messages.size() && isIntroduction(messages.get(at), use.tool())) {
                if (introduced && messages.get(at) instanceof ChatMessage.Assistant) {
                    break; // the same call once more is that of a form
                }
                switch (messages.get(at)) {
                    case ChatMessage.Assistant assistant ->
                        assistant.calls().forEach(call -> calls.put(call.id(), call));
                    case ChatMessage.ToolResult result -> {
                        new Outcomes(state, conduct()).learn(result, calls.get(result.callId()), new Plan());
                        introduced = true;
                    }
                    case ChatMessage.Caller caller -> {}
                    case ChatMessage.Instructions instructions -> {}
                }
                at++;
            }
            return at;
        }

        private static boolean isIntroduction(ChatMessage message, String tool) {
            return switch (message) {
                case ChatMessage.Assistant assistant ->
                    assistant.calls().stream().anyMatch(call -> call.name().equals(tool));
                case ChatMessage.ToolResult result -> true;
                case ChatMessage.Caller caller -> false;
                case ChatMessage.Instructions instructions -> false;
            };
        }

        private void assistant(ChatMessage.Assistant message) {
            for (var call : message.calls()) {
                calls.put(call.id(), call);
            }
            var wishes = plan.calls;
            for (var wish : wishes) {
                if (message.calls().stream()
                        .anyMatch(call -> call.name().equals(wish.use().tool()))) {
                    state.calledThisTurn.add(wish.key());
                } else {
                    missing(wish, message.text());
                }
            }
            if (!message.text().isBlank()) {
                new Attention(state, recall).spoken(message.text(), plan);
            }
            plan = new Plan();
        }

        /** A tool was not called: if that was because there was none, what was said instead holds. */
        private void missing(Plan.Wish wish, String text) {
            var instead = wish.use().otherwise().stream()
                    .filter(action -> action.say().stream().anyMatch(said -> recall.says(text, said)))
                    .toList();
            if (!instead.isEmpty()) {
                var conduct = conduct();
                conduct.run(instead, new Plan());
                if (conduct.passOver(wish.use())) {
                    var rest = new Plan();
                    conduct.advance(rest);
                    plan.goesOn(rest);
                }
            } else if (recall.says(text, flow.moments().without())) {
                conduct().leave();
            }
        }

        private void outcome(ChatMessage.ToolResult result, int at) {
            var call = calls.get(result.callId());
            introduced |= flow.moments().first() != null
                    && flow.moments().first().call() != null
                    && flow.moments().first().call().tool().equals(result.name());
            var conduct = conductAt(at);
            new Outcomes(state, conduct).learn(result, call, plan);
            boolean last = at + 1 >= messages.size() || !(messages.get(at + 1) instanceof ChatMessage.ToolResult);
            if (last && plan.hearAgain) {
                plan.hearAgain = false;
                new Listener(state, ears, conduct, readOut).hear(state.heard.text(), plan);
            }
            if (last) {
                conduct.advance(plan);
                var after = flow.moments().after();
                if (after != null && !plan.isComplete() && state.stack.isEmpty()) {
                    conduct.ask(after, plan);
                }
            }
        }

        private DialogReply rendered() {
            var messagesSaid = List.copyOf(plan.messages);
            var spoken = new ArrayList<>(messagesSaid);
            var menu = conduct().spoken(plan.options);
            if (!menu.isEmpty()) {
                spoken.add(menu);
            }
            return new DialogReply(messagesSaid, plan.options, String.join("\n", spoken), toolCalls(), plan.transfer);
        }

        private List<ToolCall> toolCalls() {
            Set<String> taken = new HashSet<>(calls.keySet());
            var made = new ArrayList<ToolCall>();
            for (var wish : plan.calls) {
                var id = id(taken);
                taken.add(id);
                made.add(new ToolCall(id, wish.use().tool(), offered.arguments(wish), null));
            }
            return made;
        }

        private String id(Set<String> taken) {
            int n = messages.size();
            while (taken.contains("dialog-" + n)) {
                n++;
            }
            return "dialog-" + n;
        }
    }
}
