package dev.callbus.channel.chat;

import dev.callbus.bus.Registration;
import dev.callbus.bus.StreamOutlet;
import dev.callbus.channel.chat.ChatProtocol.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One conversation in writing: its call, and whoever waits for an answer. */
final class ChatSession {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final ChatVerticle.Name name;
    private final String id;
    private final StringBuilder words = new StringBuilder();
    private Future<Void> ready = Future.succeededFuture();
    private @Nullable Registration channel;
    private @Nullable StreamOutlet<ChatProtocol> waiting;
    private long expiry = NO_TIMER;
    private long patience = NO_TIMER;
    private int questions;

    /**
     * @param name by which those who write find it
     * @param id by which its call and its answers go
     */
    ChatSession(Vertx vertx, ChatVerticle.Name name, String id) {
        this.vertx = vertx;
        this.name = name;
        this.id = id;
    }

    ChatVerticle.Name name() {
        return name;
    }

    String id() {
        return id;
    }

    /** The name of its call. */
    String callSid() {
        return "chat-" + id;
    }

    /** Completes when the call is up. */
    Future<Void> ready() {
        return ready;
    }

    void openedBy(Future<Void> opening) {
        ready = opening;
    }

    void listensBy(Registration registration) {
        channel = registration;
    }

    boolean isBusy() {
        return waiting != null;
    }

    boolean isAnswering(StreamOutlet<ChatProtocol> outlet) {
        return waiting == outlet;
    }

    /** How often something was asked; each question is a turn of the call. */
    int questions() {
        return questions;
    }

    /** From now on this one waits for an answer, but no longer than that. */
    void expect(StreamOutlet<ChatProtocol> outlet, Duration atMost, Runnable tooLate) {
        waiting = outlet;
        questions++;
        words.setLength(0);
        vertx.cancelTimer(patience);
        patience = vertx.setTimer(atMost.toMillis(), due -> tooLate.run());
    }

    /** Nobody has written for so long. */
    void expireAfter(Duration silence, Runnable expired) {
        vertx.cancelTimer(expiry);
        expiry = vertx.setTimer(silence.toMillis(), due -> expired.run());
    }

    void words(String text) {
        if (waiting != null && !text.isEmpty()) {
            words.append(text);
            waiting.emit(new ChatProtocol.Words(text));
        }
    }

    /** What has been said of the answer under way. */
    String wordsSoFar() {
        return words.toString();
    }

    /** The answer is complete. */
    void answered(Outcome outcome, boolean over) {
        var outlet = forsake();
        if (outlet != null) {
            outlet.emit(new ChatProtocol.Answered(id, outcome, over));
            outlet.end();
        }
    }

    /** Nobody waits any more; returns who did. */
    @Nullable
    StreamOutlet<ChatProtocol> forsake() {
        vertx.cancelTimer(patience);
        var outlet = waiting;
        waiting = null;
        return outlet;
    }

    void close() {
        vertx.cancelTimer(expiry);
        vertx.cancelTimer(patience);
        if (channel != null) {
            channel.close();
        }
    }
}
