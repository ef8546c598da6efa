package dev.callbus.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One call as Twilio makes it: webhook, socket, {@code setup}, some turns, hang-up, action callback. */
final class SimulatedCall {
    private static final double JITTER = 0.5;
    private static final long TURN_LIMIT_MILLIS = 20_000;
    private static final long CLOSE_LIMIT_MILLIS = 5_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Buffer PROMPT = Buffer.buffer("""
            {"type":"prompt","voicePrompt":"What is the state of my ticket?","lang":"en-US","last":true}""");

    private final LoadClient client;
    private final Vertx vertx;
    private final Map<String, String> parameters;
    private final String sessionSid;
    private final long started = System.nanoTime();
    private @Nullable RelaySocket socket;
    private @Nullable String action;
    private State state = State.DIALLING;
    private long timer = -1;
    private int turn;
    private long promptedAt;
    private int frames;
    private int characters;

    private enum State {
        DIALLING,
        THINKING,
        WAITING,
        HANGING_UP
    }

    /** The call number {@code number} of {@code client}. */
    SimulatedCall(LoadClient client, Vertx vertx, long number) {
        this.client = client;
        this.vertx = vertx;
        this.sessionSid = "VX%032x".formatted(number);
        this.parameters = Map.of(
                "AccountSid", client.target().accountSid(),
                "ApiVersion", "2010-04-01",
                "CallSid", "CA%032x".formatted(number),
                "CallStatus", "ringing",
                "Direction", "inbound",
                "From", "+61400000001",
                "To", "+61280000000",
                "Caller", "+61400000001",
                "Called", "+61280000000");
    }

    /** Places the call. */
    void dial() {
        client.webhooks()
                .answer(parameters)
                .compose(twiml -> {
                    action = twiml.action();
                    var signature = client.webhooks().handshake(twiml.relayUrl());
                    return RelaySocket.open(client.sockets(), client.target(), twiml.relayUrl(), signature)
                            .onSuccess(open -> connected(open, twiml));
                })
                .onFailure(problem -> {
                    client.measurement().error("not connected: " + problem.getMessage());
                    client.failed(this);
                });
    }

    /** Hangs up, whatever the call is doing. */
    void hangUp() {
        vertx.cancelTimer(timer);
        state = State.HANGING_UP;
        if (socket == null) return;
        socket.close();
        timer = vertx.setTimer(CLOSE_LIMIT_MILLIS, late -> {
            client.measurement().error("server does not close");
            if (socket != null) socket.drop();
        });
    }

    private void connected(RelaySocket open, AnsweredTwiml twiml) {
        socket = open;
        open.onText(this::hear);
        open.onClose(this::closed);
        if (state == State.HANGING_UP) {
            hangUp();
            return;
        }
        client.measurement().setUp(System.nanoTime() - started);
        open.send(setup(twiml.parameters()));
        client.connected();
        think(ThreadLocalRandom.current().nextDouble());
    }

    private Buffer setup(Map<String, String> customParameters) {
        var frame = MinimalModel.JSON
                .createObjectNode()
                .put("type", "setup")
                .put("sessionId", sessionSid)
                .put("accountSid", parameters.get("AccountSid"))
                .put("parentCallSid", "")
                .put("callSid", parameters.get("CallSid"))
                .put("from", parameters.get("From"))
                .put("to", parameters.get("To"))
                .put("forwardedFrom", "")
                .put("callType", "PSTN")
                .put("callerName", "")
                .put("direction", "inbound")
                .put("callStatus", "RINGING");
        var custom = frame.putObject("customParameters");
        customParameters.forEach(custom::put);
        return Buffer.buffer(MinimalModel.bytes(frame));
    }

    private void think(double share) {
        state = State.THINKING;
        var millis = Math.max(1, Math.round(client.shape().thinkMillis() * share));
        var due = System.nanoTime() + millis * NANOS_PER_MILLI;
        timer = vertx.setTimer(millis, fired -> prompt(System.nanoTime() - due));
    }

    private void prompt(long lateNanos) {
        if (socket == null) return;
        if (turn++ >= client.shape().turns()) {
            client.measurement().call();
            hangUp();
            return;
        }
        client.measurement().prompted(lateNanos);
        state = State.WAITING;
        frames = 0;
        characters = 0;
        promptedAt = System.nanoTime();
        socket.send(PROMPT);
        timer = vertx.setTimer(TURN_LIMIT_MILLIS, late -> {
            client.measurement().error("turn timed out");
            hangUp();
        });
    }

    private void hear(Buffer text) {
        RelayFrame frame;
        try {
            frame = RelayFrame.read(text);
        } catch (IOException e) {
            client.measurement().error("frame is not JSON");
            return;
        }
        if (!frame.type().equals("text")) client.measurement().error("frame of type " + frame.type());
        else if (state == State.WAITING) heardWords(frame);
        else if (!frame.token().isEmpty() && state == State.THINKING)
            client.measurement().error("words nobody asked for");
    }

    private void heardWords(RelayFrame frame) {
        var elapsed = System.nanoTime() - promptedAt;
        if (characters == 0 && !frame.token().isEmpty()) client.measurement().firstToken(elapsed);
        frames++;
        characters += frame.token().length();
        if (!frame.last()) return;
        vertx.cancelTimer(timer);
        if (!client.isWhole(characters)) client.measurement().error("answer of " + characters + " characters");
        client.measurement().turn(elapsed, frames);
        think(1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1));
    }

    private void closed(int code) {
        vertx.cancelTimer(timer);
        if (state != State.HANGING_UP) client.measurement().error("closed by server with " + code);
        if (action != null) {
            var form = new HashMap<>(parameters);
            form.putAll(Map.of(
                    "CallStatus",
                    "completed",
                    "SessionId",
                    sessionSid,
                    "SessionStatus",
                    "completed",
                    "SessionDuration",
                    Long.toString((System.nanoTime() - started) / (1000 * NANOS_PER_MILLI))));
            client.webhooks()
                    .ended(action, form)
                    .onFailure(problem -> client.measurement().error("action callback: " + problem.getMessage()));
        }
        client.ended(this);
    }
}
