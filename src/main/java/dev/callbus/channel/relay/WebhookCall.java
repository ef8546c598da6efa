package dev.callbus.channel.relay;

import dev.callbus.channel.webhook.Refusal;
import dev.callbus.channel.webhook.SignedForm;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a webhook tells about a call. */
record WebhookCall(String callSid, SignedForm form) {
    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-fA-F]{32}");

    /** The call of this form; a {@link Refusal} without exactly one well-formed {@code CallSid}. */
    static WebhookCall of(SignedForm form) {
        var callSid = form.parameters().getOrDefault("CallSid", List.of()).stream()
                .distinct()
                .reduce((one, other) -> "")
                .filter(sid -> CALL_SID.matcher(sid).matches())
                .orElseThrow(() -> new Refusal(400, "CallSid is missing or malformed"));
        return new WebhookCall(callSid, form);
    }

    /** The parameter's first value; empty if there is none. */
    String parameter(String name) {
        return form.parameter(name);
    }

    String idempotencyToken() {
        return form.idempotencyToken();
    }

    /** The call as who chooses its agent sees it. */
    IncomingCall incoming(Map<String, String> parameters) {
        return new IncomingCall(callSid, parameter("From"), parameter("To"), parameter("Direction"), parameters);
    }
}
