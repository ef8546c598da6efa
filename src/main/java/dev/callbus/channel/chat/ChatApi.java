package dev.callbus.channel.chat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.bus.BusException;
import dev.callbus.bus.StreamHandler;
import dev.callbus.bus.StreamInlet;
import dev.callbus.channel.api.AgentNames;
import dev.callbus.channel.api.Api;
import dev.callbus.channel.api.ApiRefusal;
import dev.callbus.channel.api.ApiRequest;
import dev.callbus.channel.chat.ChatProtocol.Outcome;
import dev.callbus.channel.chat.ChatProtocol.Speaker;
import dev.callbus.config.ApiSettings.Scope;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API's part for conversations in writing: {@code POST /conversation}, answered whole or, if wished, as a stream of events. */
public final class ChatApi implements StreamHandler<ChatProtocol> {
    private static final int LONGEST = 10_000;

    private final Vertx vertx;
    private final Map<Long, Listener> listeners = new HashMap<>();
    private @Nullable StreamInlet<ChatProtocol.Question, ChatProtocol> inlet;
    private long questions;

    public ChatApi(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Makes it ready to hear answers; to be called on the context that the API is served on. */
    public Future<Void> start() {
        return ChatBus.SAY
                .inlet(vertx, "chat.api." + UUID.randomUUID(), this)
                .onSuccess(opened -> inlet = opened)
                .mapEmpty();
    }

    public void addTo(Api api) {
        api.serveAs(HttpMethod.POST, "/conversation", Scope.CHAT, this::converse);
    }

    @Override
    public void item(long id, ChatProtocol item) {
        var listener = listeners.get(id);
        if (listener == null) {
            return;
        }
        switch (item) {
            case ChatProtocol.Words words -> listener.words(words.text());
            case ChatProtocol.Answered answered -> {
                listeners.remove(id);
                listener.answered(answered);
            }
            case ChatProtocol.Question question -> {}
        }
    }

    @Override
    public void ended(long id, @Nullable BusException cause) {
        var listener = listeners.remove(id);
        if (listener != null) {
            listener.failed(cause == null ? new ApiRefusal(500, null, "internal error") : cause);
        }
    }

    private Future<Void> converse(ApiRequest request) {
        var question = question(request);
        return AgentNames.of(question.parameters()).find(vertx).compose(found -> ask(request, question));
    }

    private Future<Void> ask(ApiRequest request, ChatProtocol.Say question) {
        var response = request.routing().response();
        long id = ++questions;
        var accept = request.header("accept");
        boolean streamed = accept != null && accept.contains("text/event-stream");
        Listener listener = streamed ? new Events(response) : new Whole(response);
        listeners.put(id, listener);
        response.closeHandler(closed -> {
            if (listeners.remove(id) != null && inlet != null) {
                inlet.cancel(id);
            }
        });
        if (inlet != null) {
            inlet.open(id, question);
        }
        return listener.done().future();
    }

    private static ChatProtocol.Say question(ApiRequest request) {
        var sessionId = request.text("sessionId", 100);
        var message = request.text("message", LONGEST);
        if (message == null || message.isBlank()) {
            throw ApiRefusal.field("message", "Message is required");
        }
        var parameters = new LinkedHashMap<String, String>();
        for (var key : new String[] {"contextKey", "manifestKey"}) {
            var value = request.text(key, 200);
            if (value != null) {
                parameters.put(key, value);
            }
        }
        return new ChatProtocol.Say(sessionId, speaker(request), message, parameters);
    }

    private static Speaker speaker(ApiRequest request) {
        var role = request.text("role", 20);
        return switch (role == null ? "user" : role) {
            case "user" -> Speaker.USER;
            case "system" -> {
                if (!request.has(Scope.ADMIN)) {
                    throw new ApiRefusal(403, "role", "role system is for keys with the scope admin");
                }
                yield Speaker.SYSTEM;
            }
            default -> throw ApiRefusal.field("role", "role must be user or system");
        };
    }

    /** Somebody who waits for an answer. */
    private interface Listener {
        void words(String text);

        void answered(ChatProtocol.Answered answered);

        /** There is no answer; what can still be said to the client is. */
        void failed(Throwable cause);

        /** Completes when the client has its answer; fails with what the client is then told. */
        Promise<Void> done();
    }

    /** A client that gets the whole answer as JSON. */
    private record Whole(HttpServerResponse response, StringBuilder text, Promise<Void> done) implements Listener {
        Whole(HttpServerResponse response) {
            this(response, new StringBuilder(), Promise.promise());
        }

        @Override
        public void words(String words) {
            text.append(words);
        }

        @Override
        public void answered(ChatProtocol.Answered answered) {
            var json = complete(answered, text.toString());
            response.setStatusCode(answered.outcome() == Outcome.FAILED ? 502 : 200)
                    .putHeader("content-type", "application/json")
                    .end(json.toString());
            done.complete();
        }

        @Override
        public void failed(Throwable cause) {
            done.fail(cause);
        }
    }

    /**
     * A client that gets the answer as server-sent events: {@code token} for words, then one {@code done} or {@code error}.
     *
     * <p>Source: html.spec.whatwg.org/multipage/server-sent-events.html
     */
    private record Events(HttpServerResponse response, StringBuilder text, Promise<Void> done) implements Listener {
        Events(HttpServerResponse response) {
            this(response, new StringBuilder(), Promise.promise());
        }

        @Override
        public void words(String words) {
            text.append(words);
            write("token", JsonNodeFactory.instance.objectNode().put("text", words));
        }

        @Override
        public void answered(ChatProtocol.Answered answered) {
            write(answered.outcome() == Outcome.FAILED ? "error" : "done", complete(answered, text.toString()));
            response.end();
            done.complete();
        }

        @Override
        public void failed(Throwable cause) {
            if (!response.headWritten()) {
                done.fail(cause);
                return;
            }
            write(
                    "error",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("success", false)
                            .put("error", String.valueOf(cause.getMessage())));
            response.end();
            done.complete();
        }

        private void write(String event, ObjectNode data) {
            if (!response.headWritten()) {
                response.setChunked(true)
                        .putHeader("content-type", "text/event-stream")
                        .putHeader("cache-control", "no-store");
            }
            response.write("event: " + event + "\ndata: " + data + "\n\n");
        }
    }

    private static ObjectNode complete(ChatProtocol.Answered answered, String text) {
        boolean success = answered.outcome() != Outcome.FAILED;
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("success", success)
                .put("sessionId", answered.sessionId())
                .put("response", text.strip())
                .put("ended", answered.over());
        return success ? json : json.put("error", "no model could answer");
    }
}
