package dev.callbus.channel.relay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook tells about a call, by Twilio's own names ({@code CallSid}, {@code From}, …).
 *
 * @param idempotencyToken the same for all tries of one request; empty if there is none
 */
record WebhookCall(String callSid, Map<String, List<String>> parameters, String idempotencyToken) {
    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-fA-F]{32}");

    /** The call of these parameters; empty without exactly one well-formed {@code CallSid}. */
    static Optional<WebhookCall> of(Map<String, List<String>> parameters, @Nullable String idempotencyToken) {
        return parameters.getOrDefault("CallSid", List.of()).stream()
                .distinct()
                .reduce((one, other) -> "")
                .filter(callSid -> CALL_SID.matcher(callSid).matches())
                .map(callSid -> new WebhookCall(callSid, parameters, idempotencyToken == null ? "" : idempotencyToken));
    }

    /** The parameter's first value; empty if there is none. */
    String parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }

    /** The call as who chooses its agent sees it. */
    IncomingCall incoming() {
        return new IncomingCall(callSid, parameter("From"), parameter("To"), parameter("Direction"));
    }
}
