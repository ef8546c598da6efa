package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The {@code Data} of a request: the text of a JSON object of up to 16 KiB. Source: twilio.com/docs/sync/limits */
final class SyncData {
    private static final int MAX_BYTES = 16 * 1024;

    private SyncData() {}

    /** The data, if any is given; refused with 413 and 54006 if they are too large, with 400 and 54008 if they are no JSON. */
    static @Nullable JsonObject of(Form form) {
        var text = form.text("Data");
        if (text == null) {
            return null;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new RestError(413, 54006, "Request entity too large");
        }
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            throw new RestError(400, 54008, "Invalid JSON");
        }
    }
}
