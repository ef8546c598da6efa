package dev.callbus.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What happens on a line, in its order. */
public sealed interface PhoneEvent {

    /** The server answered a webhook. */
    record WebhookAnswered(String path, int status, String body) implements PhoneEvent {}

    /** A relay session is up. */
    record Connected(String sessionId, String url) implements PhoneEvent {}

    /** The server sent a frame. */
    record AgentFrame(JsonObject frame) implements PhoneEvent {}

    /** The caller heard a word of the agent, with the space before it if there is one. */
    record AgentHeard(String word) implements PhoneEvent {}

    /** The agent's voice begins or ends. */
    record AgentSpeaking(boolean on) implements PhoneEvent {}

    /** The caller cut the agent short, who had been heard so far. */
    record AgentInterrupted(String heard) implements PhoneEvent {}

    /** The caller's words went to the server. */
    record PromptSent(String words) implements PhoneEvent {}

    /** What the caller did was lost, since the agent can't be interrupted now or keys are not asked for. */
    record NotHeard(String what) implements PhoneEvent {}

    /** What Twilio's debugger would show, with Twilio's error code. */
    record Alert(int code, String message) implements PhoneEvent {}

    /** A relay session is over: {@code completed}, {@code ended} or {@code failed}. */
    record SessionEnded(
            String status, int errorCode, @Nullable String handoffData) implements PhoneEvent {}

    /** The call is handed to a party, which the sandbox doesn't have: a number that is dialled, or a workflow's queue. */
    record HandedOver(String verb, String to, String task) implements PhoneEvent {}

    /** The call is over. */
    record CallEnded(String status) implements PhoneEvent {}
}
