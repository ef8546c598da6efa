package dev.callbus.channel.chat;

import dev.callbus.asset.AssetBus;
import dev.callbus.asset.AssetProtocol;
import dev.callbus.bus.Failure;
import dev.callbus.bus.StreamOutlet;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallEvent;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.Medium;
import dev.callbus.call.SupervisorProtocol;
import dev.callbus.channel.chat.ChatProtocol.Outcome;
import dev.callbus.config.ApiSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desk of a node's conversations in writing. Each is a call like any other, whose channel this is; those that nobody
 * writes to for a while are forgotten, and their calls end.
 */
public final class ChatVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(ChatVerticle.class);

    private final ApiSettings.Chat settings;
    private final Map<Name, ChatSession> sessions = new HashMap<>();
    private final Map<String, ChatSession> byCall = new HashMap<>();

    public ChatVerticle(ApiSettings.Chat settings) {
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        return Future.all(ChatBus.SAY.serve(vertx, this::question), CallBus.EVENTS.subscribe(vertx, this::happened));
    }

    private void question(ChatProtocol.Question question, StreamOutlet<ChatProtocol> outlet) {
        switch (question) {
            case ChatProtocol.Say say -> {
                var known = say.sessionId() == null ? null : sessions.get(new Name(say.sessionId(), ""));
                if (known != null && known.isBusy()) {
                    outlet.fail(Failure.CONFLICT, "the answer before is still under way");
                    return;
                }
                var parties = new Parties("", "", say.parameters());
                var text = switch (say.speaker()) {
                    case USER -> new CallProtocol.Prompt(say.text(), "", true);
                    case SYSTEM -> new CallProtocol.Brief(say.text());
                };
                deliver(known, new Name(UUID.randomUUID().toString(), ""), parties, text, outlet);
            }
            case ChatProtocol.Text text -> {
                var name = new Name(text.from(), text.to());
                var known = sessions.get(name);
                if (known != null) {
                    known.answered(Outcome.SUPERSEDED, false);
                }
                var parties = new Parties(text.from(), text.to(), Map.of());
                deliver(known, name, parties, new CallProtocol.Prompt(text.text(), "", true), outlet);
            }
        }
    }

    private void deliver(
            @Nullable ChatSession known,
            Name name,
            Parties parties,
            CallProtocol.ToCall words,
            StreamOutlet<ChatProtocol> outlet) {
        if (known == null && sessions.size() >= settings.sessions()) {
            outlet.fail(Failure.BUSY, "there are " + sessions.size() + " conversations already");
            return;
        }
        var session = known == null ? begin(name, parties) : known;
        session.expireAfter(settings.expiry(), () -> expired(session));
        session.expect(
                outlet, settings.answerWithin(), () -> giveUp(session, Failure.TIMEOUT, "there was no answer in time"));
        outlet.onCancel(() -> {
            if (session.isAnswering(outlet)) {
                giveUp(session, Failure.TIMEOUT, "there was no answer in time");
            }
        });
        session.ready()
                .compose(up -> CallBus.call(session.callSid()).send(vertx, words))
                .onFailure(cause -> {
                    log.warn("conversation not reached [call: {}, cause: {}]", session.callSid(), cause.getMessage());
                    boolean busy = Failure.of(cause) == Failure.BUSY;
                    giveUp(session, busy ? Failure.UNAVAILABLE : Failure.of(cause), String.valueOf(cause.getMessage()));
                    forget(session);
                });
    }

    private ChatSession begin(Name name, Parties parties) {
        var session = new ChatSession(
                vertx, name, name.to.isEmpty() ? name.from : UUID.randomUUID().toString());
        sessions.put(name, session);
        byCall.put(session.callSid(), session);
        var setup = new CallProtocol.Setup(
                session.callSid(),
                session.id(),
                parties.from,
                parties.to,
                "inbound",
                "IN_PROGRESS",
                parties.parameters);
        session.openedBy(AssetBus.CHOOSE
                .send(vertx, new AssetProtocol.Choose(parties.to.replace("whatsapp:", ""), parties.parameters))
                .compose(chosen -> CallBus.channel(session.callSid())
                        .serve(vertx, frame -> said(session, frame))
                        .onSuccess(session::listensBy)
                        .compose(listening -> CallBus.OPEN.send(
                                vertx, new SupervisorProtocol.Open(setup, chosen.profile(), Medium.TEXT))))
                .mapEmpty());
        return session;
    }

    private void said(ChatSession session, CallProtocol.ToChannel frame) {
        switch (frame) {
            case CallProtocol.Text text -> session.words(text.token());
            case CallProtocol.End end -> {
                session.answered(Outcome.ANSWERED, true);
                forget(session);
            }
            // Nothing of this means anything in writing.
            case CallProtocol.Play play -> {}
            case CallProtocol.SendDigits digits -> {}
            case CallProtocol.Language language -> {}
        }
    }

    private void happened(CallEvent event) {
        var session = byCall.get(event.callSid());
        if (session == null) {
            return;
        }
        switch (event) {
            case CallEvent.TurnEnded turn -> {
                if (turn.turn() < session.questions()) {
                    return; // what was asked before
                }
                switch (turn.outcome()) {
                    case ANSWERED -> session.answered(Outcome.ANSWERED, turn.last());
                    case FAILED -> session.answered(Outcome.FAILED, turn.last());
                    case INTERRUPTED, SUPERSEDED -> {}
                }
            }
            case CallEvent.Ended ended -> {
                session.answered(Outcome.FAILED, true);
                forget(session);
            }
            case CallEvent.Started started -> {}
            case CallEvent.Answering answering -> {}
            case CallEvent.ToolRan ran -> {}
            case CallEvent.CarrierReport report -> {}
        }
    }

    /** Nobody waits for the answer any more: what was said of it stays said. */
    private void giveUp(ChatSession session, Failure failure, String message) {
        var outlet = session.forsake();
        CallBus.call(session.callSid()).send(vertx, new CallProtocol.Interrupt(session.wordsSoFar(), 0));
        if (outlet != null) {
            outlet.fail(failure, message);
        }
    }

    private void expired(ChatSession session) {
        if (session.isBusy()) {
            session.expireAfter(settings.expiry(), () -> expired(session));
            return;
        }
        CallBus.call(session.callSid()).send(vertx, new CallProtocol.ChannelLost("nobody wrote for a while"));
        forget(session);
    }

    private void forget(ChatSession session) {
        if (byCall.remove(session.callSid()) != null) {
            sessions.remove(session.name());
            session.close();
            giveUp(session, Failure.UNAVAILABLE, "the conversation is over");
        }
    }

    /**
     * What those who write know a conversation by.
     *
     * @param from the id of a chat, or the number of a person who sends text messages
     * @param to our number; empty for a chat, so that no id leads to somebody's text messages
     */
    record Name(String from, String to) {}

    /** Who writes to whom, and what the conversation begins with. */
    private record Parties(String from, String to, Map<String, String> parameters) {}
}
