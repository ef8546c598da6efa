package dev.callbus.sandbox.twilio;

import dev.callbus.sandbox.twilio.OutboundCall.Detection;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of a placed call before somebody speaks: it is queued, initiated, rings and is answered or not, and all that is
 * reported. What the answered call does is its {@link CallFlow}'s. Lives on the call's context.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource#statuscallback, twilio.com/docs/voice/answering-machine-detection
 */
final class OutboundFlow {
    private static final int DETECTION_SECONDS = 2;

    private final Vertx vertx;
    private final PhoneTimes times;
    private final WebhookClient webhooks;
    private final CallFlow flow;
    private final CallRecord record;
    private final OutboundCall order;
    private final Callee callee;
    private final PhoneCall line;
    private int sequence;

    OutboundFlow(
            Vertx vertx,
            PhoneTimes times,
            WebhookClient webhooks,
            CallFlow flow,
            CallRecord record,
            OutboundCall order,
            Callee callee,
            PhoneCall line) {
        this.vertx = vertx;
        this.times = times;
        this.webhooks = webhooks;
        this.flow = flow;
        this.record = record;
        this.order = order;
        this.callee = callee;
        this.line = line;
    }

    /** Dials once the call's turn has come. */
    void begin() {
        flow.ended().onSuccess(ended -> report("completed", record.status()));
        after(record.queued(), () -> {
            move(CallStatus.INITIATED, "initiated");
            move(CallStatus.RINGING, "ringing");
            ring();
        });
    }

    private void ring() {
        switch (callee.ring()) {
            case Callee.Reaction.PicksUp up -> after(scaled(up.after()), () -> answered(up.isMachine()));
            case Callee.Reaction.Rings rings -> after(scaled(order.timeout()), () -> flow.over(CallStatus.NO_ANSWER));
            case Callee.Reaction.IsBusy busy -> flow.over(CallStatus.BUSY);
            case Callee.Reaction.IsUnreachable unreachable -> flow.over(CallStatus.FAILED);
        }
    }

    private void answered(boolean machine) {
        move(CallStatus.IN_PROGRESS, "answered");
        callee.talk(line);
        var detection = order.detection();
        if (detection == null) {
            proceed(Map.of());
            return;
        }
        var found = !machine ? "human" : detection.untilEnd() ? "machine_end_beep" : "machine_start";
        boolean blocks = detection.callback() == null;
        if (!blocks) {
            proceed(Map.of());
        }
        after(times.twimlSecond().multipliedBy(DETECTION_SECONDS), () -> {
            record.answeredBy(found);
            if (blocks) {
                proceed(Map.of("AnsweredBy", found));
            } else {
                tell(detection, found);
            }
        });
    }

    private void proceed(Map<String, String> more) {
        if (order.url() != null) {
            flow.ask(order.url(), order.method(), more);
        } else if (order.twiml() != null) {
            flow.obey(order.twiml());
        }
    }

    private void tell(Detection detection, String found) {
        var more = Map.of(
                "AnsweredBy",
                found,
                "MachineDetectionDuration",
                String.valueOf(Duration.ofSeconds(DETECTION_SECONDS).toMillis()));
        if (detection.callback() != null) {
            send("POST", detection.callback(), record.identity().parameters(record.status(), more));
        }
    }

    private void move(CallStatus status, String event) {
        record.move(status);
        report(event, status);
    }

    private void report(String event, CallStatus status) {
        int number = sequence++;
        var progress = order.progress();
        if (progress == null || !progress.events().contains(event)) {
            return;
        }
        var more = new LinkedHashMap<String, String>();
        more.put("CallbackSource", "call-progress-events");
        more.put("SequenceNumber", String.valueOf(number));
        more.put("Timestamp", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        if (status.isFinal()) {
            long seconds = record.duration().toSeconds();
            more.put("CallDuration", String.valueOf(seconds));
            more.put("Duration", String.valueOf((seconds + 59) / 60));
        }
        send(progress.method(), progress.url(), record.identity().parameters(status, more));
    }

    /** Nobody cares whether the report arrives. */
    private void send(String method, URI url, Map<String, String> parameters) {
        webhooks.request(method, url, parameters);
    }

    private Duration scaled(Duration duration) {
        return times.twimlSecond().multipliedBy(duration.toMillis()).dividedBy(1000);
    }

    private void after(Duration delay, Runnable action) {
        vertx.setTimer(Math.max(1, delay.toMillis()), due -> {
            if (!record.status().isFinal()) {
                action.run();
            }
        });
    }
}
