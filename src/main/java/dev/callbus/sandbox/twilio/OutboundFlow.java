package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;

/**
 * The part of a placed call before its document: it is queued, initiated, rings and is answered or not. What the answered call
 * does is its {@link CallFlow}'s. Lives on the call's context.
 */
final class OutboundFlow {
    private static final Duration KEY = Duration.ofMillis(200);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(500);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

    private final PhoneTimes times;
    private final WebhookClient webhooks;
    private final CallFlow flow;
    private final CallRecord record;
    private final OutboundCall order;
    private final StatusCallbacks callbacks;
    private final Promise<Void> over = Promise.promise();

    OutboundFlow(PhoneTimes times, WebhookClient webhooks, CallFlow flow, CallRecord record, OutboundCall order) {
        this.times = times;
        this.webhooks = webhooks;
        this.flow = flow;
        this.record = record;
        this.order = order;
        this.callbacks = new StatusCallbacks(webhooks, record, order.progress());
    }

    /** Dials the callee once the call's turn has come. */
    void begin(Callee callee, PhoneCall line) {
        flow.ended().onSuccess(ended -> {
            callbacks.report("completed");
            callbacks.delivered().onComplete(over);
        });
        flow.later(record.queued(), () -> {
            move(CallStatus.INITIATED, "initiated");
            move(CallStatus.RINGING, "ringing");
            ring(callee, line);
        });
    }

    /** Completes when the call is over and that is reported; never fails. */
    Future<Void> over() {
        return over.future();
    }

    private void ring(Callee callee, PhoneCall line) {
        switch (callee.ring()) {
            case Callee.Reaction.PicksUp up
            when up.after().compareTo(order.timeout()) < 0 ->
                flow.later(times.scaled(up.after()), () -> pickUp(callee, line, up.isMachine()));
            case Callee.Reaction.PicksUp tooLate -> giveUpRinging();
            case Callee.Reaction.Rings rings -> giveUpRinging();
            case Callee.Reaction.IsBusy busy -> flow.finish(CallStatus.BUSY);
            case Callee.Reaction.IsUnreachable unreachable -> flow.finish(CallStatus.FAILED);
        }
    }

    private void giveUpRinging() {
        flow.later(times.scaled(order.timeout()), () -> flow.finish(CallStatus.NO_ANSWER));
    }

    private void pickUp(Callee callee, PhoneCall line, boolean machine) {
        move(CallStatus.IN_PROGRESS, "answered");
        callee.talk(line);
        var digits = order.sendDigits();
        if (digits != null) {
            flow.after(times.scaled(lengthOf(digits)), () -> {
                callee.hearKeys(digits);
                proceed(Map.of());
            });
        } else if (order.detection() != null) {
            new MachineDetection(flow, record, webhooks, times, machine).run(order.detection(), this::proceed);
        } else {
            proceed(Map.of());
        }
    }

    private void proceed(Map<String, String> more) {
        if (order.url() != null) {
            flow.ask(order.url(), order.method(), more);
        } else if (order.twiml() != null) {
            flow.obey(order.twiml());
        }
    }

    private void move(CallStatus status, String event) {
        record.move(status);
        callbacks.report(event);
    }

    private static Duration lengthOf(String digits) {
        return digits.chars()
                .mapToObj(key -> switch (key) {
                    case 'w' -> SHORT_PAUSE;
                    case 'W' -> LONG_PAUSE;
                    default -> KEY;
                })
                .reduce(Duration.ZERO, Duration::plus);
    }
}
