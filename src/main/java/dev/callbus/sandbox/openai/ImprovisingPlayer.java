package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.callbus.sandbox.openai.Rule.Manner;
import java.util.List;

/** Has an {@link Improviser} find the answers. */
final class ImprovisingPlayer implements Player {
    private final Improviser improviser;
    private final Manner manner;

    ImprovisingPlayer(Improviser improviser, Manner manner) {
        this.improviser = improviser;
        this.manner = manner;
    }

    @Override
    public Cue play(ChatRequest request) {
        var answer = improviser.answer(
                request.messages().stream().map(ImprovisingPlayer::message).toList(), request.tools());
        var calls = answer.calls().stream()
                .map(call -> new Cue.Call(
                        Ids.next("call_", 24), call.name(), JsonNodeFactory.instance.textNode(call.arguments())))
                .toList();
        return new Cue(0, answer.text(), calls, manner, null);
    }

    private static Improviser.Message message(ChatRequest.Message message) {
        List<Improviser.Call> calls = message.toolCalls().stream()
                .map(use -> new Improviser.Call(use.id(), use.name(), use.arguments()))
                .toList();
        return new Improviser.Message(message.role(), message.text(), calls, message.toolCallId());
    }
}
