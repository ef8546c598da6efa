package dev.callbus.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Twilio account.
 *
 * @param authTokens the primary auth token first, then, while it is being rotated, the other one that is still good
 * @param sandboxed whether there is no account and the sandbox's phone network calls instead
 * @param workflowSid the TaskRouter workflow ({@code WW…}) that takes a caller who is handed to a person, if any
 * @param handoffNumber the E.164 number that takes such a caller when there is no workflow, if any
 */
public record TwilioSettings(
        String accountSid,
        List<Secret> authTokens,
        boolean sandboxed,
        @Nullable String fromNumber,
        @Nullable String workflowSid,
        @Nullable String handoffNumber) {
    public TwilioSettings {
        authTokens = List.copyOf(authTokens);
    }
}
