package dev.callbus;

import dev.callbus.bus.BusException;
import dev.callbus.bus.StreamHandler;
import dev.callbus.bus.StreamInlet;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallProtocol;
import dev.callbus.channel.chat.ChatBus;
import dev.callbus.channel.chat.ChatProtocol;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The terminal's end of one conversation in writing; what is said there is answered one after the other. */
final class ShellDesk extends VerticleBase implements StreamHandler<ChatProtocol> {
    private final StringBuilder words = new StringBuilder();
    private Promise<Answer> waiting = Promise.promise();
    private @Nullable StreamInlet<ChatProtocol.Question, ChatProtocol> inlet;
    private @Nullable String session;
    private boolean over;
    private boolean answered;
    private long questions;

    /**
     * What was answered.
     *
     * @param over whether the conversation is
     * @param failure why there is no answer, or null
     */
    record Answer(String text, boolean over, @Nullable String failure) {}

    @Override
    public Future<?> start() {
        return ChatBus.SAY.inlet(vertx, "shell." + UUID.randomUUID(), this).onSuccess(opened -> inlet = opened);
    }

    /** Says something and blocks until it is answered. */
    Answer say(String text) {
        var answer = Promise.<Answer>promise();
        context.runOnContext(now -> {
            waiting = answer;
            words.setLength(0);
            answered = false;
            if (inlet != null) {
                inlet.open(++questions, new ChatProtocol.Say(session, ChatProtocol.Speaker.USER, text, Map.of()));
            }
        });
        return answer.future().await();
    }

    /** Ends the conversation as somebody who goes. */
    void leave() {
        context.runOnContext(now -> {
            if (session != null) {
                CallBus.call("chat-" + session).send(vertx, new CallProtocol.ChannelLost("the shell was left"));
            }
        });
    }

    @Override
    public void item(long id, ChatProtocol item) {
        switch (item) {
            case ChatProtocol.Words more -> words.append(more.text());
            case ChatProtocol.Answered complete -> {
                session = complete.sessionId();
                over = complete.over();
                answered = true;
            }
            case ChatProtocol.Question question -> {}
        }
    }

    @Override
    public void ended(long id, @Nullable BusException cause) {
        var failure = answered ? null : cause == null ? "it broke off" : String.valueOf(cause.getMessage());
        waiting.complete(new Answer(words.toString(), over, failure));
    }
}
