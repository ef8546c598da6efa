package dev.callbus.sandbox.twilio;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call on the sandbox's phone network, seen from the caller's phone. Twilio's part of it (webhooks, TwiML, relay
 * sessions) happens by itself. All of it runs on one context; the methods may be called from anywhere.
 */
public final class PhoneCall {
    private final Vertx vertx;
    private final Context context;
    private final PhoneNetworkOptions options;
    private final TwilioSigner signer;
    private final WebhookClient webhooks;
    private final WebSocketClient sockets;
    private final Consumer<PhoneEvent> listener;
    private final String callSid = "CA" + hex();
    private final String from;
    private final String to;
    private final Promise<PhoneCall> answered = Promise.promise();
    private final Promise<PhoneEvent.CallEnded> ended = Promise.promise();
    private String status = "ringing";
    private @Nullable RelaySession session;

    PhoneCall(
            Vertx vertx,
            PhoneNetworkOptions options,
            WebhookClient webhooks,
            WebSocketClient sockets,
            String from,
            String to,
            Consumer<PhoneEvent> listener) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.options = options;
        this.signer = new TwilioSigner(options.authToken());
        this.webhooks = webhooks;
        this.sockets = sockets;
        this.from = from;
        this.to = to;
        this.listener = listener;
    }

    public String callSid() {
        return callSid;
    }

    /** Speaks; if the agent is speaking and may be interrupted, that cuts him short. */
    public void say(String words) {
        inSession(relay -> relay.say(words, false));
    }

    /** Speaks so that the server gets the words as they come, if it asked for partial prompts. */
    public void sayPartially(String words) {
        inSession(relay -> relay.say(words, true));
    }

    /** Interrupts the agent without saying anything. */
    public void interrupt() {
        inSession(RelaySession::interrupt);
    }

    /** Presses keys, each of {@code 0-9 * #}. */
    public void press(String digits) {
        inSession(relay -> relay.press(digits));
    }

    /** Breaks the connection between Twilio and the server; the call itself stays up. */
    public void dropSocket() {
        inSession(RelaySession::drop);
    }

    /** Sends the server any text as a frame. */
    public void sendRaw(String text) {
        inSession(relay -> relay.sendRaw(text));
    }

    /** Puts the receiver down. */
    public void hangUp() {
        context.runOnContext(v -> {
            if (isOver()) {
                return;
            }
            status = "completed";
            if (session == null) {
                finish();
            } else {
                session.hangUp();
            }
        });
    }

    /** Whether the agent's voice is to be heard; exact on the call's context only. */
    public boolean isAgentSpeaking() {
        var relay = session;
        return relay != null && relay.isAgentSpeaking();
    }

    /** Completes when the call is over. */
    public Future<PhoneEvent.CallEnded> ended() {
        return ended.future();
    }

    Future<PhoneCall> ring(String voicePath) {
        context.runOnContext(v -> fetch(options.tunnel().at(voicePath), Map.of()));
        return answered.future();
    }

    private void inSession(Consumer<RelaySession> action) {
        context.runOnContext(v -> {
            if (session != null) {
                action.accept(session);
            }
        });
    }

    private boolean isOver() {
        return ended.future().isComplete();
    }

    private void fetch(URI url, Map<String, String> more) {
        var parameters = parameters();
        parameters.putAll(more);
        webhooks.post(url, parameters)
                .onSuccess(answer -> obey(url, answer))
                .onFailure(cause -> alert(11205, "no answer from " + url.getPath() + ": " + cause.getMessage()));
    }

    private void obey(URI url, WebhookClient.Answer answer) {
        listener.accept(new PhoneEvent.WebhookAnswered(url.getPath(), answer.status(), answer.body()));
        if (status.equals("completed")) {
            finish();
        } else if (answer.status() >= 400) {
            alert(11200, "HTTP " + answer.status() + " from " + url.getPath());
        } else if (!answer.isXml()) {
            alert(12300, "the answer of " + url.getPath() + " is " + answer.contentType());
        } else {
            status = "in-progress";
            try {
                run(TwimlReader.read(answer.body()), 0, url);
            } catch (TwimlException e) {
                alert(e.code(), String.valueOf(e.getMessage()));
            }
        }
    }

    private void run(List<Twiml> verbs, int position, URI document) {
        if (position == verbs.size()) {
            finish();
            return;
        }
        Runnable next = () -> run(verbs, position + 1, document);
        switch (verbs.get(position)) {
            case Twiml.Say say -> hear(say.text(), next);
            case Twiml.Play play -> hear("♪", next);
            case Twiml.Pause pause -> after(scaled(pause.seconds() * 1000L), next);
            case Twiml.Hangup hangup -> finish();
            case Twiml.Reject reject -> finish();
            case Twiml.Redirect redirect -> fetch(document.resolve(redirect.url()), Map.of());
            case Twiml.Dial dial -> dial(dial, document, next);
            case Twiml.Enqueue enqueue -> {
                handOver("Enqueue", enqueue.workflowSid(), enqueue.task());
                after(options.handoffTime().toMillis(), this::finish);
            }
            case Twiml.Start start -> next.run();
            case Twiml.Connect connect -> connect(connect, document, next);
        }
    }

    private void dial(Twiml.Dial dial, URI document, Runnable next) {
        handOver("Dial", dial.number(), "");
        after(options.handoffTime().toMillis(), () -> {
            if (dial.action() == null) {
                next.run();
            } else {
                fetch(document.resolve(dial.action()), Map.of("DialCallStatus", "no-answer"));
            }
        });
    }

    private void handOver(String verb, String party, String task) {
        answered.tryComplete(this);
        listener.accept(new PhoneEvent.HandedOver(verb, party, task));
    }

    /** Words that Twilio itself speaks. */
    private void hear(String words, Runnable next) {
        answered.tryComplete(this);
        listener.accept(new PhoneEvent.AgentSpeaking(true));
        after((long) (words.length() * 1000 / options.charactersPerSecond()), () -> {
            listener.accept(new PhoneEvent.AgentHeard(words));
            listener.accept(new PhoneEvent.AgentSpeaking(false));
            next.run();
        });
    }

    private void connect(Twiml.Connect connect, URI document, Runnable next) {
        var url = connect.attribute("url", "");
        var target = URI.create(url);
        if (!options.tunnel().leadsTo(target)) {
            unreachable("the sandbox reaches " + options.tunnel().publicUrl() + " only");
            return;
        }
        var handshake = new WebSocketConnectOptions()
                .setHost(options.tunnel().host())
                .setPort(options.tunnel().port())
                .setURI(target.getRawPath())
                .setTimeout(5000)
                .addHeader("Host", target.getAuthority())
                .addHeader("User-Agent", "Jetty/11.0.24")
                .addHeader("X-Twilio-Signature", signer.sign(url, Map.of()));
        var opening = sockets.webSocket();
        opening.connect(handshake)
                .onFailure(cause -> unreachable(String.valueOf(cause.getMessage())))
                .onSuccess(socket -> {
                    var relay = new RelaySession(vertx, connect, options, socket, listener);
                    session = relay;
                    var sessionId = "VX" + hex();
                    listener.accept(new PhoneEvent.Connected(sessionId, url));
                    relay.begin(
                                    setup(sessionId, connect),
                                    options.greetingDelay().toMillis())
                            .onSuccess(result -> sessionOver(result, sessionId, connect, document, next));
                    answered.tryComplete(this);
                });
    }

    private void sessionOver(
            SessionResult result, String sessionId, Twiml.Connect connect, URI document, Runnable next) {
        session = null;
        listener.accept(new PhoneEvent.SessionEnded(result.status(), result.errorCode(), result.handoffData()));
        if (result.errorCode() != 0) {
            listener.accept(new PhoneEvent.Alert(result.errorCode(), result.errorMessage()));
        }
        if (connect.action() == null) {
            if (status.equals("completed")) {
                finish();
            } else {
                next.run();
            }
            return;
        }
        var more = new LinkedHashMap<String, String>();
        more.put("SessionId", sessionId);
        more.put("SessionStatus", result.status());
        more.put("SessionDuration", "1");
        if (result.handoffData() != null) {
            more.put("HandoffData", result.handoffData());
        }
        if (result.errorCode() != 0) {
            more.put("ErrorCode", String.valueOf(result.errorCode()));
            more.put("ErrorMessage", result.errorMessage());
        }
        var action = document.resolve(connect.action());
        after(options.actionDelay().toMillis(), () -> fetch(action, more));
    }

    private JsonObject setup(String sessionId, Twiml.Connect connect) {
        var parameters = new JsonObject();
        connect.parameters().forEach(parameters::put);
        return new JsonObject()
                .put("type", "setup")
                .put("sessionId", sessionId)
                .put("accountSid", options.accountSid())
                .put("parentCallSid", "")
                .put("callSid", callSid)
                .put("from", from)
                .put("to", to)
                .put("forwardedFrom", "")
                .put("callType", "PSTN")
                .put("callerName", "")
                .put("direction", "inbound")
                .put("callStatus", answered.future().isComplete() ? "IN_PROGRESS" : "RINGING")
                .put("customParameters", parameters);
    }

    private Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("AccountSid", options.accountSid());
        parameters.put("ApiVersion", "2010-04-01");
        parameters.put("CallSid", callSid);
        parameters.put("CallStatus", status);
        parameters.put("Direction", "inbound");
        parameters.put("From", from);
        parameters.put("Caller", from);
        parameters.put("FromCountry", "US");
        parameters.put("FromCity", "");
        parameters.put("To", to);
        parameters.put("Called", to);
        parameters.put("ToCountry", "US");
        parameters.put("StirVerstat", "TN-Validation-Passed-A");
        return parameters;
    }

    private void unreachable(String why) {
        alert(SessionResult.CANNOT_CONNECT, "cannot connect to the WebSocket URL: " + why);
    }

    /** Something that ends the call with an error that only Twilio's debugger shows. */
    private void alert(int code, String message) {
        listener.accept(new PhoneEvent.Alert(code, message));
        answered.tryFail(code + ": " + message);
        status = "failed";
        finish();
    }

    private void finish() {
        if (isOver()) {
            return;
        }
        if (!status.equals("failed")) {
            status = "completed";
        }
        answered.tryComplete(this);
        var end = new PhoneEvent.CallEnded(status);
        listener.accept(end);
        ended.complete(end);
    }

    private void after(long millis, Runnable action) {
        vertx.setTimer(Math.max(1, millis), due -> action.run());
    }

    private long scaled(long millis) {
        return (long) (millis * 15 / options.charactersPerSecond());
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
