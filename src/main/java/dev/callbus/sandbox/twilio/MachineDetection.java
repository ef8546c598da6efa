package dev.callbus.sandbox.twilio;

import dev.callbus.sandbox.twilio.OutboundCall.Detection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds out whether a machine answered a placed call, before the call's document or beside it. Lives on the call's context.
 *
 * <p>Source: twilio.com/docs/voice/answering-machine-detection
 *
 * @param machine what really picked up
 */
record MachineDetection(CallFlow flow, CallRecord record, WebhookClient webhooks, PhoneTimes times, boolean machine) {
    private static final Duration LISTENING = Duration.ofSeconds(2);

    /** Detects and goes on with the call's document, whose request is told of a result that it waited for. */
    void run(Detection detection, Consumer<Map<String, String>> document) {
        var found = found(detection);
        switch (detection) {
            case Detection.Blocking blocking ->
                flow.after(times.scaled(LISTENING), () -> {
                    record.answeredBy(found);
                    document.accept(Map.of("AnsweredBy", found));
                });
            case Detection.Beside beside -> {
                document.accept(Map.of());
                flow.later(times.scaled(LISTENING), () -> {
                    record.answeredBy(found);
                    tell(beside, found);
                });
            }
        }
    }

    private String found(Detection detection) {
        if (!machine) {
            return "human";
        }
        return detection.untilEnd() ? "machine_end_beep" : "machine_start";
    }

    /** Nobody cares whether it arrives. */
    private void tell(Detection.Beside detection, String found) {
        var callback = detection.callback();
        if (callback != null) {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("AccountSid", record.identity().accountSid());
            parameters.put("CallSid", record.callSid());
            parameters.put("AnsweredBy", found);
            parameters.put("MachineDetectionDuration", String.valueOf(LISTENING.toMillis()));
            webhooks.request(callback.method(), callback.url(), parameters);
        }
    }
}
