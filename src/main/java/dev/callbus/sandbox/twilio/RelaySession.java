package dev.callbus.sandbox.twilio;

import dev.callbus.sandbox.twilio.Speaker.InterruptibleBy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One ConversationRelay session, from the setup to the closed socket. Lives on its call's context. */
final class RelaySession {
    private static final long SOUND_MILLIS = 1000;

    private final Vertx vertx;
    private final Twiml.Connect twiml;
    private final WebSocket socket;
    private final Consumer<PhoneEvent> listener;
    private final FrameRules rules;
    private final Speaker speaker;
    private final Set<String> subscribed = new HashSet<>();
    private final Promise<SessionResult> over = Promise.promise();
    private long speechTimer = -1;
    private boolean closing;

    RelaySession(
            Vertx vertx,
            Twiml.Connect twiml,
            PhoneNetworkOptions options,
            WebSocket socket,
            Consumer<PhoneEvent> listener) {
        this.vertx = vertx;
        this.twiml = twiml;
        this.socket = socket;
        this.listener = listener;
        this.rules = new FrameRules(usableLanguages(twiml));
        this.speaker =
                new Speaker(options.charactersPerSecond(), options.firstSound().toMillis());
        subscribed.addAll(
                Set.of((twiml.attribute("events", "") + " " + twiml.attribute("debug", "")).split("\\s+", -1)));
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(binary -> bad("(binary)"));
        socket.closeHandler(closed -> lost());
        socket.exceptionHandler(broken -> {});
    }

    /** Sends the setup and speaks the greeting after a while. */
    Future<SessionResult> begin(JsonObject setup, long greetingDelay) {
        send(setup);
        var greeting = twiml.attribute("welcomeGreeting", "");
        if (!greeting.isEmpty()) {
            var by = InterruptibleBy.of(twiml.attribute("welcomeGreetingInterruptible", "any"));
            vertx.setTimer(Math.max(1, greetingDelay), due -> speak(greeting, true, by, false));
        }
        return over.future();
    }

    /** The caller speaks: barges in if that is allowed now. */
    void say(String words, boolean partially) {
        clientSpeaking(true);
        boolean audible = !speaker.isSpeaking() || reports("speech");
        if (speaker.isSpeaking() && speaker.interruptibleBy().speech()) {
            bargeIn(words, partially);
        } else if (audible) {
            prompt(words, partially);
        } else {
            listener.accept(new PhoneEvent.NotHeard("speech"));
        }
        clientSpeaking(false);
    }

    /** The caller makes a noise that interrupts and comes to no words. */
    void interrupt() {
        if (speaker.isSpeaking() && speaker.interruptibleBy().speech()) {
            clientSpeaking(true);
            cut();
            agentSpeaking(false);
            clientSpeaking(false);
        }
    }

