package dev.callbus.channel.relay;

import dev.callbus.asset.AgentProfile;
import io.vertx.core.Future;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to Twilio's question what to do with a call: connect it to the gateway. */
final class VoiceWebhook {
    private static final Logger log = LoggerFactory.getLogger(VoiceWebhook.class);

    private final AgentChoice agents;
    private final RelayTickets tickets;
    private final OutboundOrders orders;
    private final RelayTwiml twiml;
    private final Announcements announcements;

    VoiceWebhook(
            AgentChoice agents,
            RelayTickets tickets,
            OutboundOrders orders,
            RelayTwiml twiml,
            Announcements announcements) {
        this.agents = agents;
        this.tickets = tickets;
        this.orders = orders;
        this.twiml = twiml;
        this.announcements = announcements;
    }

    /** The TwiML for a call that was ordered under this token; none if nobody knows it any more. */
    Future<String> answer(WebhookCall call, String order) {
        return orders.find(order).map(parameters -> answer(call, parameters)).orElseGet(() -> {
            log.warn("order unknown, call ended [call: {}]", call.callSid());
            return Future.succeededFuture(twiml.hangUp());
        });
    }

    /** The TwiML for this call. */
    Future<String> answer(WebhookCall call) {
        return answer(call, call.form().runtimeParameters());
    }

    /** The same call gets the same answer as long as it lives, and none once it is over. */
    private Future<String> answer(WebhookCall call, Map<String, String> parameters) {
        return tickets.standing(call.callSid()).compose(standing -> switch (standing) {
            case RelayTickets.Unknown unknown -> begin(call, parameters);
            case RelayTickets.Ticket ticket -> Future.succeededFuture(twiml.connect(ticket));
            case RelayTickets.Over over -> Future.succeededFuture(twiml.hangUp());
        });
    }

    private Future<String> begin(WebhookCall call, Map<String, String> parameters) {
        return agents.choose(call.incoming(parameters))
                .compose(profile -> begin(call, profile.withParameters(parameters)))
                .recover(cause -> {
                    log.warn("call turned away [call: {}, cause: {}]", call.callSid(), cause.toString());
                    return Future.succeededFuture(twiml.sayAndHangUp(announcements.busy()));
                });
    }

    private Future<String> begin(WebhookCall call, AgentProfile profile) {
        return tickets.issue(call.callSid(), profile).map(standing -> switch (standing) {
            case RelayTickets.Ticket ticket -> twiml.connect(ticket);
            case RelayTickets.Over over -> twiml.hangUp();
            case RelayTickets.Unknown unknown -> throw new IllegalStateException("a ticket was just issued");
        });
    }
}
