package dev.callbus.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.http.ServerWebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of the yardstick: a socket and its conversation. */
final class MinimalCall {
    private static final Logger log = LoggerFactory.getLogger(MinimalCall.class);
    private static final String SYSTEM_PROMPT =
            "You are the voice of an IT help desk. Answer briefly, in plain spoken words. ".repeat(12);

    private final ServerWebSocket socket;
    private final MinimalModel model;
    private final ArrayNode messages = MinimalModel.JSON.createArrayNode();

    /** A call on {@code socket} whose answers come from {@code model}. */
    MinimalCall(ServerWebSocket socket, MinimalModel model) {
        this.socket = socket;
        this.model = model;
        say("system", SYSTEM_PROMPT);
    }

    /** Starts to listen to the caller. */
    void begin() {
        socket.textMessageHandler(this::hear);
    }

    private void hear(String frame) {
        try {
            var message = MinimalModel.JSON.readTree(frame);
            if (message.path("type").asText().equals("prompt"))
                answer(message.path("voicePrompt").asText());
        } catch (JsonProcessingException e) {
            log.warn("frame is not JSON [length: {}]", frame.length());
        }
    }

    private void answer(String prompt) {
        say("user", prompt);
        var spoken = new StringBuilder();
        model.stream(messages, delta -> {
                    spoken.append(delta);
                    speak(delta, false);
                })
                .onSuccess(end -> {
                    say("assistant", spoken.toString());
                    speak("", true);
                })
                .onFailure(problem -> log.warn("turn failed", problem));
    }

    private void say(String role, String content) {
        messages.addObject().put("role", role).put("content", content);
    }

    private void speak(String token, boolean last) {
        if (socket.isClosed()) return;
        var frame = MinimalModel.JSON
                .createObjectNode()
                .put("type", "text")
                .put("token", token)
                .put("last", last);
        socket.writeTextMessage(new String(MinimalModel.bytes(frame), UTF_8));
    }
}
