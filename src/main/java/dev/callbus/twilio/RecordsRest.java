package dev.callbus.twilio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests about what Twilio keeps of a call that is over; each blocks until it is answered and throws {@link RestFailure}.
 *
 * <p>Source: twilio.com/docs/voice/api/recording, twilio.com/docs/conversational-intelligence/api/transcript-resource
 */
interface RecordsRest {

    /** What is known about a recording. */
    Recorded recording(String recordingSid);

    /** What is known about a transcript. */
    Transcribed transcript(String transcriptSid);

    /** All sentences of a transcript in order; redacted ones if the service redacts. */
    List<Sentence> sentences(String transcriptSid);

    /** Fetches a recording's sound. */
    Download sound(String recordingSid);

    /**
     * A recording.
     *
     * @param status such as {@code completed}
     */
    record Recorded(@Nullable String callSid, int durationSeconds, String status) {}

    /**
     * A transcript.
     *
     * @param sourceSid of the recording or the call that it was made of; empty if it was made of something else
     * @param customerKey the name that whoever ordered it gave it
     */
    record Transcribed(
            String sourceSid,
            String customerKey,
            int durationSeconds,
            String language,
            List<Participant> participants) {
        public Transcribed {
            participants = List.copyOf(participants);
        }
    }

    /** Who speaks on a channel of the sound. */
    record Participant(int channel, String role) {}

    /** A sentence that was said on a channel. */
    record Sentence(int channel, String text) {}
}
