package dev.callbus.sandbox.twilio;

import dev.callbus.sandbox.twilio.Speaker.Manner;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One ConversationRelay session, from the setup to the closed socket. Lives on its call's context.
 *
 * <p>Source: twilio.com/docs/voice/conversationrelay/websocket-messages
 */
final class RelaySession {
    private static final short NORMAL = 1000;
    private static final short MALFORMED = 1007;
    private static final int ENDLESS = 1000;
    private static final String GOODBYE = "Closing websocket session";

    private final Vertx vertx;
    private final SessionSettings settings;
    private final PhoneTimes times;
    private final WebSocket socket;
    private final EventFeed events;
    private final FrameRules rules;
    private final AgentVoice voice;
    private final Promise<SessionResult> over = Promise.promise();
    private String transcriptionLanguage;
    private @Nullable SessionResult result;

    RelaySession(Vertx vertx, SessionSettings settings, PhoneTimes times, WebSocket socket, EventFeed events) {
        this.vertx = vertx;
        this.settings = settings;
        this.times = times;
        this.socket = socket;
        this.events = events;
        this.rules = new FrameRules(settings.languages());
        this.voice = new AgentVoice(vertx, times, this::heard);
        this.transcriptionLanguage = settings.transcriptionLanguage();
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(binary -> {
            rules.refuse();
            bad("(binary)");
        });
        socket.closeHandler(closed -> closed());
        socket.exceptionHandler(broken -> {});
    }

    /** Sends the setup and speaks the greeting after a while. Completes, and never fails, when the socket is closed. */
    Future<SessionResult> begin(JsonObject setup) {
        send(setup);
        if (!settings.greeting().isEmpty()) {
            long toFirstToken = times.greetingDelay().minus(times.firstSound()).toMillis();
            vertx.setTimer(Math.max(1, toFirstToken), due -> greet());
        }
        return over.future();
    }

    /** The caller speaks: barges in if that is allowed now. */
    void say(String words) {
        if (beginsToSpeak()) {
            prompt(List.of(), words);
        }
    }

    /** The caller speaks, and is heard word by word if the server asked for partial prompts. */
    void sayPartially(String words) {
        if (!settings.partialPrompts()) {
            say(words);
        } else if (beginsToSpeak()) {
            prompt(PartialPrompts.of(words), words);
        }
    }

    /** The caller makes a noise that interrupts and comes to no words. */
    void interrupt() {
        if (isOver() || !voice.yieldsToSpeech()) {
            events.tell(at -> new PhoneEvent.NotHeard(at, "noise"));
            return;
        }
        clientSpeaking(true);
        boolean wasAudible = cut();
        fallSilent(wasAudible);
        clientSpeaking(false);
    }

    /** The caller presses a key. */
    void press(String digit) {
        if (isOver()) {
            return;
        }
        boolean cuts = voice.yieldsToDtmf();
        boolean heard = settings.dtmfDetection()
                && (cuts || !voice.isAudible() || settings.reported().dtmf());
        if (cuts) {
            fallSilent(cut());
        }
        if (heard) {
            send(TwilioFrame.dtmf(digit));
        } else {
            events.tell(at -> new PhoneEvent.NotHeard(at, "key"));
        }
    }

    /** The caller hangs up. */
    void hangUp() {
        end(SessionResult.completed(), NORMAL, GOODBYE);
    }

    /** The connection breaks without a word. */
    void drop() {
        var channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
        channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    }

