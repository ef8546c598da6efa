package dev.callbus.config;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Twilio account.
 *
 * @param authTokens the primary auth token first, then, while it is being rotated, the other one that is still good
 * @param sandboxed whether there is no account and the sandbox's phone network calls instead
 * @param workflowSid the TaskRouter workflow ({@code WW…}) that takes a caller who is handed to a person, if any
 * @param handoffNumber the E.164 number that takes such a caller when there is no workflow, if any
 * @param restUrl where requests to Twilio's REST APIs go instead of {@code https://{product}.twilio.com}, if elsewhere
 * @param edge the edge location of the REST APIs, such as {@code dublin}, if not the nearest
 * @param region the region that does the work, such as {@code ie1}, if not {@code us1}
 */
public record TwilioSettings(
        String accountSid,
        List<Secret> authTokens,
        boolean sandboxed,
        @Nullable String fromNumber,
        @Nullable String workflowSid,
        @Nullable String handoffNumber,
        @Nullable URI restUrl,
        @Nullable String edge,
        @Nullable String region) {
    public TwilioSettings {
        authTokens = List.copyOf(authTokens);
    }

    /** The same with REST requests going there. */
    public TwilioSettings withRestUrl(URI url) {
        return new TwilioSettings(
                accountSid, authTokens, sandboxed, fromNumber, workflowSid, handoffNumber, url, edge, region);
    }
}
