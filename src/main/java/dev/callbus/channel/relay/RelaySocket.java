package dev.callbus.channel.relay;

import dev.callbus.bus.Registration;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.SupervisorProtocol;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of Twilio's WebSockets: turns its frames into messages to the call and the call's messages into frames. Everything
 * that it does happens on the socket's context. It knows nothing of conversations, and nothing of what is said in them
 * reaches a log.
 */
final class RelaySocket {
    /** How many bytes a frame and a message may have. */
    static final int LARGEST = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(RelaySocket.class);
    private static final int MALFORMED_IN_A_ROW = 100;
    private static final int UNANSWERED_PINGS = 2;

    private static final short NORMAL = 1000;
    private static final short GOING_AWAY = 1001;
    private static final short POLICY = 1008;
    private static final short SERVER_ERROR = 1011;
    private static final short TRY_LATER = 1013;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final RelayTickets.Ticket ticket;
    private final RelayTickets tickets;
    private final RelayTimes times;
    private final RelayGauge gauge;
    private final MessageAssembler assembler = new MessageAssembler(LARGEST);
    private final SocketTimers timers;
    private Phase phase = Phase.CONNECTED;
    private @Nullable Registration listener;
    private long setupTimer;
    private int malformedInARow;
    private int malformed;
    private int unanswered;

    RelaySocket(
            Vertx vertx,
            ServerWebSocket socket,
            RelayTickets.Ticket ticket,
            RelayTickets tickets,
            RelayTimes times,
            RelayGauge gauge) {
        this.vertx = vertx;
        this.socket = socket;
        this.ticket = ticket;
        this.tickets = tickets;
        this.times = times;
        this.gauge = gauge;
        this.timers = new SocketTimers(vertx, gauge.timers);
    }

    private enum Phase {
        /** Waits for its setup. */
        CONNECTED,
        /** Waits for its call. */
        OPENING,
        /** Carries the conversation. */
        UP,
        /** Wrote {@code end}; Twilio closes the socket. */
        ENDED,
        /** Is closed, or about to be. */
        GONE
    }

    /** Begins to listen; to be called in the tick in which the socket arrived. */
    void start() {
        gauge.sockets.incrementAndGet();
        socket.frameHandler(this::receive);
        socket.pongHandler(pong -> unanswered = 0);
        socket.exceptionHandler(this::failed);
        socket.closeHandler(closed -> {
            gauge.sockets.decrementAndGet();
            leave("socket closed with " + socket.closeStatusCode());
        });
        socket.shutdownHandler(stopping -> stop());
        setupTimer = timers.once(times.setup(), () -> close(POLICY, "no setup"));
        timers.every(times.ping(), this::ping);
    }

