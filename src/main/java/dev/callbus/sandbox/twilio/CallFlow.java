package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's part of one call: requests the webhooks and does what their TwiML says, verb by verb. Lives on the call's context.
 */
final class CallFlow {
    private final Vertx vertx;
    private final PhoneNetworkOptions options;
    private final WebhookClient webhooks;
    private final RelayDialler dialler;
    private final CallRecord record;
    private final EventFeed events;
    private final Promise<Void> answered = Promise.promise();
    private final Promise<PhoneEvent.CallEnded> ended = Promise.promise();
    private boolean reporting;
    private boolean over;
    private int document;
    private @Nullable Runnable redirection;
    private @Nullable RelaySession session;

    CallFlow(
            Vertx vertx,
            PhoneNetworkOptions options,
            WebhookClient webhooks,
            RelayDialler dialler,
            CallRecord record,
            EventFeed events) {
        this.vertx = vertx;
        this.options = options;
        this.webhooks = webhooks;
        this.dialler = dialler;
        this.record = record;
        this.events = events;
    }

    /** Asks the number's webhook what to do. Completes once somebody or something speaks; fails with a LineException. */
    Future<Void> begin() {
        fetch(options.tunnel().at(options.voicePath()), "POST", Map.of());
        return answered.future();
    }

    /** Asks this URL what to do. */
    void ask(URI url, String method, Map<String, String> more) {
        fetch(url, method, more);
    }

    /** Does what this document says. */
    void obey(String twiml) {
        try {
            run(TwimlReader.read(twiml), 0, options.tunnel().at("/"));
        } catch (LineException e) {
            giveUp(e);
        }
    }

    /** Leaves off what is being done and does this instead; a session ends as if the caller had hung up, but without its action. */
    void redirect(Runnable next) {
        if (isOver()) {
            return;
        }
        document++;
        if (session != null) {
            redirection = next;
            session.hangUp();
        } else {
            next.run();
        }
    }

    /** The account ends the call. */
    void endBy(CallStatus how) {
        if (session != null) {
            hangUp();
        } else {
            finish(how);
        }
    }

    /** The call is over without having been answered. */
    void over(CallStatus how) {
        finish(how);
    }

    /** Does something in the session that is up; without one, nobody hears it. */
    void inSession(String what, Consumer<RelaySession> action) {
        if (session != null) {
            action.accept(session);
        } else if (!isOver()) {
            events.tell(at -> new PhoneEvent.NotHeard(at, what));
        }
    }

    boolean isAgentSpeaking() {
        var relay = session;
        return relay != null && relay.isAgentSpeaking();
    }

    Future<PhoneEvent.CallEnded> ended() {
        return ended.future();
    }

    EventFeed events() {
        return events;
    }

    /** The caller hangs up. What is due to the action webhook is still told. */
    void hangUp() {
        if (isOver()) {
            return;
        }
        record.move(CallStatus.COMPLETED);
        if (session != null) {
            session.hangUp();
        } else if (!reporting) {
            finish(CallStatus.COMPLETED);
        }
    }

    private boolean isOver() {
        return over;
    }

    private void fetch(URI url, String method, Map<String, String> more) {
        int asked = document;
        webhooks.request(method, url, record.identity().parameters(record.status(), more))
                .onSuccess(answer -> {
                    if (asked == document) {
                        answered(url, answer);
                    }
                })
                .onFailure(this::giveUp);
    }

    private void answered(URI url, WebhookClient.Answer answer) {
        reporting = false;
        if (isOver()) {
            return;
        }
        events.tell(at -> new PhoneEvent.WebhookAnswered(at, url.getPath(), answer.status(), answer.body()));
        if (record.status() == CallStatus.COMPLETED) {
            finish(CallStatus.COMPLETED);
            return;
        }
        try {
            var verbs = TwimlReader.read(answer.document(url.getPath()));
            run(verbs, 0, url);
        } catch (LineException e) {
            giveUp(e);
        }
    }

    private void run(List<Twiml> verbs, int position, URI document) {
        if (position == verbs.size()) {
            finish(CallStatus.COMPLETED);
            return;
        }
        Runnable next = () -> run(verbs, position + 1, document);
        switch (verbs.get(position)) {
            case Twiml.Say say -> speak(say.text(), next);
            case Twiml.Play play -> speak("♪", next);
            case Twiml.Pause pause -> pause(pause.seconds(), next);
            case Twiml.Hangup hangup -> hangUpByTwiml();
            case Twiml.Reject reject -> reject(reject.reason());
            case Twiml.Redirect redirect -> go(redirect.to(), document, Map.of());
            case Twiml.Start start -> next.run();
            case Twiml.Connect connect -> connect(connect, document, next);
            case Twiml.Dial dial -> dial(dial, document, next);
            case Twiml.Enqueue enqueue -> enqueue(enqueue, document);
        }
    }

    /** Words of Twilio's own, or a recording. */
    private void speak(String words, Runnable next) {
        answer();
        events.tell(at -> new PhoneEvent.AgentSpeaking(at, true));
        after(seconds(words.length() / options.times().charactersPerSecond()), () -> {
            events.tell(at -> new PhoneEvent.AgentHeard(at, words));
            events.tell(at -> new PhoneEvent.AgentSpeaking(at, false));
            next.run();
        });
    }

