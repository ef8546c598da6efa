package dev.callbus.sandbox.twilio;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A call on the sandbox's phone network, seen from the phone of whoever calls the account or is called by it. Twilio's part of it (webhooks, TwiML, relay
 * sessions) happens by itself. All of it runs on one context; the methods may be called from anywhere and return at once.
 */
public final class PhoneCall {
    private final Context context;
    private final CallFlow flow;
    private final PhoneTimes times;
    private final String callSid;

    PhoneCall(Context context, CallFlow flow, PhoneTimes times, String callSid) {
        this.context = context;
        this.flow = flow;
        this.times = times;
        this.callSid = callSid;
    }

    /** The call's SID: {@code CA} and 32 hexadecimal digits. */
    public String callSid() {
        return callSid;
    }

    /** Adds a listener, who gets all that has happened and all that will, on the call's context. */
    public void onEvent(Consumer<PhoneEvent> listener) {
        context.runOnContext(v -> flow.events().add(listener));
    }

    /** Speaks; if the agent is speaking and may be interrupted, that cuts him short. */
    public void say(String words) {
        inSession("speech", relay -> relay.say(words));
    }

    /** Speaks so that the server gets the words as they come, if it asked for partial prompts. */
    public void sayPartially(String words) {
        inSession("speech", relay -> relay.sayPartially(words));
    }

    /** Interrupts the agent without saying anything. */
    public void interrupt() {
        inSession("noise", RelaySession::interrupt);
    }

    /** Presses keys, one after the other; throws {@link IllegalArgumentException} if one is not of {@code 0-9 * #}. */
    public void press(String keys) {
        if (!keys.matches("[0-9*#]+")) {
            throw new IllegalArgumentException("a telephone's keys are 0-9, * and #");
        }
        keys.chars().mapToObj(Character::toString).forEach(key -> inSession("key", relay -> relay.press(key)));
    }

    /** Breaks the connection between Twilio and the server, with no closing frame; the call itself stays up. */
    public void dropSocket() {
        inSession("break", RelaySession::drop);
    }

    /** Has the network ask the webhook that it asked last once more; what is answered to that counts for nothing. */
    public void repeatWebhook() {
        context.runOnContext(v -> flow.repeatWebhook());
    }

    /** Sends the server any text as a frame. */
    public void sendRaw(String text) {
        inSession("frame", relay -> relay.sendRaw(text));
    }

    /** Puts the receiver down. */
    public void hangUp() {
        context.runOnContext(v -> flow.hangUp());
    }

    /** Puts the receiver down after so long, by the phone network's time. */
    public void hangUpAfter(Duration delay) {
        context.runOnContext(v -> flow.later(times.scaled(delay), flow::hangUp));
    }

    /** Goes on with another document, as the account can have it; fails with an IllegalStateException unless answered. */
    Future<Void> redirect(URI url, String method) {
        return ordered(() -> flow.redirect(() -> flow.ask(url, method, Map.of())));
    }

    /** Goes on with this document; fails with an IllegalStateException unless answered. */
    Future<Void> redirect(String twiml) {
        return ordered(() -> flow.redirect(() -> flow.obey(twiml)));
    }

    /** Ends the call as the account can have it; fails with an IllegalStateException if it has ended. */
    Future<Void> end() {
        return ordered(flow::end);
    }

    /** Ends the call before somebody picks up; fails with an IllegalStateException afterwards. */
    Future<Void> cancel() {
        return ordered(flow::cancel);
    }

    /** Whether the agent's voice is to be heard; exact on the call's context only. */
    public boolean isAgentSpeaking() {
        return flow.isAgentSpeaking();
    }

    /** Completes when the call is over; never fails. */
    public Future<PhoneEvent.CallEnded> ended() {
        return flow.ended();
    }

    private Future<Void> ordered(BooleanSupplier action) {
        return Future.future(carriedOut -> context.runOnContext(v -> {
            if (action.getAsBoolean()) {
                carriedOut.complete();
            } else {
                carriedOut.fail(new IllegalStateException("the call is in no state for that"));
            }
        }));
    }

    private void inSession(String what, Consumer<RelaySession> action) {
        context.runOnContext(v -> flow.inSession(what, action));
    }
}
