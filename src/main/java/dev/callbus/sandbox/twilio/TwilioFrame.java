package dev.callbus.sandbox.twilio;

import io.vertx.core.json.JsonObject;

/**
 * The frames that Twilio sends in a relay session. The first one, the setup, is made from {@link CallIdentity}.
 *
 * <p>Source: twilio.com/docs/voice/conversationrelay/websocket-messages
 */
final class TwilioFrame {
    private TwilioFrame() {}

    /** What the caller said, or, if it is not the last, seems to say so far. Of a detected language only the tag is known. */
    static JsonObject prompt(String words, String language, boolean last) {
        return new JsonObject()
                .put("type", "prompt")
                .put("voicePrompt", words)
                .put("lang", language.equals("multi") ? "en" : language)
                .put("last", last);
    }

    static JsonObject dtmf(String digit) {
        return new JsonObject().put("type", "dtmf").put("digit", digit);
    }

    static JsonObject interrupt(String heard, long millis) {
        return new JsonObject()
                .put("type", "interrupt")
                .put("utteranceUntilInterrupt", heard)
                .put("durationUntilInterruptMs", millis);
    }

    static JsonObject info(String name, String value) {
        return new JsonObject().put("type", "info").put("name", name).put("value", value);
    }

    /** The complaint about a bad frame. */
    static JsonObject error(String frame) {
        return new JsonObject()
                .put("type", "error")
                .put("description", "Invalid message received, code: " + LineException.BAD_FRAME + ", " + frame);
    }
}
