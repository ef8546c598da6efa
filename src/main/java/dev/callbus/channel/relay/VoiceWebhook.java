package dev.callbus.channel.relay;

import dev.callbus.asset.AgentProfile;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to Twilio's question what to do with a call: connect it to the gateway. */
final class VoiceWebhook {
    private static final Logger log = LoggerFactory.getLogger(VoiceWebhook.class);

    private final AgentChoice agents;
    private final RelayTickets tickets;
    private final RelayTwiml twiml;
    private final Announcements announcements;

    VoiceWebhook(AgentChoice agents, RelayTickets tickets, RelayTwiml twiml, Announcements announcements) {
        this.agents = agents;
        this.tickets = tickets;
        this.twiml = twiml;
        this.announcements = announcements;
    }

    /** The TwiML for this call. The same call gets the same answer as long as it lives, and none once it is over. */
    Future<String> answer(WebhookCall call) {
        return tickets.standing(call.callSid()).compose(standing -> switch (standing) {
            case RelayTickets.Unknown unknown -> begin(call);
            case RelayTickets.Ticket ticket -> Future.succeededFuture(twiml.connect(ticket));
            case RelayTickets.Over over -> Future.succeededFuture(twiml.hangUp());
        });
    }

    private Future<String> begin(WebhookCall call) {
        return agents.choose(call.incoming())
                .compose(profile -> begin(call, profile))
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
