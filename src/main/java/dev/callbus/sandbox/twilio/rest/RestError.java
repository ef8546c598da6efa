package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonObject;

/**
 * A refusal as Twilio words it.
 *
 * <p>Source: twilio.com/docs/usage/twilios-response#response-formats-exceptions
 */
public final class RestError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    /**
     * @param status HTTP's
     * @param code Twilio's, see twilio.com/docs/api/errors
     */
    public RestError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public int code() {
        return code;
    }

    JsonObject body() {
        return new JsonObject()
                .put("code", code)
                .put("message", getMessage())
                .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                .put("status", status);
    }
}
