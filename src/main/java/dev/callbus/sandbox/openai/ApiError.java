package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An error as OpenAI tells it: an HTTP status and the body {@code {"error":{message,type,param,code}}}. */
record ApiError(
        int status,
        String message,
        String type,
        @Nullable String param,
        @Nullable String code) {

    /** A request that is refused as it stands. */
    static ApiError invalid(String message, @Nullable String param, @Nullable String code) {
        return new ApiError(400, message, "invalid_request_error", param, code);
    }

    /** A request that is refused with another status than 400. */
    static ApiError refused(int status, String message, @Nullable String code) {
        return new ApiError(status, message, "invalid_request_error", null, code);
    }

    /** An error of the server's own, with the type and the code that usually go with its status. */
    static ApiError staged(int status, String message, @Nullable String code) {
        String type = switch (status) {
            case 429 -> "insufficient_quota".equals(code) ? "insufficient_quota" : "requests";
            case 500, 502, 503, 504 -> "server_error";
            default -> "invalid_request_error";
        };
        String usual = switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
        return new ApiError(status, message, type, null, code == null ? usual : code);
    }

    /** Returns the JSON body. */
    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return body;
    }

    /** Makes the exception that carries this error to the edge. */
    Refusal refusal() {
        return new Refusal(this);
    }

    /** An error on its way to the edge. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ApiError error;

        private Refusal(ApiError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        /** Returns the error to answer with. */
        ApiError error() {
            return error;
        }
    }
}