    void sendRaw(String text) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(text);
        }
    }

    boolean isAgentSpeaking() {
        return voice.isAudible();
    }

    private boolean isOver() {
        return result != null;
    }

    private void greet() {
        if (!isOver()) {
            voice.say(settings.greeting(), true, new Manner(settings.greetingInterruptible(), false));
        }
    }

    /** Whether the caller's words will be heard. */
    private boolean beginsToSpeak() {
        if (isOver()) {
            return false;
        }
        boolean audible = voice.yieldsToSpeech()
                || !voice.isAudible()
                || settings.reported().speech();
        clientSpeaking(true);
        if (!audible) {
            clientSpeaking(false);
            events.tell(at -> new PhoneEvent.NotHeard(at, "speech"));
        }
        return audible;
    }

    /** Sends what is left of an utterance; whatever the agent says meanwhile is cut off if it may be. */
    private void prompt(List<String> partials, String words) {
        if (isOver()) {
            return;
        }
        boolean wasAudible = voice.yieldsToSpeech() && cut();
        if (partials.isEmpty()) {
            send(TwilioFrame.prompt(words, transcriptionLanguage, true));
            events.tell(at -> new PhoneEvent.PromptSent(at, words));
            fallSilent(wasAudible);
            clientSpeaking(false);
        } else {
            send(TwilioFrame.prompt(partials.getFirst(), transcriptionLanguage, false));
            fallSilent(wasAudible);
            var rest = partials.subList(1, partials.size());
            vertx.setTimer(Math.max(1, times.partialInterval().toMillis()), due -> prompt(rest, words));
        }
    }

    /** Cuts the agent off and tells so, up to but without his silence; whether he was to be heard. */
    private boolean cut() {
        var cut = voice.cut();
        if (!cut.clause().isEmpty()) {
            info("tokens-played", "tokensPlayed", cut.clause());
        }
        send(TwilioFrame.interrupt(cut.heard(), cut.millis()));
        events.tell(at -> new PhoneEvent.AgentInterrupted(at, cut.heard()));
        return cut.audible();
    }

    private void fallSilent(boolean wasAudible) {
        if (wasAudible) {
            agentSpeaking(false);
        }
    }

    private void received(String text) {
        if (isOver()) {
            events.tell(at -> new PhoneEvent.Alert(at, LineException.BAD_FRAME, "a frame came after the end"));
            return;
        }
        var frame = rules.accept(text);
        if (frame == null) {
            bad(text);
            return;
        }
        events.tell(at -> new PhoneEvent.AgentFrame(at, frame));
        switch (frame.getString("type")) {
            case "text" ->
                voice.say(
                        frame.getString("token"),
                        frame.getBoolean("last", false),
                        manner(frame, settings.preemptible()));
            case "play" -> voice.play(frame.getString("source"), rounds(frame), manner(frame, false));
            case "sendDigits" -> voice.dial(frame.getString("digits"), manner(frame, false));
            case "language" -> transcriptionLanguage = frame.getString("transcriptionLanguage", transcriptionLanguage);
            case "end" -> end(SessionResult.ended(frame.getString("handoffData")), NORMAL, GOODBYE);
            default -> {
                // config and hints, whose meaning is not public
            }
        }
    }

    private Manner manner(JsonObject frame, boolean preemptible) {
        var interruptible = frame.getBoolean("interruptible");
        return new Manner(
                interruptible == null ? settings.interruptible() : InterruptibleBy.of(interruptible),
                frame.getBoolean("preemptible", preemptible));
    }

    private static int rounds(JsonObject play) {
        int loop = play.getInteger("loop", 1);
        return loop == 0 ? ENDLESS : loop;
    }

    private void bad(String text) {
        send(TwilioFrame.error(text));
        events.tell(at -> new PhoneEvent.Alert(at, LineException.BAD_FRAME, "Invalid message received: " + text));
        if (rules.isTooMuch()) {
            end(socketLost(), MALFORMED, "Too many consecutive malformed messages.");
        }
    }

    /** Ends what is heard without a word to the server, for whom the session is over. */
    private void stopSpeaking() {
        if (voice.cut().audible()) {
            events.tell(at -> new PhoneEvent.AgentSpeaking(at, false));
        }
    }

    private static SessionResult socketLost() {
        return SessionResult.failed(LineException.SOCKET_LOST, "Websocket ended");
    }

    private void heard(Speaker.Sound sound) {
        switch (sound) {
            case Speaker.BeganToSpeak began -> agentSpeaking(true);
            case Speaker.HeardPiece piece -> events.tell(at -> new PhoneEvent.AgentHeard(at, piece.text()));
            case Speaker.PlayedClause clause -> info("tokens-played", "tokensPlayed", clause.text());
            case Speaker.FellSilent silence -> agentSpeaking(false);
        }
    }

    private void agentSpeaking(boolean on) {
        events.tell(at -> new PhoneEvent.AgentSpeaking(at, on));
        info("speaker-events", "agentSpeaking", on ? "on" : "off");
    }

    private void clientSpeaking(boolean on) {
        info("speaker-events", "clientSpeaking", on ? "on" : "off");
    }

    private void info(String subscription, String name, String value) {
        if (settings.subscriptions().contains(subscription)) {
            send(TwilioFrame.info(name, value));
        }
    }

    private void send(JsonObject frame) {
        sendRaw(frame.encode());
    }

    private void end(SessionResult how, short code, String reason) {
        if (!isOver()) {
            result = how;
            stopSpeaking();
            socket.close(code, reason);
        }
    }

    private void closed() {
        if (result == null) {
            result = socketLost();
            stopSpeaking();
        }
        over.tryComplete(result);
    }
}
