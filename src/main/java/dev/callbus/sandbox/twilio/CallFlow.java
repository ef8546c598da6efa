package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
    private final CallRecord record;
    private final EventFeed events;
    private final RelayLine relays;
    private final Promise<Void> answered = Promise.promise();
    private final Promise<PhoneEvent.CallEnded> ended = Promise.promise();
    private boolean reporting;
    private boolean over;
    private int redirections;
    private @Nullable Runnable redirection;
    private Runnable lastRequest = () -> {};

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
        this.record = record;
        this.events = events;
        this.relays = new RelayLine(vertx, options.times(), dialler, record, events);
    }

    /** Asks the number's webhook what to do. Completes once somebody or something speaks; fails with a LineException. */
    Future<Void> begin() {
        ask(options.tunnel().at(options.voicePath()), "POST", Map.of());
        return answered.future();
    }

    /** Asks this URL what to do. */
    void ask(URI url, String method, Map<String, String> more) {
        int asked = redirections;
        var parameters = record.identity().parameters(record.status(), more);
        lastRequest = () -> webhooks.request(method, url, parameters)
                .onSuccess(answer -> events.tell(
                        at -> new PhoneEvent.WebhookAnswered(at, url.getPath(), answer.status(), answer.body())));
        webhooks.request(method, url, parameters).onComplete(answer -> {
            if (asked != redirections) {
                return;
            }
            if (answer.succeeded()) {
                answered(url, answer.result());
            } else {
                giveUp(answer.cause());
            }
        });
    }

    /** Asks once more what was asked last, as a network does that lost the answer. */
    void repeatWebhook() {
        lastRequest.run();
    }

    /** Does what this document says. */
    void obey(String twiml) {
        try {
            run(TwimlReader.read(twiml), options.tunnel().at("/"));
        } catch (LineException e) {
            giveUp(e);
        }
    }

    /**
     * Leaves off what is being done and does this instead; a session ends as if the caller had hung up, but without its action.
     * Whether the call is in a state for that.
     */
    boolean redirect(Runnable next) {
        if (record.status() != CallStatus.IN_PROGRESS) {
            return false;
        }
        redirections++;
        reporting = false;
        if (relays.isUp()) {
            redirection = next;
            relays.inSession("redirection", RelaySession::hangUp);
        } else {
            next.run();
        }
        return true;
    }

    /** Ends a call whose phone nobody has picked up; whether it is one. */
    boolean cancel() {
        boolean pending = record.status().isPending();
        if (pending) {
            finish(CallStatus.CANCELED);
        }
        return pending;
    }

    /** Ends the call, whether it rings or is answered; false if it has ended already. */
    boolean end() {
        boolean up = !record.status().isFinal();
        hangUp();
        return up;
    }

    /** Does something in the session that is up; without one, nobody hears it. */
    void inSession(String what, Consumer<RelaySession> action) {
        if (!isOver()) {
            relays.inSession(what, action);
        }
    }

    boolean isAgentSpeaking() {
        return relays.isAgentSpeaking();
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
        if (relays.isUp()) {
            relays.inSession("end", RelaySession::hangUp);
        } else if (!reporting) {
            finish(CallStatus.COMPLETED);
        }
    }

    private boolean isOver() {
        return over;
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
            run(verbs, url);
        } catch (LineException e) {
            giveUp(e);
        }
    }

    private void run(List<Twiml> verbs, URI document) {
        new TwimlRun(this, record, events, options.times(), verbs, document).begin();
    }

    /** Nobody answers the caller. */
    void reject(String reason) {
        answered.tryFail("the call was rejected: " + reason);
        finish(CallStatus.BUSY);
    }

    /** Somebody or something speaks to the caller, or is about to. */
    void answer() {
        record.move(CallStatus.IN_PROGRESS);
        answered.tryComplete();
    }

    /** The caller is gone; an action, if there is one, is told. */
    void leave(Twiml.@Nullable Target action, URI document, Map<String, String> outcome) {
        record.move(CallStatus.COMPLETED);
        if (action == null) {
            finish(CallStatus.COMPLETED);
        } else {
            reporting = true;
            go(action, document, outcome);
        }
    }

    /** Opens a relay session; without an action the document goes on afterwards. */
    void connect(Twiml.Connect connect, URI document, Runnable next) {
        int ordered = redirections;
        relays.open(connect).onComplete(socket -> {
            boolean wanted = !isOver() && ordered == redirections;
            if (socket.succeeded() && wanted) {
                relays.converse(socket.result(), connect)
                        .onSuccess(report -> sessionOver(report, connect.action(), document, next));
                answer();
            } else if (socket.succeeded()) {
                relays.dismiss(socket.result(), connect);
            } else if (wanted) {
                giveUp(socket.cause());
            }
        });
    }

    private void sessionOver(RelayLine.Report report, Twiml.@Nullable Target action, URI document, Runnable next) {
        var elsewhere = redirection;
        redirection = null;
        boolean hungUp = record.status() == CallStatus.COMPLETED;
        if (elsewhere != null && !hungUp) {
            elsewhere.run();
        } else if (elsewhere == null && action != null) {
            reporting = true;
            var times = options.times();
            after(
                    report.isFailure() ? times.failureDelay() : times.actionDelay(),
                    () -> go(action, document, report.parameters()));
        } else if (hungUp) {
            finish(CallStatus.COMPLETED);
        } else {
            next.run();
        }
    }

    /** Goes on with the document that a verb names. */
    void go(Twiml.Target target, URI document, Map<String, String> more) {
        try {
            ask(document.resolve(target.url()), target.method(), more);
        } catch (IllegalArgumentException e) {
            giveUp(new LineException(LineException.BAD_URL, "\"" + target.url() + "\" is no URL"));
        }
    }

    /** Ends the call with an error that only Twilio's debugger shows; one that was answered has not failed. */
    private void giveUp(Throwable cause) {
        if (isOver()) {
            return;
        }
        int code = cause instanceof LineException known ? known.code() : LineException.NO_CONNECTION;
        events.tell(at -> new PhoneEvent.Alert(at, code, String.valueOf(cause.getMessage())));
        answered.tryFail(code + ": " + cause.getMessage());
        finish(record.started() == null ? CallStatus.FAILED : CallStatus.COMPLETED);
    }

    /** The call is over. */
    void finish(CallStatus how) {
        if (isOver()) {
            return;
        }
        record.move(how);
        answered.tryFail("the call ended before it was answered");
        over = true;
        ended.complete(events.tell(at -> new PhoneEvent.CallEnded(at, how.wire())));
    }

    /** Does something, unless the call is over or was redirected by then. */
    void after(Duration delay, Runnable action) {
        int ordered = redirections;
        later(delay, () -> {
            if (ordered == redirections) {
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
}
