package dev.callbus.sandbox.twilio;

import org.jspecify.annotations.Nullable;

/**
 * How a relay session ended.
 *
 * @param status {@code completed} (the caller or the API hung up), {@code ended} (the server said so) or {@code failed}
 * @param errorCode 0 unless it failed
 */
record SessionResult(
        String status,
        int errorCode,
        String errorMessage,
        @Nullable String handoffData) {
    static final int CANNOT_CONNECT = 64102;
    static final int SOCKET_LOST = 64105;
    static final int BAD_FRAME = 64107;

    static SessionResult completed() {
        return new SessionResult("completed", 0, "", null);
    }

    static SessionResult ended(@Nullable String handoffData) {
        return new SessionResult("ended", 0, "", handoffData);
    }

    static SessionResult failed(int code, String message) {
        return new SessionResult("failed", code, message, null);
    }
}
