package dev.callbus.channel.relay;

import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.RelaySettings;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.Handoff;
import dev.callbus.config.TwilioSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to Twilio's question how a call goes on after its session with the gateway, or after the dial or the queue
 * that the caller was sent to from here.
 *
 * <p>Source: twilio.com/docs/voice/twiml/connect/conversationrelay#action
 */
final class ActionWebhook {
    private static final Logger log = LoggerFactory.getLogger(ActionWebhook.class);
    private static final Set<String> NOT_QUEUED = Set.of("error", "queue-full", "system-error");

    private final Vertx vertx;
    private final TwilioSettings twilio;
    private final AgentChoice agents;
    private final RelayTickets tickets;
    private final RelayTwiml twiml;
    private final Announcements announcements;

    ActionWebhook(
            Vertx vertx,
            TwilioSettings twilio,
            AgentChoice agents,
            RelayTickets tickets,
            RelayTwiml twiml,
            Announcements announcements) {
        this.vertx = vertx;
        this.twilio = twilio;
        this.agents = agents;
        this.tickets = tickets;
        this.twiml = twiml;
        this.announcements = announcements;
    }

    /** The TwiML for this outcome. A repeated question gets the first one's answer and has no second effect. */
    Future<String> answer(WebhookCall call) {
        if (!call.parameter("DialCallStatus").isEmpty()) {
            boolean talked = call.parameter("DialCallStatus").equals("completed");
            return Future.succeededFuture(talked ? twiml.hangUp() : twiml.sayAndHangUp(announcements.nobody()));
        }
        if (!call.parameter("QueueResult").isEmpty()) {
            boolean queued = !NOT_QUEUED.contains(call.parameter("QueueResult"));
            return Future.succeededFuture(queued ? twiml.hangUp() : twiml.sayAndHangUp(announcements.nobody()));
        }
        // The session's name is signed, the token is not; but a session that never was has no name.
        var session = call.parameter("SessionId");
        var key = session.isEmpty() ? call.idempotencyToken() : session;
        return key.isEmpty() ? settle(call) : tickets.once(call.callSid() + " " + key, () -> settle(call));
    }

    private Future<String> settle(WebhookCall call) {
        var status = call.parameter("SessionStatus");
        log.info(
                "session over [call: {}, status: {}, error: {}]",
                call.callSid(),
                Plain.word(status),
                Plain.word(call.parameter("ErrorCode")));
        return tickets.close(call.callSid(), call.parameter("SessionId")).compose(closed -> {
            if (!closed) {
                return Future.succeededFuture(twiml.hangUp());
            }
            takeDown(call.callSid(), status);
            if (call.parameter("CallStatus").equals("completed")) {
                return Future.succeededFuture(twiml.nothing());
            }
            return switch (status) {
                case "completed" -> Future.succeededFuture(twiml.nothing());
                case "failed" -> reconnect(call);
                default -> Future.succeededFuture(handOver(call));
            };
        });
    }

    /** Both are gone already, as a rule; a socket that died without a word may not know it yet. */
    private void takeDown(String callSid, String status) {
        CallBus.call(callSid).send(vertx, new CallProtocol.ChannelLost("session " + Plain.word(status)));
        CallBus.channel(callSid)
                .send(vertx, new CallProtocol.End(new Handoff(Handoff.END_CALL, "The session is over")));
    }

    private String handOver(WebhookCall call) {
        var task = HandoffTask.of(call);
        return task.wantsPerson() ? toPerson(call, task, announcements.nobody()) : twiml.hangUp();
    }

    /** @param otherwise what the caller hears if nobody is there to take over */
    private String toPerson(WebhookCall call, HandoffTask task, String otherwise) {
        if (twilio.workflowSid() != null) {
            return twiml.enqueue(twilio.workflowSid(), task.json());
        }
        if (twilio.handoffNumber() != null) {
            return twiml.dial(twilio.handoffNumber(), call.incoming(Map.of()).ownNumber());
        }
        log.warn("nobody takes over: neither a workflow nor a number is configured [call: {}]", call.callSid());
        return twiml.sayAndHangUp(otherwise);
    }

    /** The second session broke too: a person takes over if there is one. */
    private String broken(WebhookCall call) {
        return toPerson(
                call, HandoffTask.of(call).because("The connection to the assistant broke"), announcements.broken());
    }

    private Future<String> reconnect(WebhookCall call) {
        return profile(call)
                .compose(profile -> tickets.renew(call.callSid(), greetingAgain(profile)))
                .map(standing -> switch (standing) {
                    case RelayTickets.Ticket ticket -> twiml.connect(ticket);
                    case RelayTickets.Over over -> broken(call);
                    case RelayTickets.Unknown unknown -> throw new IllegalStateException("a ticket was just asked for");
                })
                .recover(cause -> {
                    log.warn("call not connected again [call: {}, cause: {}]", call.callSid(), cause.toString());
                    return Future.succeededFuture(broken(call));
                });
    }

    private Future<AgentProfile> profile(WebhookCall call) {
        return tickets.standing(call.callSid()).compose(standing -> switch (standing) {
            case RelayTickets.Over over -> Future.succeededFuture(over.profile());
            case RelayTickets.Ticket ticket -> Future.succeededFuture(ticket.profile());
            case RelayTickets.Unknown unknown ->
                agents.choose(call.incoming(call.form().runtimeParameters()));
        });
    }

    /** Every session begins with its greeting; nobody wants to be welcomed twice in a call. */
    private AgentProfile greetingAgain(AgentProfile profile) {
        var relay = profile.relay();
        var attributes = new HashMap<>(relay.attributes());
        attributes.put("welcomeGreeting", announcements.again());
        return profile.withRelay(new RelaySettings(attributes, relay.languages(), relay.parameters()));
    }
}
