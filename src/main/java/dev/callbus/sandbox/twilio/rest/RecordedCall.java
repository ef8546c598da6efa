package dev.callbus.sandbox.twilio.rest;

import dev.callbus.time.LoopTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call's recording.
 *
 * @param sound null if there is none (any more)
 * @param elsewhere where the sound is kept if not at Twilio
 */
public record RecordedCall(
        String sid,
        String callSid,
        int seconds,
        Instant created,
        @Nullable Sound sound,
        @Nullable String elsewhere) {

    /** A new recording of a call. */
    public static RecordedCall of(String callSid, int seconds, @Nullable Sound sound) {
        return new RecordedCall(Sid.create("RE"), callSid, seconds, LoopTime.now(), sound, null);
    }

    /** A new recording that the account keeps in a store of its own. */
    public static RecordedCall elsewhere(String callSid, int seconds, String url) {
        return new RecordedCall(Sid.create("RE"), callSid, seconds, LoopTime.now(), null, url);
    }

    /** The resource's status. */
    String status() {
        return sound == null && elsewhere == null ? "deleted" : "completed";
    }
}
