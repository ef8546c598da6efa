package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.platform.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** What is answered. */
record ApiReply(int status, MultiMap headers, Buffer body) {

    static ApiReply json(int status, JsonObject body) {
        return of(status, "application/json;charset=UTF-8", body.toBuffer());
    }

    static ApiReply of(int status, String contentType, Buffer body) {
        return new ApiReply(status, MultiMap.caseInsensitiveMultiMap().add("content-type", contentType), body);
    }

    static ApiReply empty(int status) {
        return new ApiReply(status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer());
    }

    /** ServiceNow's error body. */
    static ApiReply refused(Refusal refusal) {
        var error = new JsonObject().put("message", refusal.text()).put("detail", refusal.detail());
        var reply = json(refusal.status(), new JsonObject().put("error", error).put("status", "failure"));
        return refusal.status() == 401 ? reply.with("www-authenticate", "BASIC realm=\"Service-now\"") : reply;
    }

    /** The same with one more header. */
    ApiReply with(String header, String value) {
        headers.set(header, value);
        return this;
    }
}
