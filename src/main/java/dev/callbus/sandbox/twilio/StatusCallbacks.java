package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a placed call's progress, numbered whether or not the account wants them. They are not waited for, so they may
 * overtake each other. Lives on the call's context.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource#statuscallback
 */
final class StatusCallbacks {
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final WebhookClient webhooks;
    private final CallRecord record;
    private final OutboundCall.@Nullable Progress progress;
    private Future<Void> delivered = Future.succeededFuture();
    private int sequence;

    StatusCallbacks(WebhookClient webhooks, CallRecord record, OutboundCall.@Nullable Progress progress) {
        this.webhooks = webhooks;
        this.record = record;
        this.progress = progress;
    }

    /** Reports that the call has come to the state that its record shows; an event's name is what an account asks for. */
    void report(String event) {
        int number = sequence++;
        if (progress == null || !progress.events().contains(event)) {
            return;
        }
        var callback = progress.callback();
        var parameters = record.identity().parameters(record.status(), details(number));
        var report = webhooks.request(callback.method(), callback.url(), parameters);
        delivered = Future.join(delivered, report).otherwiseEmpty().mapEmpty();
    }

    /** Completes once all reports so far were answered or failed; never fails. */
    Future<Void> delivered() {
        return delivered;
    }

    private Map<String, String> details(int number) {
        var details = new LinkedHashMap<String, String>();
        details.put("CallbackSource", "call-progress-events");
        details.put("SequenceNumber", String.valueOf(number));
        details.put("Timestamp", RFC_2822.format(record.updated()));
        if (record.status().isFinal()) {
            long seconds = record.duration().toSeconds();
            details.put("CallDuration", String.valueOf(seconds));
            details.put("Duration", String.valueOf((seconds + 59) / 60));
        }
        return details;
    }
}
