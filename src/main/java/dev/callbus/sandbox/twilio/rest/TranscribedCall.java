package dev.callbus.sandbox.twilio.rest;

import dev.callbus.time.LoopTime;
import java.time.Instant;
import java.util.List;

/**
 * A transcript that Conversational Intelligence made.
 *
 * @param sourceSid of the recording or call that it was made of
 * @param customerKey the name that whoever ordered it gave it; empty if none
 */
public record TranscribedCall(
        String sid, String sourceSid, String customerKey, int seconds, Instant created, List<Sentence> sentences) {
    public TranscribedCall {
        sentences = List.copyOf(sentences);
    }

    /** A new transcript. */
    public static TranscribedCall of(String sourceSid, String customerKey, int seconds, List<Sentence> sentences) {
        return new TranscribedCall(Sid.create("GT"), sourceSid, customerKey, seconds, LoopTime.now(), sentences);
    }

    /**
     * What was said in one go.
     *
     * @param channel 1 for the agent, 2 for the customer
     */
    public record Sentence(int channel, String text) {}
}