    void press(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            boolean wasSpeaking = speaker.isSpeaking();
            boolean cuts = wasSpeaking && speaker.interruptibleBy().dtmf();
            if (cuts) {
                cut();
                agentSpeaking(false);
            }
            if ("true".equals(twiml.attribute("dtmfDetection", "false")) && (!wasSpeaking || cuts || reports("dtmf"))) {
                send(new JsonObject().put("type", "dtmf").put("digit", digits.substring(i, i + 1)));
            } else {
                listener.accept(new PhoneEvent.NotHeard("key"));
            }
        }
    }

    /** The caller hangs up. */
    void hangUp() {
        end(SessionResult.completed(), 1000, "Closing websocket session");
    }

    /** The connection breaks without a word. */
    void drop() {
        socket.close((short) 1001);
    }

    void sendRaw(String text) {
        socket.writeTextMessage(text);
    }

    boolean isAgentSpeaking() {
        return speaker.isSpeaking();
    }

    private void bargeIn(String words, boolean partially) {
        cut();
        prompt(words, partially);
        agentSpeaking(false);
    }

    private void cut() {
        var cut = speaker.cut(now());
        vertx.cancelTimer(speechTimer);
        if (!cut.clause().isEmpty()) {
            info("tokens-played", "tokensPlayed", cut.clause());
        }
        send(new JsonObject()
                .put("type", "interrupt")
                .put("utteranceUntilInterrupt", cut.heard())
                .put("durationUntilInterruptMs", cut.millis()));
        listener.accept(new PhoneEvent.AgentInterrupted(cut.heard()));
    }

    private void prompt(String words, boolean partially) {
        if (partially && "true".equals(twiml.attribute("partialPrompts", "false"))) {
            for (int space = words.indexOf(' '); space > 0; space = words.indexOf(' ', space + 1)) {
                send(promptFrame(words.substring(0, space), false));
            }
        }
        send(promptFrame(words, true));
        listener.accept(new PhoneEvent.PromptSent(words));
    }

    private JsonObject promptFrame(String words, boolean last) {
        return new JsonObject()
                .put("type", "prompt")
                .put("voicePrompt", words)
                .put("lang", twiml.attribute("transcriptionLanguage", twiml.attribute("language", "en-US")))
                .put("last", last);
    }

    private void received(String text) {
        if (closing) {
            listener.accept(new PhoneEvent.Alert(SessionResult.BAD_FRAME, "a frame came after the end"));
            return;
        }
        var frame = rules.accept(text);
        if (frame == null) {
            bad(text);
            return;
        }
        listener.accept(new PhoneEvent.AgentFrame(frame));
        var by = frame.containsKey("interruptible")
                ? InterruptibleBy.of(frame.getBoolean("interruptible").toString())
                : InterruptibleBy.of(twiml.attribute("interruptible", "any"));
        boolean preemptible =
                frame.getBoolean("preemptible", Boolean.parseBoolean(twiml.attribute("preemptible", "false")));
        switch (frame.getString("type")) {
            case "text" -> speak(frame.getString("token"), frame.getBoolean("last", false), by, preemptible);
            case "play" -> sound(frame.getString("source"), by, preemptible);
            case "sendDigits" -> sound(frame.getString("digits"), by, false);
            case "end" -> end(SessionResult.ended(frame.getString("handoffData")), 1000, "Closing websocket session");
            default -> {}
        }
    }

    private void bad(String text) {
        send(new JsonObject()
                .put("type", "error")
                .put("description", "Invalid message received, code: 64107, " + text));
        listener.accept(new PhoneEvent.Alert(SessionResult.BAD_FRAME, "Invalid message received"));
        if (rules.isTooMuch()) {
            end(
                    SessionResult.failed(SessionResult.SOCKET_LOST, "Websocket ended"),
                    1007,
                    "Too many consecutive malformed messages.");
        }
    }

    private void speak(String token, boolean last, InterruptibleBy by, boolean preemptible) {
        if (closing) {
            return;
        }
        boolean wasSpeaking = speaker.isSpeaking();
        speaker.text(token, last, by, preemptible, now());
        spoken(wasSpeaking);
    }

    private void sound(String name, InterruptibleBy by, boolean preemptible) {
        boolean wasSpeaking = speaker.isSpeaking();
        speaker.sound(name, SOUND_MILLIS, by, preemptible, now());
        spoken(wasSpeaking);
    }

    private void spoken(boolean wasSpeaking) {
        if (!wasSpeaking && speaker.isSpeaking()) {
            agentSpeaking(true);
            scheduleSpeech();
        }
    }

    private void scheduleSpeech() {
        long delay = Math.max(1, speaker.nextAt() - now());
        speechTimer = vertx.setTimer(delay, due -> {
            for (var sound : speaker.advance(now())) {
                switch (sound) {
                    case Speaker.HeardWord word -> listener.accept(new PhoneEvent.AgentHeard(word.text()));
                    case Speaker.PlayedClause clause -> info("tokens-played", "tokensPlayed", clause.text());
                    case Speaker.FellSilent silence -> agentSpeaking(false);
                }
            }
            if (speaker.isSpeaking()) {
                scheduleSpeech();
            }
        });
    }

    private void agentSpeaking(boolean on) {
        listener.accept(new PhoneEvent.AgentSpeaking(on));
        info("speaker-events", "agentSpeaking", on ? "on" : "off");
    }

    private void clientSpeaking(boolean on) {
        info("speaker-events", "clientSpeaking", on ? "on" : "off");
    }

    private void info(String subscription, String name, String value) {
        if (subscribed.contains(subscription)) {
            send(new JsonObject().put("type", "info").put("name", name).put("value", value));
        }
    }

    private boolean reports(String input) {
        var reported = twiml.attribute("reportInputDuringAgentSpeech", "none");
        return reported.equals("any") || reported.equals("true") || reported.equals(input);
    }

    private void send(JsonObject frame) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(frame.encode());
        }
    }

    private void end(SessionResult result, int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        if (speaker.isSpeaking()) {
            speaker.cut(now());
            vertx.cancelTimer(speechTimer);
        }
        socket.close((short) code, reason).onComplete(closed -> over.tryComplete(result));
    }

    private void lost() {
        closing = true;
        vertx.cancelTimer(speechTimer);
        over.tryComplete(SessionResult.failed(SessionResult.SOCKET_LOST, "Websocket ended"));
    }

    private static Set<String> usableLanguages(Twiml.Connect twiml) {
        var languages = new HashSet<>(twiml.languages());
        for (var attribute : new String[] {"language", "ttsLanguage", "transcriptionLanguage"}) {
            @Nullable String language = twiml.attributes().get(attribute);
            if (language != null) {
                languages.add(language);
            }
        }
        languages.add("en-US");
        return languages;
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
