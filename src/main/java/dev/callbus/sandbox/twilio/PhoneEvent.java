package dev.callbus.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens on a line, in its order. */
public sealed interface PhoneEvent {

    /** The time since the number was dialled. */
    Duration at();

    /** The server answered a webhook. */
    record WebhookAnswered(Duration at, String path, int status, String body) implements PhoneEvent {}

    /** A relay session is up. */
    record Connected(Duration at, String sessionId, String url) implements PhoneEvent {}

    /** The server sent a frame, which Twilio accepts. */
    record AgentFrame(Duration at, JsonObject frame) implements PhoneEvent {}

    /** The caller heard a word of the agent, with the space before it if there is one. */
    record AgentHeard(Duration at, String word) implements PhoneEvent {}

    /** The agent's voice begins or ends. */
    record AgentSpeaking(Duration at, boolean on) implements PhoneEvent {}

    /** The caller cut the agent short, who had been heard so far. */
    record AgentInterrupted(Duration at, String heard) implements PhoneEvent {}

    /** The caller's words went to the server. */
    record PromptSent(Duration at, String words) implements PhoneEvent {}

    /** What the caller did was lost, since the agent can't be interrupted now or keys are not asked for. */
    record NotHeard(Duration at, String what) implements PhoneEvent {}

    /** What Twilio's debugger would show, with Twilio's error code. */
    record Alert(Duration at, int code, String message) implements PhoneEvent {}

    /** A relay session is over: {@code completed}, {@code ended} or {@code failed}; the code is 0 unless it failed. */
    record SessionEnded(
            Duration at,
            String status,
            int errorCode,
            @Nullable String handoffData) implements PhoneEvent {}

    /** The call is handed to a party, which the sandbox doesn't have. */
    sealed interface HandedOver extends PhoneEvent {

        /** The TwiML verb that did it. */
        String verb();

        /** The number, the workflow or the queue. */
        String to();
    }

    /** Another number is dialled. */
    record Dialled(Duration at, String to) implements HandedOver {
        @Override
        public String verb() {
            return "Dial";
        }
    }

    /** The call waits for a person, who gets {@code task}: a workflow's attributes, as JSON; empty if there are none. */
    record Enqueued(Duration at, String to, String task) implements HandedOver {
        @Override
        public String verb() {
            return "Enqueue";
        }
    }

    /**
     * The call is over: {@code completed}, {@code busy}, {@code no-answer}, {@code canceled}, or {@code failed}: nobody was reached,
     * or the server failed (with an alert before) when nobody had answered.
     */
    record CallEnded(Duration at, String status) implements PhoneEvent {}
}