    private void failed(Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            close((short) corrupted.closeStatus().code(), "corrupt frame");
        } else {
            log.debug(
                    "socket failed [call: {}, cause: {}]",
                    ticket.callSid(),
                    cause.getClass().getSimpleName());
        }
    }

    private void receive(WebSocketFrame frame) {
        if (phase == Phase.GONE) {
            return;
        }
        switch (assembler.add(frame)) {
            case MessageAssembler.Complete complete -> read(complete.text());
            case MessageAssembler.Refused refused -> close(refused.code(), refused.reason());
            case MessageAssembler.Pending pending -> {}
        }
    }

    private void read(String text) {
        switch (RelayFrames.decode(text)) {
            case RelayFrame.Message message -> {
                if (phase != Phase.CONNECTED && message.content() instanceof CallProtocol.Setup) {
                    fault("second setup");
                } else {
                    malformedInARow = 0;
                    accept(message.content());
                }
            }
            case RelayFrame.Unknown unknown -> {
                malformedInARow = 0;
                gauge.unknown.increment();
                refuseBeforeSetup();
            }
            case RelayFrame.Malformed bad -> {
                fault(bad.reason());
                refuseBeforeSetup();
            }
        }
    }

    private void accept(CallProtocol.FromChannel message) {
        switch (phase) {
            case CONNECTED -> {
                if (message instanceof CallProtocol.Setup setup
                        && setup.callSid().equals(ticket.callSid())) {
                    open(setup);
                } else if (message instanceof CallProtocol.Setup) {
                    close(POLICY, "setup of another call");
                } else {
                    refuseBeforeSetup();
                }
            }
            case OPENING, UP -> tell(message);
            case ENDED, GONE -> {}
        }
    }

    private void refuseBeforeSetup() {
        if (phase == Phase.CONNECTED) {
            close(POLICY, "first frame is not setup");
        }
    }

    private void fault(String reason) {
        gauge.malformed.increment();
        malformed++;
        malformedInARow++;
        log.debug("frame ignored [call: {}, reason: {}]", ticket.callSid(), reason);
        if (malformedInARow >= MALFORMED_IN_A_ROW) {
            close(POLICY, "too many malformed messages");
        }
    }

    private void open(CallProtocol.Setup setup) {
        phase = Phase.OPENING;
        timers.cancel(setupTimer);
        socket.pause();
        gauge.openings.incrementAndGet();
        tickets.begin(ticket, setup.sessionId())
                .compose(noted -> CallBus.channel(ticket.callSid()).serve(vertx, this::write))
                .compose(this::listen)
                .compose(listening -> CallBus.OPEN.send(vertx, new SupervisorProtocol.Open(setup, ticket.profile())))
                .onComplete(opened -> gauge.openings.decrementAndGet())
                .onSuccess(opened -> opened())
                .onFailure(this::notOpened);
    }

    private Future<Void> listen(Registration registration) {
        gauge.listeners.incrementAndGet();
        listener = registration;
        if (phase == Phase.GONE) {
            unlisten();
            return Future.failedFuture("the socket is gone");
        }
        return Future.succeededFuture();
    }

    private void opened() {
        if (phase == Phase.GONE) {
            tellLost("socket closed while the call was opened");
            return;
        }
        log.info("call connected [call: {}]", ticket.callSid());
        if (phase == Phase.OPENING) {
            phase = Phase.UP;
        }
        socket.resume();
    }

    private void notOpened(Throwable cause) {
        if (phase != Phase.GONE) {
            log.warn("call not opened [call: {}, cause: {}]", ticket.callSid(), cause.getMessage());
            phase = Phase.CONNECTED;
            close(TRY_LATER, "no call");
            socket.resume();
        }
    }

    private void tell(CallProtocol.FromChannel message) {
        CallBus.call(ticket.callSid()).send(vertx, message).onFailure(this::notTold);
    }

    /** The call may have ended just now: then its {@code end} is under way to this context and comes first. */
    private void notTold(Throwable cause) {
        vertx.runOnContext(later -> {
            if (phase == Phase.UP) {
                log.warn("call does not listen [call: {}, cause: {}]", ticket.callSid(), cause.getMessage());
                close(SERVER_ERROR, "no call");
            }
        });
    }

    private void write(CallProtocol.ToChannel message) {
        if (phase != Phase.OPENING && phase != Phase.UP) {
            return;
        }
        if (!socket.isClosed()) {
            socket.writeTextMessage(RelayFrames.encode(message));
        }
        if (message instanceof CallProtocol.End) {
            phase = Phase.ENDED;
            unlisten();
            timers.once(times.end(), () -> close(NORMAL, "ended"));
        }
    }

    private void ping() {
        if (unanswered >= UNANSWERED_PINGS) {
            close(GOING_AWAY, "no pong");
        } else if (!socket.isClosed()) {
            unanswered++;
            socket.writePing(Buffer.buffer("callbus"));
        }
    }

    /** The server ends: a call says goodbye first, a socket without one goes at once. */
    private void stop() {
        if (phase == Phase.CONNECTED) {
            close(GOING_AWAY, "the server stops");
        }
    }

    private void close(short code, String reason) {
        if (phase != Phase.GONE) {
            log.info("closing socket [call: {}, code: {}, reason: {}]", ticket.callSid(), code, reason);
            leave(reason);
            socket.close(code, reason);
        }
    }

    private void leave(String reason) {
        if (phase == Phase.GONE) {
            return;
        }
        boolean hadCall = phase == Phase.UP || phase == Phase.ENDED;
        phase = Phase.GONE;
        timers.cancelAll();
        unlisten();
        tickets.disconnect(ticket);
        log.info("socket gone [call: {}, reason: {}, malformed: {}]", ticket.callSid(), reason, malformed);
        if (hadCall) {
            tellLost(reason);
        }
    }

    private void tellLost(String reason) {
        CallBus.call(ticket.callSid())
                .send(vertx, new CallProtocol.ChannelLost(reason))
                .onFailure(over -> log.debug("call was over [call: {}]", ticket.callSid()));
    }

    private void unlisten() {
        if (listener != null) {
            listener.close();
            listener = null;
            gauge.listeners.decrementAndGet();
        }
    }
}
