package dev.callbus.channel.relay;

import dev.callbus.call.CallBus;
import dev.callbus.call.CallEvent;
import dev.callbus.call.CallProtocol;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;

/**
 * Takes Twilio's reports on a call's progress. They come in any order and more than once: only one with a higher sequence
 * number than all before has an effect. What answered (a person, a machine) is reported apart and told to the model.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource#statuscallback, twilio.com/docs/voice/answering-machine-detection
 */
final class StatusWebhook {
    private static final Set<String> FINAL = Set.of("completed", "busy", "failed", "no-answer", "canceled");
    private static final int LAST = Integer.MAX_VALUE;

    private final Vertx vertx;
    private final RelayTwiml twiml;
    private final CallProgress progress;

    StatusWebhook(Vertx vertx, RelayTwiml twiml, CallProgress progress) {
        this.vertx = vertx;
        this.progress = progress;
        this.twiml = twiml;
    }

    Future<String> answer(WebhookCall call) {
        var status = Plain.word(call.parameter("CallStatus"));
        boolean answered = !call.parameter("AnsweredBy").isEmpty();
        var answeredBy = answered ? Plain.word(call.parameter("AnsweredBy")) : "";
        boolean detection = answered && call.parameter("SequenceNumber").isEmpty();
        var key = detection ? call.callSid() + " detection" : call.callSid();
        if (progress.advance(key, detection ? 1 : sequence(call, status))) {
            CallBus.EVENTS.publish(
                    vertx, new CallEvent.CarrierReport(call.callSid(), LoopTime.now(), status, answeredBy));
            if (detection) {
                var note = new CallProtocol.Note("The call was answered by: " + answeredBy + ".");
                CallBus.call(call.callSid()).send(vertx, note);
            } else if (FINAL.contains(status)) {
                CallBus.call(call.callSid()).send(vertx, new CallProtocol.ChannelLost("carrier: " + status));
            }
        }
        return Future.succeededFuture(twiml.nothing());
    }

    /** Where the report stands in the call's life; by its status if Twilio gives no number. */
    private static int sequence(WebhookCall call, String status) {
        var given = call.parameter("SequenceNumber");
        if (given.matches("[0-9]{1,6}")) {
            return Integer.parseInt(given);
        }
        return FINAL.contains(status)
                ? LAST
                : switch (status) {
                    case "ringing" -> 1;
                    case "in-progress", "answered" -> 2;
                    default -> 0;
                };
    }
}
