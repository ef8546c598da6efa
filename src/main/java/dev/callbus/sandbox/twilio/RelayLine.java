package dev.callbus.sandbox.twilio;

import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The relay sessions of a call, of which at most one is up. Lives on the call's context. */
final class RelayLine {
    private final Vertx vertx;
    private final PhoneTimes times;
    private final RelayDialler dialler;
    private final CallRecord record;
    private final EventFeed events;
    private @Nullable RelaySession session;

    RelayLine(Vertx vertx, PhoneTimes times, RelayDialler dialler, CallRecord record, EventFeed events) {
        this.vertx = vertx;
        this.times = times;
        this.dialler = dialler;
        this.record = record;
        this.events = events;
    }

    /** A socket for a session, to be used in the tick that it arrives; fails with a {@link LineException}. */
    Future<WebSocket> open(Twiml.Connect twiml) {
        return dialler.open(url(twiml));
    }

    /** Begins a session; completes, and never fails, when it is over. */
    Future<Report> converse(WebSocket socket, Twiml.Connect twiml) {
        var relay = relay(socket, twiml);
        var sessionId = CallIdentity.newSid("VX");
        long began = LoopTime.nanos();
        session = relay;
        events.tell(at -> new PhoneEvent.Connected(at, sessionId, url(twiml)));
        var setup = record.identity().setup(sessionId, record.status(), twiml.parameters());
        return relay.begin(setup).map(result -> {
            session = null;
            var seconds = Duration.ofNanos(LoopTime.nanos() - began).toSeconds();
            tell(result);
            return new Report(result.isFailure(), result.parameters(sessionId, seconds));
        });
    }

    /** Closes a socket that nobody waits for any more. */
    void dismiss(WebSocket socket, Twiml.Connect twiml) {
        relay(socket, twiml).hangUp();
    }

    /** Whether a session is up or about to close. */
    boolean isUp() {
        return session != null;
    }

    /** Does something in the session that is up; without one, nobody hears it. */
    void inSession(String what, Consumer<RelaySession> action) {
        if (session != null) {
            action.accept(session);
        } else {
            events.tell(at -> new PhoneEvent.NotHeard(at, what));
        }
    }

    boolean isAgentSpeaking() {
        var relay = session;
        return relay != null && relay.isAgentSpeaking();
    }

    private void tell(SessionResult result) {
        events.tell(at -> new PhoneEvent.SessionEnded(at, result.status(), result.errorCode(), result.handoffData()));
        if (result.isFailure()) {
            events.tell(at -> new PhoneEvent.Alert(at, result.errorCode(), result.errorMessage()));
        }
    }

    private RelaySession relay(WebSocket socket, Twiml.Connect twiml) {
        return new RelaySession(vertx, SessionSettings.of(twiml), times, socket, events);
    }

    private static String url(Twiml.Connect twiml) {
        return twiml.attribute("url", "");
    }

    /** How a session went, as its action webhook is told. */
    record Report(boolean isFailure, Map<String, String> parameters) {}
}