    private void pause(int seconds, Runnable next) {
        answer();
        after(options.times().twimlSecond().multipliedBy(seconds), next);
    }

    private void reject(String reason) {
        answered.tryFail("the call was rejected: " + reason);
        finish(CallStatus.BUSY);
    }

    private void hangUpByTwiml() {
        answer();
        finish(CallStatus.COMPLETED);
    }

    private void dial(Twiml.Dial dial, URI document, Runnable next) {
        answer();
        events.tell(at -> new PhoneEvent.Dialled(at, dial.party()));
        after(options.times().handoffTime(), () -> {
            if (dial.action() == null) {
                next.run();
            } else {
                var outcome = Map.of("DialCallStatus", "no-answer", "DialBridged", "false");
                go(dial.action(), document, outcome);
            }
        });
    }

    /** Nobody takes the call from the queue; after a while the caller hangs up. */
    private void enqueue(Twiml.Enqueue enqueue, URI document) {
        answer();
        events.tell(at -> new PhoneEvent.Enqueued(at, enqueue.queue(), enqueue.task()));
        after(options.times().handoffTime(), () -> {
            record.move(CallStatus.COMPLETED);
            if (enqueue.action() == null) {
                finish(record.status());
            } else {
                reporting = true;
                var seconds = options.times().handoffTime().toSeconds();
                go(enqueue.action(), document, Map.of("QueueResult", "hangup", "QueueTime", String.valueOf(seconds)));
            }
        });
    }

    private void connect(Twiml.Connect connect, URI document, Runnable next) {
        var url = connect.attribute("url", "");
        dialler.open(url)
                .onFailure(this::giveUp)
                .onSuccess(socket -> converse(new OpenRelay(url, socket, connect, document), next));
    }

    private void converse(OpenRelay open, Runnable next) {
        var settings = SessionSettings.of(open.twiml);
        var relay = new RelaySession(vertx, settings, options.times(), open.socket, events);
        if (isOver()) {
            relay.hangUp();
            return;
        }
        var sessionId = CallIdentity.newSid("VX");
        long began = System.nanoTime();
        session = relay;
        events.tell(at -> new PhoneEvent.Connected(at, sessionId, open.url));
        relay.begin(record.identity().setup(sessionId, record.status(), open.twiml.parameters()))
                .onSuccess(result -> {
                    session = null;
                    var seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
                    sessionOver(result, open, result.parameters(sessionId, seconds), next);
                });
        answer();
    }

    private void sessionOver(SessionResult result, OpenRelay relay, Map<String, String> report, Runnable next) {
        events.tell(at -> new PhoneEvent.SessionEnded(at, result.status(), result.errorCode(), result.handoffData()));
        if (result.isFailure()) {
            events.tell(at -> new PhoneEvent.Alert(at, result.errorCode(), result.errorMessage()));
        }
        var action = relay.twiml.action();
        if (redirection != null) {
            var elsewhere = redirection;
            redirection = null;
            elsewhere.run();
        } else if (action != null) {
            reporting = true;
            var times = options.times();
            after(
                    result.isFailure() ? times.failureDelay() : times.actionDelay(),
                    () -> go(action, relay.document, report));
        } else if (record.status() == CallStatus.COMPLETED) {
            finish(record.status());
        } else {
            next.run();
        }
    }

    private void go(Twiml.Target target, URI document, Map<String, String> more) {
        try {
            fetch(document.resolve(target.url()), target.method(), more);
        } catch (IllegalArgumentException e) {
            giveUp(new LineException(LineException.BAD_URL, "\"" + target.url() + "\" is no URL"));
        }
    }

    private void answer() {
        record.move(CallStatus.IN_PROGRESS);
        answered.tryComplete();
    }

    /** Ends the call with an error that only Twilio's debugger shows. */
    private void giveUp(Throwable cause) {
        if (isOver()) {
            return;
        }
        int code = cause instanceof LineException known ? known.code() : LineException.NO_CONNECTION;
        events.tell(at -> new PhoneEvent.Alert(at, code, String.valueOf(cause.getMessage())));
        answered.tryFail(code + ": " + cause.getMessage());
        finish(record.status() == CallStatus.COMPLETED ? CallStatus.COMPLETED : CallStatus.FAILED);
    }

    private void finish(CallStatus how) {
        if (isOver()) {
            return;
        }
        record.move(how);
        answered.tryFail("the call ended before it was answered");
        over = true;
        ended.complete(events.tell(at -> new PhoneEvent.CallEnded(at, how.wire())));
    }

    /** Does something for the document at hand, unless another one has taken its place by then. */
    private void after(Duration delay, Runnable action) {
        int ordered = document;
        later(delay, () -> {
            if (ordered == document) {
                action.run();
            }
        });
    }

    /** Does something, unless the call is over by then. */
    void later(Duration delay, Runnable action) {
        vertx.setTimer(Math.max(1, delay.toMillis()), due -> {
            if (!isOver()) {
                action.run();
            }
        });
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** A relay whose socket is open, and the TwiML that asked for it. */
    private record OpenRelay(String url, WebSocket socket, Twiml.Connect twiml, URI document) {}
}
