package dev.callbus.sandbox.twilio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a relay session ended.
 *
 * @param status {@code completed} (the caller hung up), {@code ended} (the server said so) or {@code failed}
 * @param errorCode 0 unless it failed
 */
record SessionResult(
        String status,
        int errorCode,
        String errorMessage,
        @Nullable String handoffData) {

    static SessionResult completed() {
        return new SessionResult("completed", 0, "", null);
    }

    static SessionResult ended(@Nullable String handoffData) {
        return new SessionResult("ended", 0, "", handoffData);
    }

    static SessionResult failed(int code, String message) {
        return new SessionResult("failed", code, message, null);
    }

    boolean isFailure() {
        return errorCode != 0;
    }

    /** What the action webhook is told. Source: twilio.com/docs/voice/twiml/connect/conversationrelay. */
    Map<String, String> parameters(String sessionId, long seconds) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("SessionId", sessionId);
        parameters.put("SessionStatus", status);
        parameters.put("SessionDuration", String.valueOf(seconds));
        if (handoffData != null) {
            parameters.put("HandoffData", handoffData);
        }
        if (isFailure()) {
            parameters.put("ErrorCode", String.valueOf(errorCode));
            parameters.put("ErrorMessage", errorMessage);
        }
        return parameters;
    }
}
